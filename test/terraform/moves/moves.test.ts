import * as fs from "node:fs";
import { copiesOf } from "../../cli/project";
import { withTerraform, withTerraformAtLength } from "../with-terraform";
import { MovingProject } from "./project";

const addresses = [
  "shop/deps",
  "shop/http",
  "shop/http/orders",
  "shop/http/orders/Target",
  "shop/ops",
  "shop/orders",
  "shop/orders/CurrentVersion",
  "shop/orders/live",
  "shop/orders/nightly",
];
const names = [
  "scf_alias.orders_live_8cf3ecaf",
  "scf_function.orders",
  "scf_function_binding.http_orders_Target_963717b7",
  "scf_layer.deps",
  "scf_listener.http",
  "scf_policy.ops",
  "scf_rule.http_orders_0009e3ef",
  "scf_timer_trigger.orders_nightly_83642a32",
  "scf_version.orders_CurrentVersion_a81db611",
];

const deployed = copiesOf(() => {
  const project = MovingProject.shop();
  project.done("deploy", "--auto-approve");
  return project;
});

const appliedElsewhere = copiesOf(() => {
  const project = MovingProject.shop();
  project.done("synth");
  project.initialize();
  apply(project);
  return project;
});

function applied(): MovingProject {
  const project = appliedElsewhere();
  // What Terraform keeps there names the folder of its state in full.
  fs.rmSync(project.file("cdktf.out/stacks/shop/.terraform"), { recursive: true });
  project.done("synth");
  project.initialize();
  return project;
}

function apply(project: MovingProject): void {
  const { exitCode, stdout, stderr } = project.terraform("apply", "-auto-approve", "-no-color");
  if (exitCode !== 0) throw new Error(stdout + stderr);
}

function moved(project: MovingProject, direction: "to-terraform" | "from-terraform"): string {
  return project.done("state", direction, "--auto-approve").stdout;
}

withTerraform("a stack that cdktf-scf has deployed", () => {
  let project: MovingProject;
  let writes: number;

  beforeAll(() => {
    project = deployed();
    writes = project.writes();
  });

  test("goes to Terraform's state without a call, and Terraform finds nothing to change", () => {
    const said = moved(project, "to-terraform");
    expect(said).toContain("shop: 9 resources go to Terraform's state. Nothing changes on the platform.\n");
    expect(project.inTerraform()).toEqual(names);
    expect(project.recorded()).toEqual([]);
    project.initialize();
    expect(project.planned()).toEqual({ exitCode: 0, said: "" });
    expect(project.writes()).toBe(writes);
  });

  test("has no secret in Terraform's state", () => {
    const state = project.terraform("state", "pull").stdout;
    expect(state).toContain("{{secret:SHOP_KEY}}");
    expect(state).not.toContain("hush-hush");
  });

  test("is not deployed, compared, edited or destroyed here any more", () => {
    const refusal =
      "Error: The resources of shop are in Terraform's state.\n" +
      "Deploy it with Terraform, or run `cdktf-scf state from-terraform shop` first.\n";
    for (const words of [["deploy", "--auto-approve"], ["diff"], ["destroy", "shop"], ["refresh", "shop"]]) {
      const { exitCode, stderr } = project.cli(...words);
      expect({ words, exitCode, stderr }).toEqual({
        words,
        exitCode: 1,
        stderr: expect.stringContaining(refusal) as string,
      });
    }
    expect(project.done("state", "list").stdout).toBe("The resources of shop are in Terraform's state.\n");
    expect(project.done("state", "to-terraform").stdout).toContain("are in Terraform's state already.\n");
  });

  test("comes back without a call, with the marks that it had, and there is nothing to do", () => {
    const said = moved(project, "from-terraform");
    expect(said).toContain(
      "shop: 9 resources come from Terraform's state. Nothing changes on the platform.\n",
    );
    expect(project.recorded()).toEqual(addresses);
    expect(project.inTerraform()).toEqual([]);
    expect(project.cli("diff", "--skip-synth")).toMatchObject({ exitCode: 0 });
    expect(project.cli("drift", "--skip-synth")).toMatchObject({ exitCode: 0 });
    expect(project.done("output", "--json").stdout).toContain('"id"');
    expect(project.writes()).toBe(writes);
  });

  test("goes on after that as if it had never been away", () => {
    project.environment["MEMORY"] = "256";
    const { stdout } = project.done("deploy", "--auto-approve");
    expect(stdout).toContain("shop: 1 published, 2 updated");
    moved(project, "to-terraform");
    expect(project.planned()).toEqual({ exitCode: 0, said: "" });
    project.environment["MEMORY"] = "512";
    project.done("synth");
    apply(project);
    moved(project, "from-terraform");
    expect(project.cli("diff", "--skip-synth")).toMatchObject({ exitCode: 0 });
    expect(project.done("destroy", "--auto-approve").stdout).toContain("9 deleted");
  });
});

withTerraform("a stack that Terraform has deployed", () => {
  test("comes here without a call, is changed here, goes back, and is destroyed by Terraform", () => {
    const project = applied();
    const writes = project.writes();
    expect(moved(project, "from-terraform")).toContain("shop: 9 resources come from Terraform's state.");
    expect(project.recorded()).toEqual(addresses);
    expect(project.cli("diff", "--skip-synth")).toMatchObject({ exitCode: 0 });
    expect(project.writes()).toBe(writes);
    project.environment["TABLE"] = "stock";
    expect(project.done("deploy", "--auto-approve").stdout).toContain("shop: 1 published, 2 updated");
    const changed = project.writes();
    const { stdout: json } = project.done("state", "to-terraform", "--auto-approve", "--json");
    expect(JSON.parse(json)).toEqual({ moved: { stack: "shop", to: "terraform", resources: addresses } });
    expect(project.planned()).toEqual({ exitCode: 0, said: "" });
    expect(project.writes()).toBe(changed);
    const { stdout } = project.terraform("destroy", "-auto-approve", "-no-color");
    expect(stdout).toContain("Destroy complete! Resources: 9 destroyed.");
  });

  test("keeps what is not ours in Terraform's state, to the last digit", () => {
    const project = MovingProject.shop();
    const other = `stack.addOverride("resource.terraform_data.other", { input: { big: "$\{12345678901234567890}" } });`;
    project.write({ "main.js": project.read("main.js").replace("app.synth();", `${other}\napp.synth();`) });
    project.done("synth");
    project.initialize();
    apply(project);
    moved(project, "from-terraform");
    expect(project.inTerraform()).toEqual(["terraform_data.other"]);
    expect(project.terraform("state", "pull").stdout).toContain("12345678901234567890");
    moved(project, "to-terraform");
    expect(project.inTerraform()).toEqual([...names, "terraform_data.other"].sort());
    expect(project.planned()).toEqual({ exitCode: 0, said: "" });
  });

  test("can be driven by the reconciler under Terraform after that", () => {
    const project = applied();
    project.environment["RECONCILER"] = "1";
    moved(project, "from-terraform");
    expect(project.cli("diff", "--skip-synth")).toMatchObject({ exitCode: 0 });
    const { exitCode, stderr } = project.cli("state", "to-terraform", "--auto-approve");
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringContaining(
        "Under Terraform, shop is deployed by the bundled reconciler.",
      ) as string,
    });
    expect(project.recorded()).toEqual(addresses);
  });
});

withTerraformAtLength("a secret", () => {
  test("that cannot be read is said, and sent again by Terraform's next apply", () => {
    const project = deployed();
    delete project.environment["SHOP_KEY"];
    const { stderr } = project.done("state", "to-terraform", "--auto-approve");
    expect(stderr).toContain(
      "shop/orders: SHOP_KEY cannot be read from the environment. Terraform's next plan sends it again.\n",
    );
    project.environment["SHOP_KEY"] = "hush-hush-1";
    project.initialize();
    expect(project.planned()).toMatchObject({ exitCode: 2 });
    apply(project);
    expect(project.planned()).toEqual({ exitCode: 0, said: "" });
  });

  test("that has changed is shown by the next plan, in either direction", () => {
    const project = deployed();
    project.environment["SHOP_KEY"] = "hush-hush-2";
    expect(project.done("state", "to-terraform", "--auto-approve").stderr).toContain(
      "shop/orders: `environment` is recorded as a fingerprint, and the program has another value now.",
    );
    project.initialize();
    expect(project.planned()).toMatchObject({ exitCode: 2 });
    apply(project);
    project.environment["SHOP_KEY"] = "hush-hush-3";
    expect(project.done("state", "from-terraform", "--auto-approve").stderr).toContain(
      "shop/orders: SHOP_KEY cannot be read from the environment, or has changed. The next deploy sends it again.",
    );
    expect(project.cli("diff", "--skip-synth").exitCode).toBe(2);
    expect(project.content(".cdktf-scf/shop")).not.toContain("hush-hush");
    project.done("deploy", "--auto-approve");
    expect(project.cli("diff", "--skip-synth").exitCode).toBe(0);
  });
});

withTerraformAtLength("a move that is cut off", () => {
  /** Kills the command line when it has Terraform write a state. */
  const beforePush = 'if [ "$2" = push ]; then kill -9 $PPID; exit 1; fi; exec terraform "$@"';
  const afterPush = 'terraform "$@"; code=$?; if [ "$2" = push ]; then kill -9 $PPID; fi; exit $code';

  function cutOff(project: MovingProject, direction: string, script: string): void {
    project.terraformThat(script);
    expect(project.cli("state", direction, "--auto-approve").exitCode).not.toBe(0);
    project.terraformAsItIs();
  }

  test.each([
    ["before Terraform has it", beforePush],
    ["after Terraform has it", afterPush],
  ])("%s is ended by running to-terraform again", (_, script) => {
    const project = deployed();
    const writes = project.writes();
    cutOff(project, "to-terraform", script);
    expect(project.recorded()).toEqual(addresses);
    const { exitCode, stderr } = project.cli("deploy", "--auto-approve");
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      "Error: A move of shop to Terraform's state was cut off.\n" +
        "Run `cdktf-scf state to-terraform shop` again, or `state from-terraform shop` to take it back.\n",
    );
    moved(project, "to-terraform");
    expect(project.inTerraform()).toEqual(names);
    expect(project.recorded()).toEqual([]);
    project.initialize();
    expect(project.planned()).toEqual({ exitCode: 0, said: "" });
    expect(project.writes()).toBe(writes);
  });

  test.each([
    ["before Terraform has it", beforePush],
    ["after Terraform has it", afterPush],
  ])("%s is taken back by from-terraform", (_, script) => {
    const project = deployed();
    cutOff(project, "to-terraform", script);
    moved(project, "from-terraform");
    expect(project.inTerraform()).toEqual([]);
    expect(project.recorded()).toEqual(addresses);
    expect(project.cli("diff", "--skip-synth").exitCode).toBe(0);
  });

  test.each([
    ["before it is taken away there", beforePush],
    ["after it is taken away there", afterPush],
  ])("%s is ended by running from-terraform again", (_, script) => {
    const project = applied();
    const writes = project.writes();
    cutOff(project, "from-terraform", script);
    expect(project.recorded()).toEqual(addresses);
    expect(project.cli("diff", "--skip-synth").stderr).toContain(
      "Error: A move of shop from Terraform's state was cut off.\nRun `cdktf-scf state from-terraform shop` again.\n",
    );
    moved(project, "from-terraform");
    expect(project.inTerraform()).toEqual([]);
    expect(project.recorded()).toEqual(addresses);
    expect(project.cli("diff", "--skip-synth").exitCode).toBe(0);
    expect(project.writes()).toBe(writes);
  });

  test("and that Terraform has gone on with since keeps what Terraform did", () => {
    const project = deployed();
    cutOff(project, "to-terraform", afterPush);
    project.environment["MEMORY"] = "256";
    project.done("synth");
    project.initialize();
    apply(project);
    moved(project, "from-terraform");
    expect(project.cli("diff", "--skip-synth").exitCode).toBe(0);
  });
});

withTerraform("a move that cannot be made", () => {
  let project: MovingProject;
  beforeAll(() => {
    project = deployed();
  });

  function refused(words: readonly string[], sentence: string, of = project): void {
    const before = [of.recorded(), of.inTerraform()];
    const { exitCode, stdout, stderr } = of.cli("state", ...words);
    expect({ exitCode, said: stdout + stderr }).toEqual({
      exitCode: 1,
      said: expect.stringContaining(sentence) as string,
    });
    expect([of.recorded(), of.inTerraform()]).toEqual(before);
  }

  test("fails without anybody to ask", () => {
    refused(["to-terraform"], "`cdktf-scf state to-terraform` asks before it changes anything");
  });

  test("fails where Terraform has nothing of the stack", () => {
    refused(
      ["from-terraform", "--auto-approve"],
      "Terraform's state has no resource of shop, so there is nothing to move.",
    );
  });

  test("fails without Terraform, and says how to name it", () => {
    project.environment["TERRAFORM_BINARY_NAME"] = "no-such-terraform";
    refused(["to-terraform", "--auto-approve"], "no-such-terraform cannot be started");
    project.terraformAsItIs();
  });

  test("fails where Terraform fails, and can be tried again", () => {
    project.terraformThat(
      'if [ "$2" = push ]; then echo "the lock is held" >&2; exit 1; fi; exec terraform "$@"',
    );
    refused(["to-terraform", "--auto-approve"], "the lock is held");
    project.terraformAsItIs();
    expect(project.cli("diff", "--skip-synth").exitCode).toBe(0);
  });

  test("fails where nothing is recorded", () => {
    const empty = MovingProject.shop();
    const { stderr } = empty.cli("state", "to-terraform", "--auto-approve");
    expect(stderr).toContain("Nothing is recorded of shop, so there is nothing to move.");
    expect(fs.existsSync(empty.file(".cdktf-scf/shop"))).toBe(false);
  });

  test("fails where Terraform's state has one of the addresses already", () => {
    const both = applied();
    const state = both.terraform("state", "pull").stdout;
    moved(both, "from-terraform");
    fs.writeFileSync(both.file("earlier.json"), state);
    expect(both.terraform("state", "push", "-force", both.file("earlier.json")).exitCode).toBe(0);
    refused(
      ["to-terraform", "--auto-approve"],
      "Terraform's state has a resource at scf_layer.deps already.",
      both,
    );
  });

  test("fails while a deploy is unfinished", () => {
    const open = MovingProject.shop();
    open.done(
      "local",
      "fault",
      "add",
      "fail",
      "--code",
      "InternalError",
      "--action",
      "CreateAlias",
      "--times",
      "always",
    );
    open.cli("deploy", "--auto-approve");
    refused(["to-terraform", "--auto-approve"], "The last run of shop was cut off: shop/orders/live", open);
  });

  test("fails for a tainted resource", () => {
    const tainted = applied();
    tainted.terraform("taint", "scf_policy.ops");
    refused(
      ["from-terraform", "--auto-approve"],
      "scf_policy.ops of Terraform's state cannot be moved: it is tainted.",
      tainted,
    );
  });
});

withTerraformAtLength("stacks that refer to each other", () => {
  const text = `
const { App, TerraformStack } = require("cdktf");
const scf = require("cdktf-scf");
const app = new App();
const settings = { region: scf.Region.GUANGZHOU, platform: scf.Platform.local() };
const first = new TerraformStack(app, "first");
new scf.ScfProvider(first, "scf", settings);
const role = new scf.Role(first, "worker", { name: "worker" });
const shop = new TerraformStack(app, "shop");
new scf.ScfProvider(shop, "scf", settings);
new scf.Function(shop, "orders", {
  runtime: scf.Runtime.NODEJS_16_13,
  handler: "index.main_handler",
  code: scf.Code.fromInline("exports.main_handler = async () => 1;"),
  role,
});
app.synth();
`;

  test("move one by one: first those that refer to others, and back first those that others refer to", () => {
    const project = new MovingProject({ files: { "main.js": text } });
    project.done("deploy", "*", "--auto-approve");
    const writes = project.writes();
    const early = project.cli("state", "to-terraform", "first", "--auto-approve");
    expect(early.stderr).toContain(
      "Error: shop refers to first, and is recorded here.\n" +
        "Move first what refers to it: `cdktf-scf state to-terraform shop`.\n",
    );
    project.done("state", "to-terraform", "shop", "--auto-approve");
    project.done("state", "to-terraform", "first", "--auto-approve");
    const late = project.cli("state", "from-terraform", "shop", "--auto-approve");
    expect(late.stderr).toContain(
      "Error: shop refers to first, which is not recorded here.\n" +
        "Move first what it refers to: `cdktf-scf state from-terraform first`.\n",
    );
    project.done("state", "from-terraform", "first", "--auto-approve");
    project.done("state", "from-terraform", "shop", "--auto-approve");
    expect(project.cli("diff", "*").exitCode).toBe(0);
    expect(project.writes()).toBe(writes);
  });

  test("fails for a name that stands for several", () => {
    const project = new MovingProject({ files: { "main.js": text } });
    const { exitCode, stderr } = project.cli("state", "to-terraform", "*", "--auto-approve");
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringContaining(
        "Error: * stands for several stacks.\nMove one after the other.\n",
      ) as string,
    });
  });
});
