import { fc } from "../../fast-check";
import { kinds } from "../../../lib/kinds";
import { aliasSchema } from "../../../lib/model/resources/alias";
import { functionSchema } from "../../../lib/model/resources/function";
import { listenerSchema } from "../../../lib/model/resources/listener";
import { policySchema } from "../../../lib/model/resources/policy";
import { provisionedConcurrencySchema } from "../../../lib/model/resources/provisioned-concurrency";
import { roleSchema } from "../../../lib/model/resources/role";
import { namespaceSchema } from "../../../lib/model/resources/namespace";
import type { ResourceSchema } from "../../../lib/model/resource-schema";
import type { TerraformAttribute } from "../../../lib/terraform/plugin/schema";
import { UNKNOWN, type TerraformObject, type TerraformValue } from "../../../lib/terraform/plugin/value";
import {
  keepConfigured,
  resourceShapeOf,
  toProperties,
  toTerraform,
  type ResourceShape,
} from "../../../lib/terraform/schema";
import { terraformSchemaOf } from "../../../lib/terraform/schema/resource-schema";
import { propertiesOf, textWithSecrets } from "../arbitrary";

const functionShape = resourceShapeOf(functionSchema as unknown as ResourceSchema);
const listenerShape = resourceShapeOf(listenerSchema as unknown as ResourceSchema);
const policyShape = resourceShapeOf(policySchema as unknown as ResourceSchema);
const roleShape = resourceShapeOf(roleSchema as unknown as ResourceSchema);
const aliasShape = resourceShapeOf(aliasSchema as unknown as ResourceSchema);
const namespaceShape = resourceShapeOf(namespaceSchema as unknown as ResourceSchema);
const provisioningShape = resourceShapeOf(provisionedConcurrencySchema as unknown as ResourceSchema);
const everyKind = Object.values(kinds).map((kind) => [kind.schema.kind, kind] as const);

describe("properties taken over to Terraform", () => {
  it.each(everyKind)("come back as they were: %s", (_, { schema }) => {
    const shape = resourceShapeOf(schema);
    fc.assert(
      fc.property(propertiesOf(schema, { text: textWithSecrets }), (properties) => {
        const { properties: back, unknown } = toProperties(shape, toTerraform(shape, properties, {}));
        expect(back).toEqual(properties);
        expect(unknown.size).toBe(0);
      }),
    );
  });

  it.each(everyKind)("have every attribute of the schema, and none else: %s", (_, kind) => {
    const { attributes } = terraformSchemaOf(kind);
    const shape = resourceShapeOf(kind.schema);
    fc.assert(
      fc.property(propertiesOf(kind.schema), (properties) => {
        expect(misplaced(attributes, toTerraform(shape, properties, {}))).toEqual([]);
      }),
    );
  });

  it("have attributes and nulls beside them", () => {
    expect(toTerraform(roleShape, { roleName: "r", trustedServices: [] }, { roleId: "46" })).toEqual({
      role_name: "r",
      trusted_services: [],
      trusted_accounts: null,
      description: null,
      tags: null,
      role_id: "46",
      id: null,
      instance: null,
      retain: null,
      timeouts: null,
    });
  });

  it("hold a number and a word as text where either may stand", () => {
    expect(toTerraform(functionShape, { instanceConcurrency: 10 }, {})["instance_concurrency"]).toBe("10");
    const concurrency = (value: TerraformValue) =>
      toProperties(functionShape, { instance_concurrency: value }).properties["instanceConcurrency"];
    expect(concurrency("10")).toBe(10);
    expect(concurrency("dynamic")).toBe("dynamic");
    expect(concurrency("fast")).toBe("fast");
  });

  it("hold one text as a list where a list may stand", () => {
    const condition = (value: TerraformValue): TerraformObject => ({
      statement: [
        { effect: "allow", action: [], resource: [], condition: { ip_equal: { "qcs:ip": value } } },
      ],
    });
    const back = (value: TerraformValue) =>
      toProperties(policyShape, condition(value)).properties["statement"];
    expect(back(["10.0.0.1"])).toMatchObject([{ condition: { ip_equal: { "qcs:ip": "10.0.0.1" } } }]);
    expect(back(["a", "b"])).toMatchObject([{ condition: { ip_equal: { "qcs:ip": ["a", "b"] } } }]);
  });

  it("are null where the platform holds what no program can say", () => {
    const { statement } = toTerraform(policyShape, { statement: "no JSON" }, {});
    expect(statement).toBeNull();
  });

  it("are not known where only Terraform can say what they are", () => {
    const value = toTerraform(
      functionShape,
      {
        role: { $ref: { address: "shop/role", attribute: "roleName" } },
        environment: { $token: "${a.b}" },
        description: { $join: ["a", { $token: "${a.b}" }] },
      },
      {},
    );
    expect([value["role"], value["environment"], value["description"]]).toEqual([UNKNOWN, UNKNOWN, UNKNOWN]);
  });
});

describe("properties taken over from Terraform", () => {
  it("leave out what is null, at every depth, and keep what is empty", () => {
    const { properties } = toProperties(listenerShape, {
      name: "",
      certificate_id: null,
      health_check: { enabled: null, path: "/", healthy_statuses: [] },
    });
    expect(properties).toEqual({ name: "", healthCheck: { path: "/", healthyStatuses: [] } });
  });

  it("leave out an object of which nothing is said", () => {
    expect(toProperties(listenerShape, { health_check: { enabled: null, path: null } }).properties).toEqual(
      {},
    );
  });

  it("keep the place of a list's item of which nothing is said", () => {
    const { properties } = toProperties(namespaceShape, {
      hosting: { cluster_id: "c", tolerations: [{ key: null }, { key: "a" }] },
    });
    expect(properties["hosting"]).toEqual({ clusterId: "c", tolerations: [{}, { key: "a" }] });
  });

  it("leave out a key of a map that has null", () => {
    expect(toProperties(functionShape, { environment: { A: "1", B: null } }).properties).toEqual({
      environment: { A: "1" },
    });
  });

  it("have what has no order sorted", () => {
    expect(toProperties(roleShape, { trusted_services: ["b", "a"] }).properties).toEqual({
      trustedServices: ["a", "b"],
    });
  });

  it("have numbers, also where Terraform sends them as text to be exact", () => {
    const provisioning = { type: "dynamic", minimum: 1, maximum: "2", utilization: "0.1" };
    expect(toProperties(provisioningShape, { provisioning }).properties).toEqual({
      provisioning: { type: "dynamic", minimum: 1, maximum: 2, utilization: 0.1 },
    });
  });

  it("have secrets in place of their markers", () => {
    const environment = {
      PASSWORD: "{{secret:DB}}",
      URL: "db://{{secret:USER}}:{{secret:DB}}@host",
      PLAIN: "{{secret}}",
    };
    expect(toProperties(functionShape, { environment }).properties).toEqual({
      environment: {
        PASSWORD: { $secret: { environment: "DB" } },
        URL: {
          $join: [
            "db://",
            { $secret: { environment: "USER" } },
            ":",
            { $secret: { environment: "DB" } },
            "@host",
          ],
        },
        PLAIN: "{{secret}}",
      },
    });
  });

  it("leave out and name what is not known, or holds something that is not", () => {
    const { properties, unknown } = toProperties(functionShape, {
      function_name: "orders",
      role: UNKNOWN,
      environment: { A: "1", B: UNKNOWN },
      layers: [{ name: "deps", version: UNKNOWN }],
    });
    expect(properties).toEqual({ functionName: "orders" });
    expect([...unknown].sort()).toEqual(["environment", "layers", "role"]);
  });
});

describe("what is read", () => {
  const never = () => false;

  it.each(everyKind)("is as it was configured where the platform says the same: %s", (_, { schema }) => {
    const shape = resourceShapeOf(schema);
    fc.assert(
      fc.property(propertiesOf(schema), (properties) => {
        const configured = toTerraform(shape, properties, {});
        const live = otherwiseSaid(shape, toTerraform(shape, properties, {}));
        expect(keepConfigured(shape, configured, live, never)).toEqual(configured);
      }),
    );
  });

  it("keeps what is empty where the platform says nothing, and the other way round", () => {
    const kept = keepConfigured(
      functionShape,
      { description: "", layers: [], tags: null, vpc: null },
      { description: null, layers: null, tags: {}, vpc: { vpc_id: null, subnet_id: null } },
      never,
    );
    expect(kept).toMatchObject({ description: "", layers: [], tags: null, vpc: null });
  });

  it("does not take false, or zero, for nothing", () => {
    const kept = keepConfigured(
      functionShape,
      { dns_cache: false, web_socket_idle_timeout: 0 },
      { dns_cache: null, web_socket_idle_timeout: null },
      never,
    );
    expect(kept).toMatchObject({ dns_cache: null, web_socket_idle_timeout: null });
  });

  it("keeps the order in which something without an order was configured", () => {
    const prior = { trusted_services: ["b", "a"] };
    expect(keepConfigured(roleShape, prior, { trusted_services: ["a", "b"] }, never)).toMatchObject(prior);
    expect(
      keepConfigured(roleShape, prior, { trusted_services: ["a", "c"] }, never)["trusted_services"],
    ).toEqual(["a", "c"]);
  });

  it("is another where the order means something", () => {
    const layer = (name: string) => ({ name, version: 1 });
    const live = [layer("b"), layer("a")];
    expect(
      keepConfigured(functionShape, { layers: [layer("a"), layer("b")] }, { layers: live }, never)["layers"],
    ).toEqual(live);
  });

  it("keeps the marker of a secret that is unchanged beside a value that drifted", () => {
    const asked: string[][] = [];
    const kept = keepConfigured(
      functionShape,
      { environment: { PASSWORD: "{{secret:DB}}", OTHER: "{{secret:X}}", MODE: "a" } },
      { environment: { PASSWORD: "hunter2", OTHER: "changed", MODE: "b", NEW: "n" } },
      (property, prior, live) => {
        asked.push([property, prior, live]);
        return prior === "{{secret:DB}}" && live === "hunter2";
      },
    );
    expect(kept["environment"]).toEqual({ PASSWORD: "{{secret:DB}}", OTHER: "changed", MODE: "b", NEW: "n" });
    expect(asked).toContainEqual(["environment", "{{secret:X}}", "changed"]);
    expect(asked.every(([property]) => property === "environment")).toBe(true);
  });

  it("keeps what the platform does not give back", () => {
    const hosting = { cluster_id: "c", subnet_id: "s", cluster_namespace: "n" };
    expect(keepConfigured(namespaceShape, { hosting }, { hosting: null }, never)["hosting"]).toEqual(hosting);
  });

  it("takes a number for itself, however it was written", () => {
    const prior = { instance_concurrency: "010", timeout: "0.50" };
    const live = { instance_concurrency: "10", timeout: 0.5 };
    expect(keepConfigured(functionShape, prior, live, never)).toMatchObject(prior);
    const other = { instance_concurrency: "dynamic", timeout: 5 };
    expect(keepConfigured(functionShape, prior, other, never)).toMatchObject(other);
  });

  it("keeps what is the provider's own, unless it is given anew", () => {
    const prior = { id: "a", instance: "1", retain: true, timeouts: { create: "5m" } };
    expect(keepConfigured(aliasShape, prior, { instance: "2" }, never)).toMatchObject({
      ...prior,
      instance: "2",
    });
  });
});

/** Paths of attributes that are missing, or that the schema does not have. */
function misplaced(attributes: readonly TerraformAttribute[], value: TerraformObject): string[] {
  const names = attributes.map(({ name }) => name);
  const wrong = [
    ...names.filter((name) => !Object.hasOwn(value, name)),
    ...Object.keys(value).filter((name) => !names.includes(name)),
  ];
  const inside = attributes.flatMap(({ name, nested }) => {
    const given = value[name];
    if (!nested || typeof given !== "object" || given === null) return [];
    const objects = (nested.nesting === "single" ? [given] : Object.values(given)) as TerraformObject[];
    return objects.flatMap((object) =>
      misplaced(nested.attributes, object).map((inner) => `${name}.${inner}`),
    );
  });
  return [...wrong, ...inside];
}

/** The same, as the platform may say it: what has no order in another one, nothing in place of what is empty. */
function otherwiseSaid({ properties }: ResourceShape, object: TerraformObject): TerraformObject {
  const said = properties.map(({ name, shape }): [string, TerraformValue] => {
    const value = object[name] ?? null;
    if (value === "" || (typeof value === "object" && Object.keys(value ?? {}).length === 0))
      return [name, null];
    return [
      name,
      shape.type === "set" && Array.isArray(value) ? [...(value as TerraformValue[])].reverse() : value,
    ];
  });
  return { ...object, ...Object.fromEntries(said) };
}
