import type { Handlers } from "./context";

export const vpc: Handlers<"vpc"> = {
  DescribeNetworkAccountType(context) {
    return { NetworkAccountType: context.settings.accountType === "standard" ? "STANDARD" : "LEGACY" };
  },
};
