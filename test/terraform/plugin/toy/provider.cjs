// A provider of things that live in one JSON file, for tests of the protocol with the real Terraform.
const fs = require("node:fs");
const path = require("node:path");
const { UNKNOWN } = require(path.join(process.env.TOY_DIST, "terraform/plugin/value.js"));

const text = (name, more) => ({ name, type: "string", description: `The ${name}.`, ...more });
const thing = {
  version: 1,
  description: "A thing.",
  attributes: [
    text("id", { computed: true }),
    text("name", { required: true }),
    text("note", { optional: true }),
    text("echo", { computed: true }),
    { name: "size", type: "number", description: "How large.", optional: true },
    { name: "labels", type: ["map", "string"], description: "Labels.", optional: true, sensitive: true },
    {
      name: "rules",
      description: "Rules.",
      optional: true,
      nested: {
        nesting: "list",
        attributes: [
          text("path", { required: true }),
          { ...text("weight", { optional: true }), type: "number" },
        ],
      },
    },
  ],
};

const schema = {
  provider: { version: 0, description: "Toy.", attributes: [text("file", { required: true })] },
  resources: { scf_thing: thing },
  dataSources: {
    scf_lookup: {
      version: 0,
      description: "Finds a thing.",
      attributes: [text("name", { required: true }), text("id", { computed: true })],
    },
  },
};

exports.createProvider = () => {
  let file;
  const all = () => (fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : {});
  const save = (things) => fs.writeFileSync(file, JSON.stringify(things));
  const echoOf = (note) => (note === UNKNOWN ? UNKNOWN : `echo of ${note}`);
  return {
    schema: async () => schema,
    validateProvider: async () => ({}),
    async configure({ config }) {
      console.log("this must not reach the handshake");
      file = config.file;
      return {};
    },
    async validateResource({ config }) {
      if (typeof config.size !== "number" || config.size >= 0) return {};
      const rule = {
        severity: "error",
        summary: "A size is at least 0",
        detail: "Give 0 or more.",
        attribute: [{ attribute: "size" }],
      };
      return { diagnostics: [rule] };
    },
    upgradeState: async ({ state }) => ({ state }),
    async read({ state }) {
      const found = all()[state.id];
      return found ? { state: found } : {};
    },
    async plan({ prior, proposed, private: kept }) {
      if (!proposed) return {};
      const planned = { ...proposed, echo: echoOf(proposed.note) };
      if (!prior) return { planned: { ...planned, id: UNKNOWN }, private: Buffer.from("first") };
      const renamed = prior.name !== proposed.name;
      return {
        planned: { ...planned, id: renamed ? UNKNOWN : prior.id },
        replace: renamed ? [[{ attribute: "name" }]] : [],
        private: kept,
      };
    },
    async apply({ prior, planned, private: kept }) {
      const things = all();
      if (!planned) {
        if (Buffer.from(kept).toString() === "") throw new Error("The private bytes are gone.");
        delete things[prior.id];
        save(things);
        return {};
      }
      if (planned.note === "boom")
        throw Object.assign(new Error("The thing went to pieces"), { fix: "Give another note." });
      const id = prior?.id ?? `thing-${planned.name}`;
      things[id] = { ...planned, id, echo: echoOf(planned.note) };
      save(things);
      return { state: things[id] };
    },
    async import({ id }) {
      const state = all()[id];
      if (state) return { state, private: Buffer.from("imported") };
      return { diagnostics: [{ severity: "error", summary: `There is no thing ${id}` }] };
    },
    validateDataSource: async () => ({}),
    async readDataSource({ config }) {
      return { state: { ...config, id: `thing-${config.name}` } };
    },
    async stop() {},
  };
};
