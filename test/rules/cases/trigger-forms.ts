import type { Value } from "../../../lib/model/value";
import type { Program } from "../program";
import { fails, passes, waits, warns, type RuleCase } from "../rule-case";

type Properties = { readonly [name: string]: Value };
type Kind =
  | "scf_cos_trigger"
  | "scf_ckafka_trigger"
  | "scf_cls_trigger"
  | "scf_mps_trigger"
  | "scf_api_gateway_trigger";

function having(kind: Kind, properties: Properties) {
  return (program: Program): void => {
    const stack = program.stack();
    stack.trigger(kind, "source", stack.function("orders"), properties as object);
  };
}

function accepts(kind: Kind, name: string, values: readonly Value[]): RuleCase[] {
  return values.map((value) =>
    passes("TYPE", `${name} ${JSON.stringify(value)}`, having(kind, { [name]: value })),
  );
}

function refuses(kind: Kind, name: string, values: readonly Value[]): RuleCase[] {
  return values.map((value) =>
    fails("TYPE", `${name} ${JSON.stringify(value)}`, having(kind, { [name]: value })),
  );
}

/** Forms of what triggers name: buckets, topics, paths. */
export const triggerFormCases: readonly RuleCase[] = [
  ...accepts("scf_cos_trigger", "bucket", ["uploads-1250000000", "1-2-3", "u-1"]),
  ...refuses("scf_cos_trigger", "bucket", [
    "uploads",
    "uploads-",
    "Uploads-1250000000",
    "uploads-1250000000.cos.ap-guangzhou.myqcloud.com",
  ]),
  ...accepts("scf_cos_trigger", "suffix", ["", ".jpg", ".tar.gz"]),
  ...refuses("scf_cos_trigger", "suffix", ["jpg", "*.jpg", "photo.jpg"]),
  ...accepts("scf_cos_trigger", "event", ["cos:ObjectCreated:*", "cos:ObjectRemove:Delete"]),
  ...refuses("scf_cos_trigger", "event", [
    "ObjectCreated",
    "cos:",
    "cos:ObjectCreated:",
    "cos:ObjectCreated:*:*",
    "my:cos:ObjectCreated",
    7,
  ]),
  warns("TYPE", "a misspelt event", having("scf_cos_trigger", { event: "cos:ObjectCreate:*" })),
  warns("TYPE", "an event that is new", having("scf_cos_trigger", { event: "cos:BucketTagged" })),

  ...accepts("scf_ckafka_trigger", "offset", ["latest", "earliest", "7", "9".repeat(15)]),
  ...refuses("scf_ckafka_trigger", "offset", ["newest", "-1", "", "latest1", "9".repeat(16)]),
  ...refuses("scf_ckafka_trigger", "instanceId", ["a1b2c3d4", "my-ckafka-a1", "ckafka-a1/b", "ckafka-"]),
  ...accepts("scf_ckafka_trigger", "maxMessages", [1, 10_000]),
  ...refuses("scf_ckafka_trigger", "maxMessages", [0, 1.5]),
  ...accepts("scf_ckafka_trigger", "retries", [0, 10_000]),
  ...refuses("scf_ckafka_trigger", "retries", [-1]),
  ...accepts("scf_ckafka_trigger", "maxWait", [1, 60]),
  ...refuses("scf_ckafka_trigger", "maxWait", [0, 61]),
  waits(
    "TYPE",
    "a topic's offset from another provider",
    having("scf_ckafka_trigger", { offset: { $token: "${x}" } }),
  ),

  ...accepts("scf_cls_trigger", "maxMessages", [1, 10_000]),
  ...refuses("scf_cls_trigger", "maxMessages", [0, 10_001]),
  ...accepts("scf_cls_trigger", "maxWait", [1, 300]),
  ...refuses("scf_cls_trigger", "maxWait", [0]),

  ...accepts("scf_mps_trigger", "eventType", ["WorkflowTask", "EditMediaTask"]),
  ...refuses("scf_mps_trigger", "eventType", ["WorkflowTsk"]),

  ...accepts("scf_api_gateway_trigger", "path", ["/", "/orders/{id}"]),
  ...refuses("scf_api_gateway_trigger", "path", ["", "orders"]),
  ...accepts("scf_api_gateway_trigger", "serviceId", ["service-a1b2c3d4"]),
  ...refuses("scf_api_gateway_trigger", "serviceId", [
    "a1b2c3d4",
    "",
    "my-service-a1",
    "service-a1/b",
    "service-",
  ]),
  ...accepts("scf_api_gateway_trigger", "backendTimeout", [1, 1800]),
  ...refuses("scf_api_gateway_trigger", "backendTimeout", [0, 2.5]),
  ...accepts("scf_api_gateway_trigger", "method", ["ANY", "GET", "POST", "PUT", "DELETE", "HEAD"]),
  ...refuses("scf_api_gateway_trigger", "method", ["get", "PATCH"]),
  ...accepts("scf_api_gateway_trigger", "environment", ["test", "prepub", "release"]),
  ...refuses("scf_api_gateway_trigger", "environment", ["production"]),
  ...refuses("scf_api_gateway_trigger", "protocol", ["https"]),
];
