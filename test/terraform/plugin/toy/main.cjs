const path = require("node:path");
const { serve } = require(path.join(process.env.TOY_DIST, "terraform/plugin/serve.js"));

serve(() => require("./provider.cjs").createProvider(), { source: "terraform.local/cdktf-scf/scf" });
