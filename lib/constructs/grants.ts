import { addressOf, type ScfProvider } from "../cdktf";
import { ScfError } from "../model/error";
import { kindOf } from "../model/misfit";
import {
  functionActions,
  monitoringActions,
  type AccountAction,
  type FunctionAction,
} from "../model/permissions";
import type { Join } from "../model/value";
import type { IFunction } from "./invocable";
import type { PolicyStatement } from "./policy-statement";

/** Whoever can be given permission: a policy, or a role. */
export interface IGrantable {
  /** Adds a statement to what it allows. */
  addToPolicy(statement: PolicyStatement): void;
}

/** Permissions on one function, with all its versions and aliases. */
export class FunctionGrants {
  constructor(
    private readonly target: IFunction,
    private readonly provider: () => ScfProvider | undefined,
  ) {}

  /** Allows calling the function, with any version or alias. */
  invoke(grantee: IGrantable): void {
    this.actions(grantee, "InvokeFunction");
  }

  /** Allows looking at its configuration, versions and logs. */
  read(grantee: IGrantable): void {
    this.actions(grantee, "GetFunction", "ListVersion", "GetFunctionLogs");
  }

  /** Allows looking at its logs. */
  readLogs(grantee: IGrantable): void {
    this.actions(grantee, "GetFunctionLogs");
  }

  /** Allows changing its code and configuration. */
  update(grantee: IGrantable): void {
    this.actions(grantee, "UpdateFunction");
  }

  /** Allows making and deleting its triggers. */
  manageTriggers(grantee: IGrantable): void {
    this.actions(grantee, "SetTrigger", "DeleteTrigger");
  }

  /** Allows everything that there is for one function: making and deleting it, too. */
  manage(grantee: IGrantable): void {
    this.actions(grantee, ...functionActions);
  }

  /** Allows these actions (CAM-ACT). */
  actions(grantee: IGrantable, ...actions: readonly [FunctionAction, ...FunctionAction[]]): void {
    this.allow(
      grantee,
      actions.map((action) => `scf:${action}`),
    );
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
    addStatement(grantee, addressOf(this.target), {
      effect: "allow",
      actions,
      // Asked for when the plan is made: the provider may be declared after the permission.
      get resources() {
        return [resourceName()];
      },
    });
  }
}

/** Permissions on the account as a whole: what they allow cannot be narrowed to single functions (CAM-STAR). */
export const AccountGrants = {
  /** Allows listing the functions of the account. Whoever works in the console needs it to see any. */
  listFunctions(grantee: IGrantable): void {
    allowOnAccount(grantee, accountAction("ListFunctions"));
  },

  /** Allows looking at quotas, and at what is used of them. */
  readSettings(grantee: IGrantable): void {
    allowOnAccount(grantee, accountAction("GetAccountSettings"));
  },

  /** Allows looking at metrics and alarms. */
  readMonitoring(grantee: IGrantable): void {
    allowOnAccount(grantee, ...monitoringActions);
  },
} as const;

function allowOnAccount(grantee: IGrantable, ...actions: readonly string[]): void {
  addStatement(grantee, "AccountGrants", { effect: "allow", actions, resources: ["*"] });
}

function accountAction(action: AccountAction): string {
  return `scf:${action}`;
}

/** Programs in plain JavaScript may name somebody instead of giving a policy or a role of theirs. */
function addStatement(grantee: IGrantable, what: string, statement: PolicyStatement): void {
  const given: unknown = grantee;
  if (typeof (given as IGrantable | null | undefined)?.addToPolicy === "function") {
    grantee.addToPolicy(statement);
    return;
  }
  const user = JSON.stringify(typeof given === "string" ? given : "name");
  throw new ScfError(
    "GRANTEE",
    `${what}: permission is given to a Policy or a Role of the program, but what is given is ${kindOf(given)}.`,
    {
      fix: `Give it to a new Policy, and attach that: policy.attachTo(User.fromName(${user})).`,
    },
  );
}
