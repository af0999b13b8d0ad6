import { reference, type Value } from "../../lib/model/value";
import type { Choices } from "./choices";
import { given } from "./functions";
import { qualifierOf } from "./triggers";
import { REGION, type World } from "./world";

/** A load balancer of the account, and what the program says of it: what is so. */
interface Balancer {
  /** Its id, by way of what has to be there before a back-end is bound. */
  id: Value;
  readonly facts: { readonly [fact: string]: Value };
  readonly vpcId: string;
}

const versions = { ipv4: "IPV4", "ipv6-nat64": "IPV6", ipv6: "IPv6FullChain" } as const;
const encrypted = ["HTTPS", "TCP_SSL", "QUIC"];

async function makeBalancer(world: World): Promise<Balancer> {
  const { choices } = world;
  const generation = choices.mostly(["application"], ["classic"]);
  const network = choices.mostly(["vpc"], ["basic"]);
  const scheme = choices.from(["public", "public", "private"]);
  const addressType = choices.mostly<keyof typeof versions>(["ipv4", "ipv6-nat64"], ["ipv6"]);
  const vpcId = network === "basic" ? "" : "vpc-1";
  const made = await world.platform.call("clb", "CreateLoadBalancer", {
    LoadBalancerType: scheme === "public" ? "OPEN" : "INTERNAL",
    Forward: generation === "classic" ? 0 : 1,
    VpcId: vpcId,
    AddressIPVersion: versions[addressType],
  });
  return {
    id: made.LoadBalancerIds?.[0] ?? "",
    facts: { region: REGION, generation, network, scheme, addressType, ...(vpcId === "" ? {} : { vpcId }) },
    vpcId,
  };
}

export async function declareBalancers(world: World): Promise<void> {
  const { choices } = world;
  for (const _ of choices.several(2, (index) => index)) {
    const balancer = await makeBalancer(world);
    const crossing = choices.maybe(25, () => declareCrossing(world, balancer));
    choices.several(2, (index) => declareListener(world, balancer, { crossing, port: 80 + index }));
  }
}

/** What reaches back-ends elsewhere: a version, or SNAT addresses as well. */
type Crossing = "1.0" | "2.0";

function declareCrossing(world: World, balancer: Balancer): Crossing {
  const { choices } = world;
  const { id, facts } = balancer;
  const isPublic = facts["scheme"] === "public";
  const version = choices.mostly<Crossing>([isPublic ? choices.from(["2.0", "1.0"]) : "2.0"], ["1.0"]);
  const declare = (declared: Crossing): string =>
    world.stack.add("clb_cross_region", world.id("crossing"), {
      loadBalancerId: id,
      loadBalancer: facts,
      version: declared,
      ...(declared === "1.0"
        ? {
            region: choices.mostly<string>(["ap-shanghai"], [REGION, ""]),
            vpcId: choices.mostly<string>(["vpc-far"], [""]),
          }
        : { cloudConnectNetwork: "ccn-1" }),
    });
  balancer.id = reference(declare(version), "loadBalancerId");
  if (choices.seldom()) declare(choices.from(["1.0", "2.0"]));
  const addresses = choices.mostly([version === "2.0" ? choices.below(3) : 0], [11, 1]);
  for (let index = 0; index < addresses; index++) {
    world.stack.add("clb_snat_address", world.id("snat"), {
      loadBalancerId: balancer.id,
      loadBalancer: facts,
      subnetId: "subnet-1",
      address: choices.mostly<string>([`10.0.255.${index + 1}`], ["10.0.255", "::1", "10.0.255.1"]),
    });
  }
  return version;
}

interface ListenerPlace {
  readonly crossing: Crossing | undefined;
  readonly port: number;
}

function declareListener(world: World, balancer: Balancer, { crossing, port }: ListenerPlace): void {
  const { choices } = world;
  const protocol = choices.mostly<string>(
    ["HTTP", "HTTP", "HTTPS", choices.from(["TCP", "UDP", "TCP_SSL", "QUIC"])],
    ["HTTP"],
  );
  const byRule = protocol === "HTTP" || protocol === "HTTPS";
  const sni = choices.mostly([protocol === "HTTPS" && choices.chance(30)], [true]);
  const listener = world.stack.add("clb_listener", world.id("listener"), {
    loadBalancerId: balancer.id,
    loadBalancer: balancer.facts,
    name: choices.from(["http", "a b"]),
    protocol,
    port: choices.mostly([port, port + 8000], [80, 0, 65_536, -1, 80.5]),
    certificateId: choices.mostly<string | undefined>(
      [encrypted.includes(protocol) && !sni ? "crt-1" : undefined],
      ["crt-1", undefined],
    ),
    serverNameIndication: sni ? true : undefined,
    scheduler: choices.mostly<string | undefined>(
      [byRule ? undefined : choices.from([undefined, "WRR", "LEAST_CONN"])],
      ["WRR"],
    ),
    sessionExpireSeconds: choices.mostly<number | undefined>(
      [protocol === "TCP" || protocol === "UDP" ? choices.from([undefined, 30, 3600]) : undefined],
      [29, 3601, 30.5, 60],
    ),
    healthCheck: choices.mostly<Value | undefined>(
      [byRule ? undefined : choices.maybe(30, () => healthCheck(choices))],
      [{ enabled: true }],
    ),
    accessLogs: choices.maybe(10, () => choices.mostly([byRule], [true])),
  });
  if (!byRule) {
    if (choices.chance(50)) declareBackends(world, balancer, listener, undefined, crossing);
    if (!choices.seldom()) return;
  } else if (choices.seldom()) {
    declareBackends(world, balancer, listener, undefined, crossing);
  }
  choices.several(3, (index) => declareRule(world, { balancer, listener, sni, index, crossing }));
}

function declareRule(
  world: World,
  place: {
    readonly balancer: Balancer;
    readonly listener: string;
    readonly sni: boolean;
    readonly index: number;
    readonly crossing: Crossing | undefined;
  },
): void {
  const { choices } = world;
  const { balancer, listener, sni, index } = place;
  const rule = world.stack.add("clb_rule", world.id("rule"), {
    loadBalancerId: reference(listener, "loadBalancerId"),
    listenerId: reference(listener, "listenerId"),
    domain: choices.mostly<string>(
      ["www.example.com", "*.example.com", "a.cn", "www.example.*"],
      ["", "exa mple.com", "https://a.cn", "a.cn/b", `${"x".repeat(80)}.cn`, "WWW.example.com"],
    ),
    path: choices.mostly<string>(
      [`/${index}`, `/orders/${index}`, `/${"p".repeat(100 + index)}`],
      ["orders", "", "/a b", "/0", `/${"p".repeat(200)}`, "~^/a"],
    ),
    certificateId: choices.mostly<string | undefined>([sni ? "crt-1" : undefined], ["crt-1", undefined]),
    scheduler: choices.maybe(20, () => choices.from(["WRR", "LEAST_CONN", "IP_HASH"])),
    sessionExpireSeconds: choices.maybe(20, () => choices.mostly([30, 86_400, 0], [29, 86_401, 30.5])),
    healthCheck: choices.maybe(20, () => healthCheck(choices)),
  });
  const bind = (): void => {
    const fn = world.choices.seldom() ? world.someFunction() : world.someFunction(({ isWeb }) => !isWeb);
    if (!fn) return;
    const [alias] = fn.aliases;
    world.stack.add("clb_function_binding", world.id("binding"), {
      loadBalancerId: reference(rule, "loadBalancerId"),
      listenerId: reference(listener, "listenerId"),
      locationId: reference(rule, "locationId"),
      namespace: reference(fn.address, "namespace"),
      functionName: reference(fn.address, "functionName"),
      ...(alias !== undefined && choices.chance(40)
        ? { qualifier: reference(alias, "name"), qualifierType: "alias" }
        : fn.version !== undefined && choices.chance(40)
          ? { qualifier: reference(fn.version, "version"), qualifierType: "version" }
          : {
              qualifier: choices.mostly<Value>(["$LATEST"], [qualifierOf(world, fn)]),
              qualifierType: "version",
            }),
      weight: choices.mostly([10, 0, 100], [-1, 101, 5000, 1.5]),
    });
  };
  const kind = choices.below(4);
  if (kind === 0 || kind === 1) bind();
  if (kind === 0 && choices.seldom()) bind();
  if (kind === 2) declareBackends(world, balancer, listener, rule, place.crossing);
}

function healthCheck(choices: Choices): Value {
  return {
    ...given(
      "enabled",
      choices.maybe(50, () => choices.chance(80)),
    ),
    ...given(
      "protocol",
      choices.maybe(30, () => choices.from(["HTTP", "TCP"])),
    ),
    ...given(
      "timeoutSeconds",
      choices.maybe(30, () => choices.mostly([2, 3, 4], [1, 61, 2.5, 5])),
    ),
    ...given(
      "intervalSeconds",
      choices.maybe(30, () => choices.mostly([5, 300], [1, 301, 5.5, 2])),
    ),
    ...given(
      "healthyThreshold",
      choices.maybe(30, () => choices.mostly([2, 10], [1, 11, 2.5])),
    ),
    ...given(
      "unhealthyThreshold",
      choices.maybe(30, () => choices.mostly([2, 10], [1, 11])),
    ),
    ...given(
      "port",
      choices.maybe(20, () => choices.mostly([80, 65_535], [0, 65_536])),
    ),
    ...given(
      "path",
      choices.maybe(20, () => "/health"),
    ),
    ...given(
      "domain",
      choices.maybe(20, () => "a.cn"),
    ),
    ...given(
      "method",
      choices.maybe(20, () => choices.from(["HEAD", "GET"])),
    ),
    ...given(
      "healthyStatuses",
      choices.maybe(30, () => choices.from([["2xx"], ["2xx", "3xx"], ["1xx", "5xx"]])),
    ),
  };
}

/** Back-ends where the load balancer reaches them; where they are is for the rules only, and said as it is. */
function declareBackends(
  world: World,
  balancer: Balancer,
  listener: string,
  rule: string | undefined,
  crossing: Crossing | undefined,
): void {
  const { choices } = world;
  const both = choices.several(4, (index): { readonly bound: Value; readonly fact: Value } => {
    const port = choices.mostly([80, 8080, 65_535], [0, 65_536, 80.5]);
    const weight = choices.mostly([10, 0, 100], [-1, 101, 1.5]);
    const number = choices.mostly([index + 1], [1]);
    const far = crossing !== undefined && (crossing === "1.0" || choices.chance(50));
    if (far || choices.chance(30)) {
      const address = choices.mostly<string>([`10.0.1.${number}`], ["10.0.1", ""]);
      const isCard = !far;
      return {
        bound: { address, port, weight },
        fact: {
          type: isCard ? "network-interface" : "instance",
          address,
          port,
          ...(isCard
            ? {
                vpcId: balancer.vpcId === "" ? "vpc-1" : balancer.vpcId,
                ...given(
                  "attached",
                  choices.maybe(30, () => choices.mostly([true], [false])),
                ),
              }
            : { instanceId: `ins-far${number}`, region: "ap-shanghai", vpcId: "vpc-far" }),
        },
      };
    }
    const instanceId = choices.mostly<string>([`ins-a${number}`], ["instance", "lhins-1", ""]);
    return {
      bound: { instanceId, port, weight },
      fact: {
        type: "instance",
        instanceId,
        port,
        ...given(
          "region",
          choices.maybe(30, () => REGION),
        ),
      },
    };
  });
  if (both.length === 0) return;
  world.stack.add("clb_backend_binding", world.id("backends"), {
    loadBalancerId: balancer.id,
    listenerId: reference(listener, "listenerId"),
    locationId: rule === undefined ? undefined : reference(rule, "locationId"),
    backends: both.map(({ bound }) => bound),
    facts: both.map(({ fact }) => fact),
  });
}
