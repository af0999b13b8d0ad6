import { isIP, isIPv4 } from "node:net";
import { regions } from "../model/region";
import { UNKNOWN, type ModelResource } from "./app-model";
import { listenerOf } from "./bindings";
import { rawLoadBalancerFact } from "./bindings";
import type { FindingPlace } from "./finding";
import {
  backendText,
  backendsOf,
  crossingOf,
  factOf,
  hasSnatAddress,
  itemsOf,
  loadBalancerStates,
  type SnatAddress,
  type LoadBalancerState,
  type SeenBackend,
} from "./load-balancer-state";
import { groupBy } from "./per-app";
import type { Report, Rule } from "./rule";
import { securityGroupRules } from "./security-groups";
import { count, grouped, listed, quote } from "./text";
import { notKnownYet } from "./unchecked";

/** Restrictions of back-end servers other than functions: section 12 of the rules. */

/** API CreateLoadBalancerSnatIps.SnatIps. */
const MOST_SNAT_ADDRESSES = 10;
/** API Target.InstanceId. */
const INSTANCE = /^ins-[a-z0-9]+$/;
const LARGEST_PORT = 65_535;
const LARGEST_WEIGHT = 100;

/** Regions whose load balancers reach data centres (BCK-IDC). */
const hybridRegions = [
  "ap-beijing",
  "ap-shanghai",
  "ap-guangzhou",
  "ap-chengdu",
  "ap-chongqing",
  "ap-hongkong",
];

export const backendRules: readonly Rule[] = [
  {
    id: "BCK-CVM",
    severity: "error",
    statement:
      "an instance is in the load balancer's region and network unless cross-region binding is on, and every back-end has a port and a weight of 0–100",
    source: { document: "clb-backend-servers", section: "管理后端云服务器" },
    fix: "use an instance of the load balancer's region and VPC, or declare a CrossRegionBinding",
    check(app, report) {
      for (const binding of app.ofKind("clb_backend_binding")) {
        checkBound(binding, report);
        checkListener(binding, report);
      }
      for (const state of loadBalancerStates(app)) {
        eachBackend(state, "instance", (instance) => checkNetwork(instance, state, report));
      }
    },
  },
  {
    id: "BCK-ENI",
    severity: "error",
    statement:
      "an elastic network interface is attached to an instance and in the load balancer's VPC; the primary address of an instance's primary interface is bound as the instance",
    source: { document: "clb-backend-servers", section: "绑定弹性网卡" },
    fix: "attach the interface to an instance of the load balancer's VPC",
    check(app, report) {
      for (const state of loadBalancerStates(app)) {
        eachBackend(state, "network-interface", (card) => {
          const places = [placeOf(card)];
          if (card.get("attached") === false) {
            report({
              message: `${card.text} is an address of a network interface that is attached to no instance`,
              places,
              fix: "attach the interface to an instance first",
            });
          }
          if (card.get("primary") === true) {
            report({
              message: `${card.text} is the primary address of an instance's primary network interface, which is bound as the instance`,
              places,
              fix: "use `Backend.instance` with the instance's id",
            });
          }
          const vpc = card.get("vpcId");
          const home = factOf(state, "vpcId");
          const { hasSecond, unknown } = crossingOf(state);
          if (typeof vpc !== "string" || typeof home !== "string" || vpc === home || hasSecond || unknown)
            return;
          report({
            message: `${card.text} is an address of a network interface in ${vpc}, and its load balancer is in ${home}`,
            places,
            fix: `use an interface of ${home}, or declare a CrossRegionBinding of version 2.0`,
          });
        });
      }
    },
  },
  {
    id: "BCK-X2",
    severity: "error",
    statement:
      "cross-region binding 2.0 goes through a cloud-connect network, and needs a standard account and a load balancer that is not classic",
    source: { document: "clb-backend-servers", section: "跨地域绑定2.0（新版）" },
    fix: "use an application load balancer of a standard account, and name the cloud-connect network",
    check(app, report) {
      for (const state of loadBalancerStates(app)) {
        const seconds = ofVersion(state, "2.0");
        for (const resource of seconds) {
          checkHome(resource, "cross-region binding 2.0", report);
          checkStandardAccount(resource, "cross-region binding 2.0", report);
          checkNotClassic(state, resource, "cross-region binding 2.0", report);
          const network: unknown = resource.get("cloudConnectNetwork");
          if (network === undefined || network === null || network === "") {
            report({
              message: "cross-region binding 2.0 names no cloud-connect network",
              places: [{ address: resource.address }],
              fix: "give `cloudConnectNetwork`, the id of the network that joins the VPCs",
            });
          }
          for (const name of ["region", "vpcId"] as const) {
            if (resource.raw(name) === undefined) continue;
            report({
              message: `cross-region binding 2.0 has no \`${name}\`: it reaches whatever the cloud-connect network joins`,
              places: [{ address: resource.address }],
              fix: "remove it, or use version 1.0",
            });
          }
        }
        reportTwice(seconds, "2.0", report);
      }
    },
  },
  {
    id: "BCK-X1",
    severity: "error",
    statement:
      "cross-region binding 1.0 is for public load balancers that are not classic, reaches one other region and no other VPC of the own region, and cannot be turned back",
    source: { document: "clb-backend-servers", section: "跨地域绑定1.0（旧版）" },
    fix: "use cross-region binding 2.0",
    check(app, report) {
      for (const state of loadBalancerStates(app)) {
        const firsts = ofVersion(state, "1.0");
        for (const resource of firsts) {
          checkHome(resource, "cross-region binding 1.0", report);
          checkNotClassic(state, resource, "cross-region binding 1.0", report);
          if (factOf(state, "scheme") === "private") {
            report({
              message:
                "cross-region binding 1.0 is turned on for a private load balancer, and it is for public ones only",
              places: [{ address: resource.address, note: "private" }],
            });
          }
          checkOtherRegion(state, resource, report);
        }
        reportTwice(firsts, "1.0", report);
        checkOneRegion(state, firsts, report);
      }
    },
  },
  {
    id: "BCK-IDC",
    severity: "error",
    statement: `an address in a data centre needs a standard account, a load balancer of ${listed(hybridRegions)} that is not classic, cross-region binding 2.0 through a cloud-connect network, and a SNAT address`,
    source: { document: "clb-backend-servers", section: "混合云部署" },
    fix: "declare a CrossRegionBinding of version 2.0 and a SnatAddress",
    check(app, report) {
      for (const state of loadBalancerStates(app)) {
        checkSnatAddresses(state, report);
        for (const resource of state.snatAddresses) {
          checkHome(resource, "SNAT address", report);
          const address: unknown = resource.get("address");
          if (typeof address === "string" && !isIPv4(address)) {
            report({
              message: `${quote(address)} is not an IPv4 address`,
              places: [{ address: resource.address }],
              fix: "give a free address of the subnet",
            });
          }
          checkHybrid(state, resource, { address: resource.address }, report);
        }
        eachBackend(state, "data-center", (backend) => checkDataCenter(backend, state, report));
      }
    },
  },
  {
    id: "BCK-XOR",
    severity: "error",
    statement:
      "a load balancer has either cross-region binding 1.0, or back-ends outside of its VPC by 2.0 and SNAT addresses",
    source: { document: "clb-backend-servers", section: "混合云部署" },
    fix: "use 2.0 only; a load balancer that has 1.0 keeps it, so that takes another load balancer",
    check(app, report) {
      for (const state of loadBalancerStates(app)) {
        const { hasFirst, hasSecond } = crossingOf(state);
        if (!hasFirst || !(hasSecond || hasSnatAddress(state))) continue;
        const fact = factOf(state, "crossRegion");
        report({
          message: `one load balancer has cross-region binding 1.0 and ${hasSecond ? "2.0" : "SNAT addresses"}, which exclude each other`,
          places: [
            ...(typeof fact === "string" && fact !== "off" ? said(state, `has ${fact} by itself`) : []),
            ...state.crossRegions.map(({ address, planned }) => ({
              address,
              note: `version ${String(planned.properties["version"])}`,
            })),
            ...state.snatAddresses.map(({ address }) => ({ address, note: "SNAT address" })),
          ],
        });
      }
    },
  },
  {
    id: "BCK-ALOG",
    severity: "error",
    statement: "only HTTP and HTTPS listeners have access logs",
    source: { document: "clb-backend-servers", section: "访问日志（七层）" },
    fix: "do not count on access logs of this listener",
    check(app, report) {
      for (const listener of app.ofKind("clb_listener")) {
        const wanted: unknown = listener.get("accessLogs");
        if (wanted === UNKNOWN && app.hasForeignToken(listener.raw("accessLogs"))) {
          report(notKnownYet(listener.address, "accessLogs"));
        }
        if (wanted !== true) continue;
        const protocol: unknown = listener.get("protocol");
        if (typeof protocol === "string" && protocol !== "HTTP" && protocol !== "HTTPS") {
          report({
            message: `the program counts on access logs of a ${protocol} listener, and only HTTP and HTTPS listeners have them`,
            places: [{ address: listener.address, note: protocol }],
          });
        } else if (factOf({ described: [listener] }, "accessLogs") === false) {
          report({
            message: "the program counts on access logs of a listener whose load balancer writes none",
            places: [{ address: listener.address }],
            fix: "turn them on for the load balancer, then say so in `LoadBalancer.fromAttributes`",
          });
        }
      }
    },
  },
  ...securityGroupRules,
];

type BackendBinding = ModelResource<"clb_backend_binding">;
type CrossRegion = ModelResource<"clb_cross_region">;

function placeOf({ binding, text }: SeenBackend, note = text): FindingPlace {
  return { address: binding.address, note };
}

/** The places that say something of a load balancer, for what no resource of the program does. */
function said(state: LoadBalancerState, note: string): FindingPlace[] {
  const [first] = state.described;
  return first ? [{ address: first.address, note }] : [];
}

function eachBackend(state: LoadBalancerState, type: string, check: (backend: SeenBackend) => void): void {
  for (const binding of state.bindings) {
    for (const backend of backendsOf(binding)) if (backend.get("type") === type) check(backend);
  }
}

function ofVersion(state: LoadBalancerState, version: string): CrossRegion[] {
  return state.crossRegions.filter((resource) => resource.get("version") === version);
}

/** Ports, weights, and back-ends that stand in a list twice. */
function checkBound(binding: BackendBinding, report: Report): void {
  const { app, address } = binding;
  if (app.hasForeignToken(binding.raw("backends"))) report(notKnownYet(address, "backends"));
  const seen = itemsOf(binding, "backends").map((item) => {
    const get = (name: string): unknown => app.follow(item[name]);
    return {
      port: get("port"),
      weight: get("weight"),
      text: backendText(get),
      instanceId: get("instanceId"),
      backendAddress: get("address"),
      name: get("instanceId") ?? get("address"),
      instance: get("instanceId"),
      address: get("address"),
    };
  });
  for (const [index, { port, weight, text, name, instance, address: bound }] of seen.entries()) {
    const places = [{ address, note: text }];
    if (name === undefined || name === null || name === "") {
      report({
        message: `back-end ${index + 1} has neither the id of an instance nor an address`,
        places,
        fix: 'give the id of an instance, "ins-…", or an address',
      });
    }
    if (typeof bound === "string" && bound !== "" && isIP(bound) === 0) {
      report({
        message: `${quote(bound)} is not an IP address`,
        places,
        fix: "give the private address of the instance or network interface, without a port",
      });
    }
    if (typeof instance === "string" && instance !== "" && !INSTANCE.test(instance)) {
      report({
        message: `${quote(instance)} is given as an instance, and is not the id of one`,
        places,
        fix: 'give the id, "ins-…"; addresses of network interfaces go into `Backend.networkInterface`',
      });
    }
    if (typeof port === "number" && !isWholeNumber(port, 1, LARGEST_PORT)) {
      report({
        message: `port ${grouped(port)} of a back-end does not exist: ports are whole numbers from 1 to ${grouped(LARGEST_PORT)}`,
        places,
        fix: `use ${closest(port, 1, LARGEST_PORT)}`,
      });
    }
    if (typeof weight === "number" && !isWholeNumber(weight, 0, LARGEST_WEIGHT)) {
      report({
        message: `a weight of ${grouped(weight)} is not allowed: it is a whole number from 0 to ${LARGEST_WEIGHT}`,
        places,
        fix: `use ${closest(weight, 0, LARGEST_WEIGHT)}`,
      });
    }
  }
  const same = groupBy(seen, ({ name, port, text }) =>
    typeof name === "string" && typeof port === "number" ? text : undefined,
  );
  for (const [text, backends] of same) {
    if (backends.length < 2) continue;
    report({
      message: `${text} is bound ${backends.length === 2 ? "twice" : `${grouped(backends.length)} times`} in one place`,
      places: [{ address, note: text }],
      fix: "bind it once; its weight gives it a larger share",
    });
  }
}

/** Where a binding hangs: HTTP and HTTPS listeners have targets by rule, the others themselves. */
function checkListener(binding: BackendBinding, report: Report): void {
  const listener = binding.targetOfKind("listenerId", "clb_listener");
  const protocol: unknown = listener?.get("protocol");
  if (!listener || typeof protocol !== "string") return;
  const hasRule = binding.raw("locationId") !== undefined;
  if (hasRule || (protocol !== "HTTP" && protocol !== "HTTPS")) {
    const rule = binding.targetOfKind("locationId", "clb_rule");
    const other = rule && listenerOf(rule);
    if (!rule || !other || other.address === listener.address) return;
    report({
      message: "the back-ends name another listener than their forwarding rule",
      places: [
        { address: binding.address, note: `on ${listener.address}` },
        { address: rule.address, note: `on ${other.address}` },
      ],
      fix: "use the listener of the forwarding rule",
    });
    return;
  }
  report({
    message: `back-ends are bound to an ${protocol} listener itself, and it sends requests by forwarding rules`,
    places: [{ address: binding.address }, { address: listener.address, note: protocol }],
    fix: "bind them to a forwarding rule of the listener",
  });
}

function isWholeNumber(value: number, smallest: number, largest: number): boolean {
  return Number.isInteger(value) && value >= smallest && value <= largest;
}

function closest(value: number, smallest: number, largest: number): number {
  return Number.isNaN(value) ? smallest : Math.min(largest, Math.max(smallest, Math.round(value)));
}

function checkNetwork(instance: SeenBackend, state: LoadBalancerState, report: Report): void {
  const { binding } = instance;
  const region = instance.get("region");
  const vpc = instance.get("vpcId");
  if (region === UNKNOWN || vpc === UNKNOWN) {
    report(notKnownYet(binding.address, region === UNKNOWN ? "region" : "vpcId"));
    return;
  }
  const homeRegion = regionOf(state);
  const homeVpc = factOf(state, "vpcId");
  const otherRegion = typeof region === "string" && homeRegion !== undefined && region !== homeRegion;
  const otherVpc = typeof vpc === "string" && typeof homeVpc === "string" && vpc !== homeVpc;
  if (!otherRegion && !otherVpc) return;
  const { hasFirst, hasSecond, unknown } = crossingOf(state);
  const places = [placeOf(instance)];
  if (otherRegion && !hasFirst && !hasSecond && !unknown) {
    report({
      message: `instance ${instance.text} is in ${region}, and its load balancer is in ${homeRegion}`,
      places,
      fix: `use an instance of ${homeRegion}, or declare a CrossRegionBinding`,
    });
  } else if (!otherRegion && !hasSecond && !unknown) {
    report({
      message: `instance ${instance.text} is in ${String(vpc)}, and its load balancer is in ${String(homeVpc)}`,
      places,
      fix: `use an instance of ${String(homeVpc)}, or declare a CrossRegionBinding of version 2.0`,
    });
  } else if (instance.get("address") === undefined) {
    report({
      message: `instance ${instance.text} is in another ${otherRegion ? "region" : "VPC"} than its load balancer and has no address: there the platform binds instances by address only`,
      places,
      fix: "give the instance's private `address`",
    });
  }
}

/** The region of a load balancer; the stack's own when nothing is said of it. */
function regionOf(state: LoadBalancerState): string | undefined {
  const fact = factOf(state, "region");
  if (typeof fact === "string") return fact;
  return fact === undefined ? (state.bindings[0] ?? state.described[0])?.region : undefined;
}

/** The platform's calls go to the stack's region, and find no load balancer of another. */
function checkHome(resource: CrossRegion | SnatAddress, what: string, report: Report): void {
  const raw = rawLoadBalancerFact(resource, "region");
  const region = resource.app.follow(raw);
  if (region === UNKNOWN && resource.app.hasForeignToken(raw)) {
    report(notKnownYet(resource.address, "loadBalancer.region"));
  }
  if (typeof region !== "string" || region === resource.region) return;
  report({
    message: `the load balancer of the ${what} is in ${region}, and the stack deploys to ${resource.region}`,
    places: [{ address: resource.address, note: region }],
    fix: `declare it in a stack of ${region}`,
  });
}

function checkStandardAccount(resource: ModelResource, what: string, report: Report): void {
  if (resource.plan.provider.account.type !== "traditional") return;
  report({
    message: `stack ${resource.plan.stack} uses ${what}, and its account is a traditional one`,
    places: [{ address: resource.address }],
    fix: "have the account converted to a standard account, then say so in the provider",
  });
}

function checkNotClassic(
  state: LoadBalancerState,
  resource: ModelResource,
  what: string,
  report: Report,
): void {
  if (factOf(state, "generation") !== "classic") return;
  report({
    message: `${what} is declared for a classic load balancer, which cannot have it`,
    places: [{ address: resource.address, note: "classic" }],
    fix: "use an application load balancer",
  });
}

function reportTwice(resources: readonly CrossRegion[], version: string, report: Report): void {
  if (resources.length < 2) return;
  const targets = new Set(resources.map((resource) => String(resource.planned.properties["region"])));
  report({
    message:
      version === "1.0" && targets.size > 1
        ? `cross-region binding 1.0 is declared for ${count(targets.size, "region")} on one load balancer, and it reaches one`
        : `cross-region binding ${version} is declared ${resources.length === 2 ? "twice" : `${resources.length} times`} on one load balancer`,
    places: resources.map((resource) => ({
      address: resource.address,
      ...(version === "1.0" ? { note: String(resource.planned.properties["region"]) } : {}),
    })),
    fix: targets.size > 1 && version === "1.0" ? "use 2.0 for several regions" : "declare it once",
  });
}

function checkOtherRegion(state: LoadBalancerState, resource: CrossRegion, report: Report): void {
  const region: unknown = resource.get("region");
  const vpc: unknown = resource.get("vpcId");
  const home = regionOf(state);
  const places = [{ address: resource.address }];
  for (const [name, value] of Object.entries({ region, vpcId: vpc })) {
    if (value !== undefined && value !== null && value !== "") continue;
    report({
      message: `cross-region binding 1.0 has no \`${name}\` of the back-ends`,
      places,
      fix: `give \`${name}\``,
    });
  }
  if (region === UNKNOWN && resource.app.hasForeignToken(resource.raw("region"))) {
    report(notKnownYet(resource.address, "region"));
  }
  if (typeof region !== "string" || region !== home) return;
  report({
    message: `cross-region binding 1.0 names ${region}, the load balancer's own region: once it names another one it cannot be turned back, and until then it is not needed`,
    places: [{ address: resource.address, note: region }],
    fix: "name another region; for another VPC of the own region use 2.0",
  });
}

/** The one other region that 1.0 reaches, where it is declared once and right. */
function firstTarget(state: LoadBalancerState): string | undefined {
  const firsts = ofVersion(state, "1.0");
  const target: unknown = firsts.length === 1 ? firsts[0]?.get("region") : undefined;
  return typeof target === "string" && target !== regionOf(state) ? target : undefined;
}

/** All back-ends of a load balancer with 1.0 are in the one region that it reaches. */
function checkOneRegion(state: LoadBalancerState, firsts: readonly CrossRegion[], report: Report): void {
  const target = firstTarget(state);
  if (target === undefined) return;
  const network: unknown = firsts[0]?.get("vpcId");
  const home = regionOf(state);
  eachBackend(state, "instance", (instance) => {
    const region = instance.get("region") ?? home;
    const vpc = instance.get("vpcId");
    if (region === target && typeof network === "string" && typeof vpc === "string" && vpc !== network) {
      report({
        message: `instance ${instance.text} is in ${vpc}, and with cross-region binding 1.0 its load balancer reaches ${network} of ${target} only`,
        places: [placeOf(instance, vpc), ...firsts.map(({ address }) => ({ address, note: network }))],
        fix: `use an instance of ${network}; for several VPCs use 2.0`,
      });
    }
    if (typeof region !== "string" || region === target) return;
    report({
      message: `instance ${instance.text} is in ${region}, and with cross-region binding 1.0 its load balancer reaches ${target} only`,
      places: [placeOf(instance, region), ...firsts.map(({ address }) => ({ address, note: target }))],
      fix:
        instance.get("region") === undefined
          ? `say so with \`region: ${quote(target)}\` if that is where it is; for several regions use 2.0`
          : "use 2.0 for several regions",
    });
  });
}

function checkSnatAddresses({ snatAddresses }: LoadBalancerState, report: Report): void {
  const same = groupBy(snatAddresses, (resource) => {
    const ip: unknown = resource.get("address");
    return typeof ip === "string" ? ip : undefined;
  });
  for (const [ip, resources] of same) {
    if (resources.length < 2) continue;
    report({
      message: `a load balancer gets the SNAT address ${ip} ${resources.length === 2 ? "twice" : `${grouped(resources.length)} times`}`,
      places: resources.map(({ address }) => ({ address })),
      fix: "give each of them an address of its own",
    });
  }
  if (snatAddresses.length <= MOST_SNAT_ADDRESSES) return;
  report({
    message: `a load balancer gets ${grouped(snatAddresses.length)} SNAT addresses: ${MOST_SNAT_ADDRESSES} are allowed`,
    places: snatAddresses.map(({ address }) => ({ address })),
    fix: `keep ${MOST_SNAT_ADDRESSES} of them`,
  });
}

/** What a load balancer needs before it can reach a data centre at all. */
function checkHybrid(
  state: LoadBalancerState,
  resource: ModelResource,
  place: FindingPlace,
  report: Report,
): void {
  const what = "a SNAT address for a data centre";
  checkStandardAccount(resource, what, report);
  checkNotClassic(state, resource, what, report);
  const region = regionOf(state);
  if (region === undefined || hybridRegions.includes(region) || !Object.hasOwn(regions, region)) return;
  report({
    message: `load balancers of ${region} do not reach data centres: those of ${listed(hybridRegions)} do`,
    places: [{ ...place, note: place.note ?? region }],
    fix: "use a load balancer of one of these regions",
  });
}

function checkDataCenter(backend: SeenBackend, state: LoadBalancerState, report: Report): void {
  const place = placeOf(backend);
  const { hasFirst, hasSecond, unknown } = crossingOf(state);
  if (hasFirst) {
    report({
      message: `${backend.text} is an address in a data centre, and its load balancer has cross-region binding 1.0, which excludes those`,
      places: [place],
      fix: "use a load balancer with 2.0",
    });
    return;
  }
  // A SNAT address is checked where it is declared.
  if (state.snatAddresses.length === 0) checkHybrid(state, backend.binding, place, report);
  const missing = [
    ...(hasSecond || unknown ? [] : ["cross-region binding 2.0 through a cloud-connect network"]),
    ...(hasSnatAddress(state) ? [] : ["SNAT address"]),
  ];
  if (missing.length === 0) return;
  report({
    message: `${backend.text} is an address in a data centre, and its load balancer has no ${missing.join(" and no ")}`,
    places: [place],
    fix: listed([
      ...(hasSecond || unknown ? [] : ["declare a CrossRegionBinding of version 2.0"]),
      ...(hasSnatAddress(state) ? [] : ["declare a SnatAddress"]),
    ]),
  });
}
