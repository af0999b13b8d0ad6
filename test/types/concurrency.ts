/** What must not compile. `tsc` fails where one of these lines does: see `npm run lint`. */
import * as scf from "cdktf-scf";
import type { Construct } from "constructs";

declare const stack: Construct;
declare const orders: scf.Function;
declare const live: scf.Alias<"event">;
const provisioning = scf.Provisioning.static({ instances: 10 });

orders.currentVersion.provision(provisioning);
orders.version("3").provision(provisioning);
orders.version("3", { memory: 512 }).provision(provisioning);
new scf.ProvisionedConcurrency(stack, "new", { version: orders.currentVersion, provisioning });
new scf.ProvisionedConcurrency(stack, "old", { version: orders.version("3"), provisioning });

// @ts-expect-error `$LATEST` changes: only published versions are provisioned (CON-PROV).
orders.latest.provision(provisioning);
// @ts-expect-error the same by name
orders.version("$LATEST").provision(provisioning);
// @ts-expect-error an alias is no version
live.provision(provisioning);
// @ts-expect-error nor is it by the construct
new scf.ProvisionedConcurrency(stack, "latest", { version: orders.latest, provisioning });
// @ts-expect-error an alias is no version there either
new scf.ProvisionedConcurrency(stack, "alias", { version: live, provisioning });

// @ts-expect-error either a number of instances or two limits (CON-KIND)
scf.Provisioning.static({ instances: 10, minimum: 1 });
// @ts-expect-error the same the other way round
scf.Provisioning.dynamic({ minimum: 1, maximum: 10, utilization: 0.8, actions: [] });
// @ts-expect-error all three belong together
scf.Provisioning.dynamic({ minimum: 1, maximum: 10 });

// @ts-expect-error MB or instances: a number alone does not say (CON-UNIT)
orders.reserveConcurrency(150);
// @ts-expect-error memory is what the platform has (FN-MEM)
orders.version("3", { memory: 100 });

// @ts-expect-error Exists compares with no value (K8S-TOL)
scf.Toleration.exists({ key: "pool", value: "functions" });
// @ts-expect-error Equal needs one
scf.Toleration.equal({ key: "pool" });
// @ts-expect-error an effect of Kubernetes
scf.Toleration.exists({ effect: "Never" });
// @ts-expect-error cluster, namespace of the cluster and subnet belong together (K8S-NS)
scf.Hosting.kubernetes({ clusterId: "cls-1", subnetId: "subnet-1" });
