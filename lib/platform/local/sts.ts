import { account } from "./context";
import type { Handlers } from "./context";

export const sts: Handlers<"sts"> = {
  GetCallerIdentity() {
    const { uin } = account;
    return {
      Arn: `qcs::cam::uin/${uin}:root`,
      AccountId: uin,
      UserId: uin,
      PrincipalId: uin,
      Type: "RootAccount",
    };
  },
};
