import { reference, type Value } from "../../lib/model/value";
import { cosEvents } from "../../lib/model/resources/cos-trigger";
import type { Choices } from "./choices";
import { cron } from "./functions";
import { REGION, type DeclaredFunction, type World } from "./world";

/** What a trigger or a binding starts: something that the program has, of its own function as a rule. */
export function qualifierOf(world: World, fn: DeclaredFunction): Value {
  const { choices } = world;
  const [alias] = fn.aliases;
  // The platform sees that a number is another function's version when the function itself has none of that number.
  const other = fn.version === undefined ? world.someFunction()?.version : undefined;
  return choices.mostly<Value>(
    [
      "$LATEST",
      "$DEFAULT",
      fn.version === undefined ? "$LATEST" : reference(fn.version, "version"),
      alias === undefined ? "$LATEST" : reference(alias, "name"),
    ],
    ["$latest", "0", "a b", "-", other === undefined ? "01" : reference(other, "version")],
  );
}

export function declareTriggers(world: World): void {
  const { choices } = world;
  for (const _ of choices.several(4, (index) => index)) {
    const isApi = choices.chance(40);
    const fn = choices.seldom() ? world.someFunction() : world.someFunction(({ isWeb }) => isApi || !isWeb);
    if (!fn) continue;
    const target = {
      namespace: reference(fn.address, "namespace"),
      functionName: reference(fn.address, "functionName"),
      qualifier: qualifierOf(world, fn),
    };
    const repeated = choices.seldom() ? 12 : choices.seldom() ? 2 : 1;
    const start = choices.below(1000);
    for (let index = 0; index < repeated; index++) {
      const place = { ...target, id: world.id("trigger"), number: start + index };
      if (isApi) declareApi(world, fn, place);
      else declareEventSource(world, place);
    }
  }
}

interface Place {
  readonly namespace: Value;
  readonly functionName: Value;
  readonly qualifier: Value;
  readonly id: string;
  /** Tells sources of different triggers apart. */
  readonly number: number;
}

function declareEventSource(world: World, { id, number, ...target }: Place): void {
  const { choices, stack } = world;
  const enabled = !choices.chance(20);
  switch (choices.below(6)) {
    case 0:
    case 1:
      stack.add("scf_timer_trigger", id, {
        ...target,
        triggerName: choices.mostly<string>(
          [world.name("nightly"), `T_${number}`, world.name("x".repeat(90))],
          ["", "night ly", "x".repeat(101), "ä", "nightly-0"],
        ),
        cron: cron(choices),
        enabled,
        message: choices.maybe(20, () => "wake up"),
        description: remark(choices),
      });
      break;
    case 2:
      stack.add("scf_cos_trigger", id, {
        ...target,
        bucket: choices.mostly<string>(
          [`b${number}-1250000000`, "uploads-1250000000"],
          ["uploads", "Uploads-1250000000", "", "up_loads-1250000000"],
        ),
        bucketRegion: choices.mostly<string>([REGION], ["ap-shanghai"]),
        event: choices.mostly<string>([...cosEvents] as [string, ...string[]], [
          "cos:ObjectSomething:*",
          "ObjectCreated",
          "",
          "cos:",
        ]),
        prefix: choices.maybe(40, () => choices.from(["in/", `in/${number}/`, ""])),
        suffix: choices.maybe(40, () => choices.mostly<string>([".jpg", ""], ["jpg", "*.jpg"])),
        enabled,
      });
      break;
    case 3:
      stack.add("scf_ckafka_trigger", id, {
        ...target,
        instanceId: choices.mostly<string>([`ckafka-a${number}`], ["kafka-1", "", "ckafka-"]),
        topic: choices.mostly<string>(["orders", "or-ders"], [""]),
        offset: choices.mostly<string>(["latest", "earliest", "1700000000000"], ["newest", "", "-1"]),
        consumerGroup: choices.maybe(30, () => "readers"),
        maxMessages: choices.mostly([100, 1], [0, 1.5, -1]),
        retries: choices.mostly([10_000, 0], [-1, 0.5]),
        maxWait: choices.mostly([60, 1], [0, 61, 1.5]),
        enabled,
        description: remark(choices),
      });
      break;
    case 4:
      stack.add("scf_cls_trigger", id, {
        ...target,
        topicId: choices.mostly<string>(
          [`0f1e2d3c-0000-4000-8000-${String(number).padStart(12, "0")}`],
          ["topic", "", "0F1E2D3C-0000-4000-8000-000000000001"],
        ),
        maxWait: choices.mostly([60, 1], [0, 1.5]),
        maxMessages: choices.mostly([100, 1, 10_000], [0, 10_001, 1.5]),
        enabled: choices.maybe(20, () => enabled),
      });
      break;
    default:
      if (choices.seldom()) stack.add("scf_cmq_trigger", id, { ...target, topic: "orders" });
      else {
        stack.add("scf_mps_trigger", id, {
          ...target,
          eventType: choices.from(["WorkflowTask", "EditMediaTask"]),
          enabled: choices.maybe(20, () => enabled),
        });
      }
  }
}

function remark(choices: Choices): string | undefined {
  return choices.maybe(15, () =>
    choices.mostly<string>(["For people!", "x".repeat(1000)], ["x".repeat(1001)]),
  );
}

function declareApi(world: World, fn: DeclaredFunction, { id, number, ...target }: Place): void {
  const { choices } = world;
  const isBasic = choices.chance(30);
  const speaks = choices.mostly([fn.speaksWebSocket], [!fn.speaksWebSocket]);
  world.stack.add("scf_api_gateway_trigger", id, {
    ...target,
    serviceId: isBasic
      ? undefined
      : choices.mostly<string>(
          [`service-${fn.address.replace(/[^a-z0-9]/g, "")}`],
          ["service-a1b2c3d4", "api-1", "", "service-"],
        ),
    path: choices.mostly<string>([`/${number}`, "/", "/orders"], ["orders", "", `//${number}`]),
    method: choices.mostly(
      [speaks ? "GET" : choices.from(["ANY", "POST", "PUT", "DELETE", "HEAD", "GET"])],
      ["ANY"],
    ),
    environment: choices.from(["release", "test", "prepub"]),
    protocol: speaks ? choices.from(["WSS", "WS"]) : choices.from(["HTTPS", "HTTP"]),
    backendTimeout: choices.mostly([isBasic ? 15 : choices.from([15, 1, 60, 1800])], [0, -1, 1.5, 16]),
    integratedResponse: choices.chance(50),
    authentication: choices.mostly([!isBasic && choices.chance(30)], [true]),
    enabled: choices.maybe(5, () => true),
  });
}
