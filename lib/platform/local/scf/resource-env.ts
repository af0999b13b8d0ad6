import type { Request } from "../../api";
import { refuse } from "../context";
import { checkWord } from "../words";

type ResourceEnv = NonNullable<Request<"scf", "CreateNamespace">["ResourceEnv"]>;
type Cluster = NonNullable<ResourceEnv["TKE"]>;

const code = "InvalidParameterValue";

/** K8S-LABEL. */
const labelKey = /^(?!\/)[A-Za-z0-9/-]{1,63}$/;
const labelValue = /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/;

/** A namespace whose functions run in a cluster of the account. Clusters and subnets themselves are not known here. */
export function checkResourceEnv({ TKE: cluster }: ResourceEnv): void {
  if (!cluster) return;
  for (const name of ["ClusterID", "SubnetID", "Namespace"] as const) {
    if (cluster[name] === "") refuse(code, `ResourceEnv.TKE.${name} is empty`);
  }
  if (
    cluster.Port !== undefined &&
    !(Number.isInteger(cluster.Port) && cluster.Port >= 1 && cluster.Port <= 65_535)
  ) {
    refuse(code, `ResourceEnv.TKE.Port is a whole number from 1 to 65535, not ${cluster.Port}`);
  }
  for (const { Key, Value } of cluster.NodeSelector ?? []) {
    if (!labelKey.test(Key)) {
      refuse(
        code,
        `The key of a label has 1 to 63 letters, digits, "/" and "-", and does not begin with "/"; "${Key.slice(0, 80)}" does not`,
      );
    }
    if (!labelValue.test(Value)) {
      refuse(
        code,
        `The value of a label has letters, digits, "-", "_" and ".", and begins and ends with a letter or digit; "${Value.slice(0, 80)}" does not`,
      );
    }
  }
  for (const toleration of cluster.Tolerations ?? []) checkToleration(toleration);
}

/** K8S-TOL. */
function checkToleration(toleration: NonNullable<Cluster["Tolerations"]>[number]): void {
  const { Key: key = "", Operator: operator = "Equal", Value: value = "", Effect: effect = "" } = toleration;
  checkWord(operator, ["Equal", "Exists"], "Operator", code);
  checkWord(effect, ["", "NoSchedule", "PreferNoSchedule", "NoExecute"], "Effect", code);
  if (operator === "Equal" && (key === "" || value === "")) {
    refuse(code, "A toleration with Equal has Key and Value");
  }
  if (operator === "Exists" && value !== "") refuse(code, "A toleration with Exists has no Value");
}
