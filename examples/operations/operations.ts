import * as path from "node:path";
import { TerraformStack } from "cdktf";
import * as scf from "cdktf-scf";
import type { Construct } from "constructs";

export interface OperationsProps {
  /** Name of the user who looks after the function. */
  readonly operator: string;
  /** Id of the user group that is on call. */
  readonly onCall: number;
  /** Addresses of the office, as a CIDR range: changes are made from there only. */
  readonly office: string;
  /** The notification template that alarms go to. */
  readonly noticeId: string;
}

/** A function with everything that its operation needs: what it may do, who may change it, and when people are told. */
export class Operations extends TerraformStack {
  constructor(scope: Construct, id: string, props: OperationsProps) {
    super(scope, id);
    new scf.ScfProvider(this, "scf", {
      region: scf.Region.GUANGZHOU,
      platform: scf.Platform.local(),
    });

    // What the running code may do.
    const run = new scf.Role(this, "run", { description: "What orders runs with" });
    run.attachPolicy(scf.Policy.presets.QcloudCOSFullAccess);

    const orders = new scf.Function(this, "orders", {
      runtime: scf.Runtime.NODEJS_16_13,
      handler: "index.main_handler",
      code: scf.Code.fromAsset(path.join(__dirname, "functions/orders")),
      role: run,
    });
    const live = orders.addAlias("live", { version: orders.currentVersion });

    // Who may look at it: the operator and whoever is on call, from anywhere.
    const readers = new scf.Policy(this, "readers", { description: "May look at orders" });
    orders.grants.read(readers);
    scf.AccountGrants.listFunctions(readers);
    scf.AccountGrants.readMonitoring(readers);
    readers.attachTo(scf.User.fromName(props.operator));
    readers.attachTo(scf.Group.fromId(props.onCall));

    // Who may change it: the operator, from the office.
    const editors = new scf.Policy(this, "editors", {
      description: "May change orders from the office",
      statements: [
        {
          effect: "deny",
          actions: ["scf:UpdateFunction", "scf:SetTrigger", "scf:DeleteTrigger"],
          resources: ["*"],
          conditions: scf.Condition.ipNotEqual(props.office),
        },
      ],
    });
    orders.grants.update(editors);
    orders.grants.manageTriggers(editors);
    editors.attachTo(scf.User.fromName(props.operator));

    // When people are told.
    new scf.AlarmPolicy(this, "alarms", {
      description: "orders-live",
      conditions: [
        { metric: live.metrics.errors(), comparison: ">", threshold: 5, occurrences: 2 },
        {
          metric: live.metrics.duration(),
          comparison: ">=",
          threshold: 2500,
          periodMinutes: 5,
          repeat: scf.Duration.hours(6),
        },
      ],
      noticeIds: [props.noticeId],
    });
  }
}
