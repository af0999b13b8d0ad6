// A kind of resource as small as they come, on a platform in memory: what is left to measure is the reconciler.
const { library } = require("../library.cjs");

const { PlatformError } = library("platform/errors");

// By hand: the library that checks properties when a program is synthesized has no part in what is measured.
const schema = {
  kind: "item",
  title: "item",
  metadata: { name: { immutable: true }, value: {} },
  attributeMetadata: { id: {} },
};

const read = async (context, name) => {
  const { Item: item } = await context.call("scf", "GetItem", { Name: name });
  return item && { properties: { name, value: item.value }, attributes: { id: item.id }, owner: item.owner };
};

exports.kinds = {
  item: {
    schema,
    identity: ({ name }) => name,
    exclusive: ({ name }) => [`item ${name}`],
    replacement: "delete-first",
    timeoutMs: 600_000,
    read: (context, { properties }) => read(context, properties.name),
    find: (context, { name }) => read(context, name),
    async create(context, { name, value }) {
      const { Id: id } = await context.call("scf", "CreateItem", {
        Name: name,
        Value: value,
        Owner: context.owner,
      });
      return { id };
    },
    async delete(context, { properties }) {
      await context.call("scf", "DeleteItem", { Name: properties.name });
    },
  },
};

/** @param {{ milliseconds?: number, admits?: () => boolean }} options how long a call takes, and which writes are let in */
exports.openInstant = function openInstant({ milliseconds = 0, admits = () => true } = {}) {
  const items = new Map();
  const handle = (action, request) => {
    switch (action) {
      case "GetItem":
        return { Item: items.get(request.Name) };
      case "CreateItem":
        if (!admits()) {
          const code = "RequestLimitExceeded";
          throw new PlatformError({ code, message: code, service: "scf", action, requestId: "" });
        }
        items.set(request.Name, { id: `id-${items.size}`, value: request.Value, owner: request.Owner });
        return { Id: items.get(request.Name).id };
      default:
        items.delete(request.Name);
        return {};
    }
  };
  return {
    region: "ap-guangzhou",
    items,
    async call(_service, action, request) {
      if (milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, milliseconds));
      return handle(action, request);
    },
    close: () => Promise.resolve(),
  };
};

/** @param {{ id: string, after?: string[] }[]} items */
exports.planOf = function planOf(items) {
  return {
    format: "cdktf-scf/plan",
    formatVersion: 1,
    stack: "bench",
    validated: true,
    provider: {
      region: "ap-guangzhou",
      account: { type: "standard" },
      platform: { type: "local", path: "unused.db", delayMs: 0 },
      quotas: {},
    },
    resources: items
      .map(({ id, after = [] }) => ({
        address: `bench/${id}`,
        kind: "item",
        properties: { name: id, value: `value of ${id}` },
        dependsOn: after.map((other) => `bench/${other}`),
      }))
      .sort((left, right) => (left.address < right.address ? -1 : 1)),
    assets: [],
    outputs: {},
    dependsOnStacks: [],
  };
};
