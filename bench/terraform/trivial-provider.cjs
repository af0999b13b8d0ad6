// As little as a provider can be: what is left is the protocol.
const { serve } = require("../../dist/terraform/plugin/serve.js");

const schema = {
  provider: { version: 0, description: "Nothing.", attributes: [] },
  resources: {},
  dataSources: {},
};

serve(() => ({ schema: () => Promise.resolve(schema) }), { source: "terraform.local/cdktf-scf/trivial" });
