/** Regions of the platform. Any other region's code can be given as text. */
export const Region = {
  GUANGZHOU: "ap-guangzhou",
  SHANGHAI: "ap-shanghai",
  BEIJING: "ap-beijing",
  CHENGDU: "ap-chengdu",
  CHONGQING: "ap-chongqing",
  NANJING: "ap-nanjing",
  HONGKONG: "ap-hongkong",
  SINGAPORE: "ap-singapore",
  MUMBAI: "ap-mumbai",
  TOKYO: "ap-tokyo",
  TORONTO: "na-toronto",
  SILICON_VALLEY: "na-siliconvalley",
  FRANKFURT: "eu-frankfurt",
  SHENZHEN_FINANCE: "ap-shenzhen-fsi",
  SHANGHAI_FINANCE: "ap-shanghai-fsi",
} as const;
