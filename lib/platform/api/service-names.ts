/** Every service that this library calls: apart from their tables, which nobody loads for help. */
export const serviceNames = ["scf", "clb", "cam", "tag", "vpc", "monitor", "cls", "mps", "sts"] as const;
