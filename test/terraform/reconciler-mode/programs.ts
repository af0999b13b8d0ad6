/** A program of one stack that is deployed by the bundled reconciler under Terraform. */
export function shopProgram(body: string): string {
  return program(stackText("shop", body));
}

export function program(...stacks: readonly string[]): string {
  return `
const { App, TerraformOutput, TerraformStack, Token } = require("cdktf");
const scf = require("cdktf-scf");
const app = new App();
${stacks.join("\n")}
app.synth();
`;
}

export function stackText(name: string, body: string, mode = "reconciler"): string {
  return `
const ${name} = new TerraformStack(app, "${name}");
new scf.ScfProvider(${name}, "scf", {
  region: scf.Region.GUANGZHOU,
  platform: scf.Platform.local(),
  terraform: ${JSON.stringify(mode)},
});
{ const stack = ${name}; ${body} }
`;
}

/** A resource of another provider, and `table`, the value that it gives: that of TABLE. */
export const table = `
stack.addOverride("resource.terraform_data.table", { input: process.env.TABLE ?? "orders" });
const table = Token.asString({ resolve: () => "\${terraform_data.table.output}", creationStack: [] });
`;

export const orders = (changes = ""): string => `
const orders = new scf.Function(stack, "orders", {
  runtime: scf.Runtime.NODEJS_16_13,
  handler: "index.main_handler",
  code: scf.Code.fromInline("exports.main_handler = async () => 'orders';"),
  memory: Number(process.env.MEMORY ?? 128),
  ${changes}
});`;

/** Another provider's resource that takes an attribute of ours. */
export const reader = `
stack.addOverride("resource.terraform_data.reader", { input: orders.functionId });
stack.addOverride("output.reader", { value: "\${terraform_data.reader.output}" });
`;
