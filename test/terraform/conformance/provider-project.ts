import { program, stackText } from "../reconciler-mode/programs";
import { TerraformProject } from "../reconciler-mode/terraform-project";

/** A program of stacks that Terraform deploys by the provider, in one project on one local platform. */
export class ProviderProject extends TerraformProject {
  constructor(...stacks: readonly (readonly [name: string, body: string])[]) {
    super(program(...stacks.map(([name, body]) => stackText(name, body, "provider"))));
  }

  /** Synthesizes, and has Terraform find the provider. */
  prepare(environment: NodeJS.ProcessEnv = {}): this {
    this.synthesize(environment);
    for (const stack of Object.keys(this.stacks())) {
      const { exitCode, stdout, stderr } = this.terraform(["init"], { stack });
      if (exitCode !== 0) throw new Error(stdout + stderr);
    }
    return this;
  }

  stacks(): Readonly<Record<string, unknown>> {
    return (this.json("cdktf.out/manifest.json") as { stacks: Record<string, unknown> }).stacks;
  }

  apply(stack = "shop", environment: NodeJS.ProcessEnv = {}): string {
    return this.done(["apply", "-auto-approve"], stack, environment);
  }

  destroy(stack = "shop", environment: NodeJS.ProcessEnv = {}): string {
    return this.done(["destroy", "-auto-approve"], stack, environment);
  }

  done(words: readonly string[], stack = "shop", environment: NodeJS.ProcessEnv = {}): string {
    const { exitCode, stdout, stderr } = this.terraform(words, { stack, environment });
    if (exitCode !== 0) throw new Error(stdout + stderr);
    return stdout;
  }

  /** Its error, on one line and without the frame that Terraform draws. */
  refused(words: readonly string[], stack = "shop", environment: NodeJS.ProcessEnv = {}): string {
    const { exitCode, stdout, stderr } = this.terraform(words, { stack, environment });
    expect(exitCode).toBe(1);
    return (stdout + stderr).replace(/[│╷╵\s]+/g, " ");
  }

  /** By address, what the next apply does. */
  actions(stack = "shop", environment: NodeJS.ProcessEnv = {}): Record<string, string> {
    this.done(["plan", "-out=planned"], stack, environment);
    const shown = JSON.parse(this.done(["show", "-json", "planned"], stack)) as {
      resource_changes?: { address: string; change: { actions: string[] } }[];
    };
    const changes = (shown.resource_changes ?? []).map(({ address, change }): [string, string] => [
      address.replace(/_[0-9a-f]{8}$/, ""),
      change.actions.join("+"),
    ]);
    return Object.fromEntries(changes.filter(([, actions]) => actions !== "no-op"));
  }

  call(action: string, request: object): void {
    this.platform(action, request);
  }
}
