/**
 * The platform's registries of container images, by their host names. Neither the source documents nor the API reference
 * list them: what stands here is what image addresses look like in practice. An address that is not known here is taken
 * as it is.
 */

/** Ending of the addresses of enterprise registries; the region of one cannot be told from its address. */
export const ENTERPRISE_REGISTRY = ".tencentcloudcr.com";

const mainland = [
  "ap-guangzhou",
  "ap-shanghai",
  "ap-beijing",
  "ap-chengdu",
  "ap-chongqing",
  "ap-nanjing",
] as const;

/** Personal registries, with the regions that each serves. */
export const personalRegistries: Readonly<Record<string, readonly string[]>> = {
  "ccr.ccs.tencentyun.com": mainland,
  "hkccr.ccs.tencentyun.com": ["ap-hongkong"],
  "sgccr.ccs.tencentyun.com": ["ap-singapore"],
  "jpccr.ccs.tencentyun.com": ["ap-tokyo"],
  "inccr.ccs.tencentyun.com": ["ap-mumbai"],
  "deccr.ccs.tencentyun.com": ["eu-frankfurt"],
  "uswccr.ccs.tencentyun.com": ["na-siliconvalley"],
  "caccr.ccs.tencentyun.com": ["na-toronto"],
  "shjrccr.ccs.tencentyun.com": ["ap-shanghai-fsi"],
  "szjrccr.ccs.tencentyun.com": ["ap-shenzhen-fsi"],
};

/** Ending of the addresses of personal registries. */
export const PERSONAL_REGISTRY = ".ccs.tencentyun.com";

/** The personal registry of a region, when it is known. */
export function personalRegistryOf(region: string): string | undefined {
  return Object.keys(personalRegistries).find((host) => personalRegistries[host]?.includes(region));
}
