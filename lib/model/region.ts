/** A region of the platform, with what the source documents say of it. */
export interface RegionFacts {
  readonly name: string;
  /** Concurrency quota in MB of memory where the documents give one (QTA-CONC). */
  readonly concurrencyMb?: 128_000 | 64_000;
  /** Whether load balancers there can bind functions (API RegisterFunctionTargets). */
  readonly bindsFunctions?: boolean;
}

/** The regions that the documents or the API name. A newer one is usable all the same: rules only warn where a fact is missing. */
export const regions: Readonly<Record<string, RegionFacts>> = {
  "ap-guangzhou": { name: "Guangzhou", concurrencyMb: 128_000, bindsFunctions: true },
  "ap-shanghai": { name: "Shanghai", concurrencyMb: 128_000, bindsFunctions: true },
  "ap-beijing": { name: "Beijing", concurrencyMb: 128_000, bindsFunctions: true },
  "ap-chengdu": { name: "Chengdu", concurrencyMb: 128_000, bindsFunctions: true },
  "ap-hongkong": { name: "Hong Kong", concurrencyMb: 128_000, bindsFunctions: true },
  "ap-chongqing": { name: "Chongqing" },
  "ap-nanjing": { name: "Nanjing" },
  "ap-mumbai": { name: "Mumbai", concurrencyMb: 64_000 },
  "ap-singapore": { name: "Singapore", concurrencyMb: 64_000, bindsFunctions: true },
  "ap-tokyo": { name: "Tokyo", concurrencyMb: 64_000, bindsFunctions: true },
  "na-toronto": { name: "Toronto", concurrencyMb: 64_000 },
  "na-siliconvalley": { name: "Silicon Valley", concurrencyMb: 64_000, bindsFunctions: true },
  "eu-frankfurt": { name: "Frankfurt", concurrencyMb: 64_000 },
  "ap-shenzhen-fsi": { name: "Shenzhen Finance", concurrencyMb: 64_000, bindsFunctions: true },
  "ap-shanghai-fsi": { name: "Shanghai Finance", concurrencyMb: 64_000, bindsFunctions: true },
};
