// A null provider of our own, for tests: that of a registry is not there.
const { randomBytes } = require("node:crypto");
const path = require("node:path");
const plugin = path.join(__dirname, "../../../dist/terraform/plugin");
const { serve } = require(path.join(plugin, "serve.js"));
const { UNKNOWN } = require(path.join(plugin, "value.js"));

const schema = {
  provider: { version: 0, description: "Null.", attributes: [] },
  resources: {
    null_resource: {
      version: 0,
      description: "Nothing.",
      attributes: [
        { name: "id", type: "string", description: "An id.", computed: true },
        { name: "triggers", type: ["map", "string"], description: "Made again for these.", optional: true },
      ],
    },
  },
  dataSources: {},
};

function plan({ prior, proposed }) {
  if (!proposed) return {};
  if (!prior) return { planned: { ...proposed, id: UNKNOWN } };
  if (sameTriggers(prior.triggers, proposed.triggers)) return { planned: { ...proposed, id: prior.id } };
  return { planned: { ...proposed, id: UNKNOWN }, replace: [[{ attribute: "triggers" }]] };
}

function sameTriggers(before, after) {
  if (after === UNKNOWN) return false;
  const names = Object.keys({ ...before, ...after });
  return names.every((name) => before?.[name] === after?.[name]);
}

const provider = {
  schema: async () => schema,
  validateProvider: async () => ({}),
  configure: async () => ({}),
  validateResource: async () => ({}),
  upgradeState: async ({ state }) => ({ state }),
  read: async ({ state }) => ({ state }),
  plan: async (request) => plan(request),
  apply: async ({ prior, planned }) =>
    planned ? { state: { ...planned, id: prior?.id ?? randomBytes(8).readBigUInt64BE().toString() } } : {},
  import: async ({ id }) => ({ state: { id, triggers: null } }),
  validateDataSource: async () => ({}),
  readDataSource: async () => ({}),
  stop: async () => {},
};

void serve(() => provider, { source: "hashicorp/null" });
