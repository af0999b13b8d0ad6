import type { ScfProvider } from "../cdktf";
import { ScfError } from "../model/error";
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

  /**
   * Allows calling the function, with any version or alias.
   *
   * @throws ScfError `PROVIDER_MISSING` when the stack has no ScfProvider yet
   */
  invoke(grantee: IGrantable): void {
    this.allow(grantee, ["scf:InvokeFunction"]);
  }

  private allow(grantee: IGrantable, actions: readonly string[]): void {
    const provider = this.provider();
    if (!provider) {
      throw new ScfError(
        "PROVIDER_MISSING",
        `A permission on ${this.target.node.path} needs the region of its stack.`,
        {
          fix: "Declare the stack's ScfProvider before the permission.",
        },
      );
    }
    grantee.addToPolicy({
      effect: "allow",
      actions,
      resources: [
        {
          $join: [
            `qcs::scf:${provider.region}:uin/${provider.uin}:namespace/`,
            this.target.namespaceReference,
            "/function/",
            this.target.nameReference,
          ],
        },
      ],
    });
  }
}
