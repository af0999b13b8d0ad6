import { basicGatewayTimeout } from "../model/resources/api-gateway-trigger";
import { UNKNOWN, type ModelResource } from "./app-model";
import { accountAndRegion, functionIdentity, functionName, functionOf, identityOf } from "./identity";
import { groupBy } from "./per-app";
import { isVersionNumber } from "./qualifiers";
import type { Report, Rule } from "./rule";
import { count, grouped, quote, withArticle } from "./text";
import { allStarting, nounOf, type StartingResource } from "./trigger-kinds";
import { eachNumber, eachText, eachValue, notKnownYet } from "./unchecked";

/** Restrictions of API gateway triggers, and of what else starts web functions: section 3 of the rules. */

type Api = ModelResource<"scf_api_gateway_trigger">;
type FunctionResource = ModelResource<"scf_function">;

const abilities = { document: "scf-operation-guide", section: "触发器能力对比" } as const;

export const apiGatewayRules: readonly Rule[] = [
  {
    id: "WEB-TRG",
    severity: "error",
    statement:
      "a web function has API gateway triggers only: no event source starts it, and no load balancer binds it",
    source: { document: "scf-operation-guide", section: "触发器管理" },
    fix: "use an API gateway trigger, or an event function",
    check(app, report) {
      for (const starting of allStarting(app)) {
        if (starting.is("scf_api_gateway_trigger")) continue;
        const declared = functionOf(starting);
        if (!startsWebFunction(starting, declared)) continue;
        report({
          message: `${functionText(declared ?? starting)} is a web function and has ${withArticle(nounOf(starting.kind))}; web functions have API gateway triggers only`,
          places: [
            { address: starting.address },
            ...(declared ? [{ address: declared.address, note: "web function" }] : []),
          ],
        });
      }
    },
  },
  {
    id: "WEB-SVC",
    severity: "error",
    statement:
      "all API gateway triggers of a web function are in one service; each basic gateway is a service of its own",
    source: { document: "scf-operation-guide", section: "使用限制" },
    fix: "put all its APIs into one service of a standard gateway",
    check(app, report) {
      const byFunction = groupBy(app.ofKind("scf_api_gateway_trigger"), functionIdentity);
      for (const triggers of byFunction.values()) {
        const [first] = triggers;
        if (!first || triggers.length < 2) continue;
        const declared = functionOf(first);
        if (triggers.some((trigger) => startsWebFunction(trigger, declared))) {
          reportServices(declared ?? first, triggers, report);
        }
      }
    },
  },
  {
    id: "WS-GW",
    severity: "error",
    statement:
      "the API of a web function with WebSocket takes WS or WSS and the method GET; that of any other function HTTP or HTTPS",
    source: { document: "scf-operation-guide", section: "WebSocket 协议支持" },
    fix: "use WS or WSS and GET with WebSocket, HTTP or HTTPS without",
    check(app, report) {
      eachText(app, report, "scf_api_gateway_trigger", "protocol", (protocol, trigger) => {
        const declared = functionOf(trigger);
        const speaks = declared && speaksWebSocket(declared);
        if (speaks !== undefined)
          reportProtocol(trigger, declared as FunctionResource, protocol, speaks, report);
      });
    },
  },
  {
    id: "GW-BASIC",
    severity: "error",
    statement:
      "a basic gateway waits 15 s for the function, and has no authentication, plug-ins or exclusive instance",
    source: abilities,
    fix: "use a service of a standard gateway",
    check(app, report) {
      const name = "scf_api_gateway_trigger";
      eachNumber(app, report, name, "backendTimeout", (timeout, trigger) => {
        if (!isBasic(trigger) || timeout === basicGatewayTimeout) return;
        report({
          message: `a basic gateway waits ${basicGatewayTimeout} s for the function, which cannot be changed to ${grouped(timeout)} s`,
          places: [{ address: trigger.address }],
          fix: `leave the back-end timeout out, or give the service of a standard gateway`,
        });
      });
      const advanced = {
        authentication: "authentication",
        plugins: "plug-ins",
        exclusiveInstance: "an exclusive instance",
      } as const;
      for (const property of ["authentication", "plugins", "exclusiveInstance"] as const) {
        eachValue(app, report, name, property, (value, trigger) => {
          if (!isBasic(trigger) || value === false || (Array.isArray(value) && value.length === 0)) return;
          report({
            message: `a basic gateway has no ${advanced[property].replace(/^an /, "")}; a standard gateway has`,
            places: [{ address: trigger.address }],
          });
        });
      }
    },
  },
  {
    id: "GW-ONE",
    severity: "error",
    statement:
      "a service has each path with a method once, for one function: APIs that differ in their environment only are the same API",
    source: { document: "scf-operation-guide", section: "触发器绑定限制" },
    fix: "give each API a path or a method of its own",
    check(app, report) {
      const same = groupBy(app.ofKind("scf_api_gateway_trigger"), apiIdentity);
      for (const triggers of same.values()) {
        const first = triggers[0];
        if (!first || triggers.length < 2) continue;
        report({
          message: `${count(triggers.length, "trigger")} bind the API ${apiText(first)} of ${serviceText(first)}; an API binds one function, and its environment does not make it another`,
          places: triggers.map((trigger) => ({ address: trigger.address, ...apiNote(trigger) })),
        });
      }
    },
  },
  {
    id: "GW-TIMEOUT",
    severity: "warning",
    statement: "a gateway waits for a function no longer than its own back-end timeout",
    source: { document: "scf-operation-guide", section: "触发器介绍" },
    fix: "make the gateway wait at least as long as the function may run",
    check(app, report) {
      eachNumber(app, report, "scf_api_gateway_trigger", "backendTimeout", (waits, trigger) => {
        const declared = functionOf(trigger);
        if (!declared || isWebSocket(trigger.get("protocol")) || startsPublished(trigger)) return;
        const runs: unknown = declared.get("timeout");
        if (typeof runs !== "number" || runs <= waits) return;
        report({
          message: `${functionText(declared)} may run for ${grouped(runs)} s, and the gateway waits ${grouped(waits)} s for it`,
          places: [
            { address: trigger.address, note: `waits ${grouped(waits)} s` },
            { address: declared.address, note: `runs ${grouped(runs)} s` },
          ],
          fix: isBasic(trigger)
            ? `lower the function's timeout to ${grouped(waits)} s, or use the service of a standard gateway`
            : `raise the back-end timeout to ${grouped(runs)} s, or lower the function's timeout to ${grouped(waits)} s`,
        });
      });
    },
  },
];

/** Without a service, the trigger makes a basic gateway. */
function isBasic(trigger: Api): boolean {
  const service = trigger.raw("serviceId");
  return service === undefined || service === null;
}

function isWebSocket(protocol: unknown): boolean {
  return protocol === "WS" || protocol === "WSS";
}

/** A published version keeps the timeout that it was published with: what the program says now is no part of it. */
function startsPublished(trigger: Api): boolean {
  const qualifier = trigger.raw("qualifier");
  return typeof qualifier === "string" && isVersionNumber(qualifier);
}

/** Whether the function speaks WebSocket; undefined when the program leaves it open. */
function speaksWebSocket(declared: FunctionResource): boolean | undefined {
  const type: unknown = declared.get("type");
  const webSocket: unknown = declared.get("webSocket");
  if (type === UNKNOWN || webSocket === UNKNOWN) return undefined;
  return type === "HTTP" && webSocket === true;
}

/** Whether it starts a web function, declared in the app or imported. */
function startsWebFunction(starting: StartingResource, declared: FunctionResource | undefined): boolean {
  return declared ? declared.get("type") === "HTTP" : starting.planned.properties["functionType"] === "web";
}

function functionText(declared: FunctionResource | StartingResource): string {
  const name = functionName(declared);
  return name === undefined ? "the function" : `function ${quote(name)}`;
}

function reportServices(owner: FunctionResource | Api, triggers: readonly Api[], report: Report): void {
  const services = groupBy(triggers, (trigger) =>
    isBasic(trigger) ? `basic ${trigger.address}` : identityOf(trigger, trigger.raw("serviceId")),
  );
  if (services.size < 2) return;
  const foreign = triggers.filter((trigger) => trigger.app.hasForeignToken(trigger.raw("serviceId")));
  const known = [...services.values()].filter(([first]) => first && !foreign.includes(first));
  if (known.length < 2) {
    for (const { address } of foreign) report(notKnownYet(address, "serviceId"));
    return;
  }
  report({
    message: `the APIs of web function ${quote(functionName(owner) ?? owner.address)} are in ${count(known.length, "service")}; one is allowed`,
    places: [
      ...(owner.is("scf_function") ? [{ address: owner.address }] : []),
      ...triggers.map((trigger) => {
        const service: unknown = isBasic(trigger) ? "a basic gateway" : trigger.get("serviceId");
        return {
          address: trigger.address,
          ...(typeof service === "string" ? { note: `in ${service}` } : {}),
        };
      }),
    ],
  });
}

function reportProtocol(
  trigger: Api,
  declared: FunctionResource,
  protocol: string,
  speaks: boolean,
  report: Report,
): void {
  const places = [
    { address: trigger.address, note: protocol },
    { address: declared.address, note: speaks ? "with WebSocket" : "without WebSocket" },
  ];
  if (isWebSocket(protocol) !== speaks) {
    report({
      message: `${functionText(declared)} ${speaks ? "speaks" : "does not speak"} WebSocket, and its API takes ${quote(protocol)}`,
      places,
      fix: speaks
        ? "use the protocol WSS or WS with the method GET"
        : "use the protocol HTTPS or HTTP, or a web function that was created with WebSocket",
    });
    return;
  }
  const method: unknown = trigger.get("method");
  if (!speaks || method === "GET" || typeof method !== "string") return;
  report({
    message: `${functionText(declared)} speaks WebSocket, and its API takes the method ${quote(method)}; connections begin with GET`,
    places,
    fix: "use the method GET",
  });
}

/** The same text for triggers that stand for the same API; undefined where the program leaves a part of it out. */
function apiIdentity(trigger: Api): string | undefined {
  const parts = (["path", "method"] as const).map((name) => trigger.raw(name));
  if (parts.some((part) => part === undefined || part === null)) return undefined;
  const service = isBasic(trigger)
    ? `basic ${functionIdentity(trigger)} ${identityOf(trigger, trigger.raw("qualifier"))}`
    : identityOf(trigger, trigger.raw("serviceId"));
  return [accountAndRegion(trigger), service, ...parts.map((part) => identityOf(trigger, part))].join("|");
}

function apiText(trigger: Api): string {
  const parts = [trigger.get("method"), trigger.get("path")].filter(
    (part): part is never => typeof part === "string",
  );
  return parts.length === 2 ? parts.join(" ") : "with the same method and path";
}

function serviceText(trigger: Api): string {
  const service: unknown = isBasic(trigger) ? "one basic gateway" : trigger.get("serviceId");
  return typeof service === "string" ? service : "one service";
}

function apiNote(trigger: Api): { note?: string } {
  const name = functionName(trigger);
  const environment: unknown = trigger.get("environment");
  const notes = [
    ...(name === undefined ? [] : [`calls ${name}`]),
    ...(typeof environment === "string" ? [`in ${environment}`] : []),
  ];
  return notes.length === 0 ? {} : { note: notes.join(", ") };
}
