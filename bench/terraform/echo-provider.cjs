// The schema of the provider, and nothing behind it: what it costs that Terraform asks at all.
const path = require("node:path");

const dist = path.resolve(__dirname, "..", "..", "dist");
const library = (name) => require(path.join(dist, "terraform", name));
const { encodedSchema } = library("encoded-schema");
const { serve } = library("plugin/serve");

const nothing = () => Promise.resolve({});

void serve(
  () => ({
    schema: () => Promise.resolve(encodedSchema()),
    validateProvider: nothing,
    configure: nothing,
    validateResource: nothing,
    upgradeState: ({ state }) => Promise.resolve({ state }),
    read: ({ state }) => Promise.resolve({ state }),
    plan: ({ proposed }) => Promise.resolve({ planned: proposed, replace: [] }),
    stop: () => Promise.resolve(),
  }),
  { source: "the benchmark" },
);
