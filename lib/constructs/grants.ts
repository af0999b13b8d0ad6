import type { ScfProvider } from "../cdktf";
import type { Join } from "../model/value";
import type { IFunction } from "./invocable";
import type { PolicyStatement } from "./policy-statement";

/** Whoever can be given permission: a policy, or a role. */
export interface IGrantable {
  addToPolicy(statement: PolicyStatement): void;
}

/** Permissions on one function. */
export class FunctionGrants {
  constructor(
    private readonly target: IFunction,
    private readonly provider: () => ScfProvider | undefined,
  ) {}

  /** Allows calling the function, with any version or alias. */
  invoke(grantee: IGrantable): void {
    this.allow(grantee, ["scf:InvokeFunction"]);
  }

  private allow(grantee: IGrantable, actions: readonly string[]): void {
    const resourceName = (): Join => {
      // A stack without provider has no plan: that is told when the plan is made.
      const { region, uin } = this.provider() ?? { region: "", uin: "" };
      return {
        $join: [
          `qcs::scf:${region}:uin/${uin}:namespace/`,
          this.target.namespaceReference,
          "/function/",
          this.target.nameReference,
        ],
      };
    };
    grantee.addToPolicy({
      effect: "allow",
      actions,
      // Asked for when the plan is made: the provider may be declared after the permission.
      get resources() {
        return [resourceName()];
      },
    });
  }
}
