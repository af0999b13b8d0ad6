import { Command, InvalidArgumentError, Option } from "commander";
import { serviceNames } from "../platform/api/service-names";
import { toolVersion } from "../reconciler/tool-version";
import type { DeployOptions } from "./commands/deploy";
import type { DestroyOptions } from "./commands/destroy";
import type { DiffOptions } from "./commands/diff";
import { graphFormats, type GraphOptions } from "./commands/graph-options";
import type { ImportOptions } from "./commands/import-options";
import type { InitOptions } from "./commands/init";
import { commands } from "./commands/lazy";
import type { DatabaseOptions } from "./commands/local";
import type { FaultOptions } from "./commands/local-fault";
import type { QuotaCommandOptions } from "./commands/quota";
import type { RefreshOptions } from "./commands/refresh";
import type { StateMoveOptions } from "./commands/state-moves";
import type { UnlockOptions } from "./commands/unlock";
import type { DriftOptions } from "./drifted-stacks";
import { openProject, type ProjectOverrides } from "./project";
import { templates } from "./template";
import { Terminal } from "./terminal";

interface Json {
  readonly json?: boolean;
}

/**
 * Everything that can be typed, in one place. What a command does stands in a file of its own under commands/.
 *
 * @param finish takes the exit code of the command that ran
 */
export function defineCommands(finish: (exitCode: number) => void): Command {
  const program = new Command("cdktf-scf")
    .description("Serverless functions of Tencent Cloud as typed constructs: check, compare, deploy.")
    .version(toolVersion(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print help; also after a command")
    .helpCommand(false)
    // Long names leave little room beside them: what stands there is broken all the same, and not by the terminal.
    .configureHelp({ minWidthToWrap: 20 })
    .showHelpAfterError("`cdktf-scf --help` lists the commands, `cdktf-scf <command> --help` their options.");
  withExamples(program, "synth", "diff", "deploy", "deploy '*' --auto-approve");

  defineInit(program, finish);
  defineSynthesis(program, finish);
  defineDeployment(program, finish);
  defineImport(program, finish);
  defineQuota(program, finish);
  defineState(program, finish);
  defineTerraform(program, finish);
  defineLocal(program, finish);
  return program;
}

type Finish = (exitCode: number) => void;

function defineInit(program: Command, finish: Finish): void {
  const init = program
    .command("init")
    .description("Begin a new project with its tests, or a package of templates for other projects.")
    .argument("[folder]", "where it is put; the current folder when left out")
    .addOption(
      new Option("--template <name>", "what to begin with")
        .choices(Object.keys(templates))
        .default("project"),
    )
    .option("--json", "print what was written as JSON")
    .action((folder: string | undefined, options: InitOptions & Json) => {
      finish(commands.init().init(new Terminal(options.json), folder, options));
    });
  withExamples(init, "init shop", "init --template package our-templates");
}

function defineSynthesis(program: Command, finish: Finish): void {
  const synth = program
    .command("synth")
    .description("Run the program; write its plans and its Terraform configuration.")
    .option("--json", "print what was written as JSON")
    .action(async (options: ProjectOverrides & Json) => {
      finish(await commands.synth().synth(openProject(process.cwd(), options), new Terminal(options.json)));
    });
  withProgram(withExamples(synth, "synth", "synth --output build/cdktf.out"));

  const validate = program
    .command("validate")
    .description("Check the program against every rule, without writing anything.")
    .option("--json", "print the findings as JSON")
    .action(async (options: ProjectOverrides & Json) => {
      finish(
        await commands.validate().validate(openProject(process.cwd(), options), new Terminal(options.json)),
      );
    });
  withProgram(withExamples(validate, "validate", "validate --json > findings.json"));

  const graph = program
    .command("graph")
    .description(
      "Draw the program: functions, versions, aliases with their shares, what triggers them, and what they use. A program that breaks rules is drawn too, with what was found; the exit code is then 1.",
    )
    .argument("[stacks...]", "stacks to draw; all of them when left out")
    .addOption(
      new Option(
        "--format <format>",
        "a page to open in a browser, or text that Markdown pages show as a picture",
      )
        .choices(graphFormats)
        .default("html"),
    )
    .option("-a, --app <command>", "command that runs the program, instead of `app` in cdktf.json")
    .option(
      "-o, --output <file>",
      "file to write, `-` for standard output; when left out, a page goes to graph.html in the output folder, Mermaid text to standard output",
    )
    .action(async (stacks: string[], options: Pick<ProjectOverrides, "app"> & GraphOptions) => {
      const { app, ...drawn } = options;
      const project = openProject(process.cwd(), app === undefined ? {} : { app });
      finish(await commands.graph().graph(project, stacks, drawn));
    });
  withExamples(graph, "graph", "graph shop --output shop.html", "graph --format mermaid >> docs/shop.md");

  const explain = program
    .command("explain")
    .description("Say what a rule asks for, why, and what to do about a finding of it.")
    .argument("[id]", "rule, beginning of rules, or status code of an invocation; without it all are listed")
    .option("--json", "print it as JSON")
    .action(async (id: string | undefined, options: Json) => {
      finish(await commands.explain().explain(new Terminal(options.json), id));
    });
  withExamples(explain, "explain FN-MEM", "explain CLB", "explain 432", "explain --json");
}

function defineDeployment(program: Command, finish: Finish): void {
  const diff = program
    .command("diff")
    .description(
      "Show what deploying would change. Exit code 0: nothing, 2: something, 1: failed to find out.",
    )
    .argument("[stacks...]", "stacks to compare, or '*'; may be left out when there is only one")
    .option("--out <file>", "save it, for `cdktf-scf deploy <file>` to do exactly that")
    .option("--json", "print the differences as JSON")
    .action(async (stacks: string[], options: ProjectOverrides & Json & DiffOptions) => {
      const project = openProject(process.cwd(), options);
      finish(await commands.diff().diff(project, new Terminal(options.json), stacks, options));
    });
  withReleases(
    withTargets(
      withSkipSynth(
        withProgram(
          withExamples(
            diff,
            "diff",
            "diff shop --json",
            "diff --out plan.json",
            "diff --target shop/orders --target shop/stock",
          ),
        ),
      ),
    ),
  );

  const deploy = program
    .command("deploy")
    .description(
      "Show what would change, ask, and change it. Exit code 0: done, 1: failed or declined, 130: interrupted.",
    )
    .argument(
      "[stacks...]",
      "stacks to deploy, or '*'; may be left out when there is only one. Or a file that `cdktf-scf diff --out` has written: exactly that is done, without running the program or comparing again",
    )
    .option("--json", "print every event of the run as a line of JSON")
    .action(async (stacks: string[], options: DeployOptions & Json) => {
      const project = openProject(process.cwd(), options);
      finish(await commands.deploy().deploy(project, new Terminal(options.json), stacks, options));
    });
  withReleases(
    withTargets(
      withSkipSynth(
        withApply(
          withProgram(
            withExamples(
              deploy,
              "deploy",
              "deploy network shop",
              "deploy '*' --auto-approve",
              "deploy plan.json",
              "deploy --target shop/orders",
              "deploy --retry-releases",
            ),
          ),
        ),
      ),
    ),
  );

  const destroy = program
    .command("destroy")
    .description("Delete all that is recorded of a stack, also of one that has left the program.")
    .argument("[stacks...]", "stacks to destroy, or '*'; may be left out when only one is recorded")
    .option("--json", "print every event of the run as a line of JSON")
    .action(async (stacks: string[], options: DestroyOptions & Json) => {
      const project = openProject(process.cwd());
      finish(await commands.destroy().destroy(project, new Terminal(options.json), stacks, options));
    });
  withApply(withExamples(destroy, "destroy", "destroy shop --auto-approve"));

  const drift = program
    .command("drift")
    .description(
      "Show what was changed elsewhere since it was deployed: recorded, live and wanted value. Exit code 0: nothing, 2: something, 1: failed to find out.",
    )
    .argument("[stacks...]", "stacks to look at, or '*'; may be left out when only one is recorded")
    .option("--json", "print it as JSON")
    .action(async (stacks: string[], options: ProjectOverrides & Json & DriftOptions) => {
      const project = openProject(process.cwd(), options);
      finish(await commands.drift().drift(project, new Terminal(options.json), stacks, options));
    });
  withSkipSynth(withProgram(withExamples(drift, "drift", "drift '*' --json")));

  const refresh = program
    .command("refresh")
    .description(
      "Show what was changed elsewhere, ask, and record it as it is; the platform is not changed. Exit code 0: recorded, or nothing to record, 1: failed or declined.",
    )
    .argument("[stacks...]", "stacks to record, or '*'; may be left out when only one is recorded")
    .option("--auto-approve", "do not ask")
    .option("--json", "print what was found and recorded as JSON")
    .action(async (stacks: string[], options: ProjectOverrides & Json & RefreshOptions) => {
      const project = openProject(process.cwd(), options);
      finish(await commands.refresh().refresh(project, new Terminal(options.json), stacks, options));
    });
  withSkipSynth(withProgram(withExamples(refresh, "refresh", "refresh shop --auto-approve")));
}

function defineImport(program: Command, finish: Finish): void {
  const command = program
    .command("import")
    .description(
      "Bring objects that exist under management: show what was found and what the next deploy would change, ask, record it. With --all, write the program for everything in a region.",
    )
    .argument("[address-and-id...]", "address in the program and id of the object, one pair or more")
    .option("--from <file>", 'take the pairs from a JSON file: [{ "address": …, "id": … }]')
    .option("--take-over", "also objects that carry the mark of another stack, for one whose state is lost")
    .option("--auto-approve", "do not ask")
    .option("--all", "write a program for everything in the region, and the file for --from; records nothing")
    .option("--stack <name>", "--all: name of the stack in that program; `imported` when left out")
    .option("--out <folder>", "--all: folder to write to, this one when left out; no file is overwritten")
    .option("--region <region>", "--all: the region; ap-guangzhou when left out")
    .option("--account <id>", "--all: id of the account that owns what is there; marks of functions name it")
    .option("--with-environment", "--all: write environment variables into the program in clear")
    .option("--local [file]", "--all: of the local platform, by its database, and not of the cloud")
    .option("--endpoint <url>", "--all: of a platform that answers elsewhere than the cloud")
    .option("--json", "print what was found and done as JSON")
    .action(async (words: string[], options: ImportOptions & Json) => {
      const terminal = new Terminal(options.json);
      if (options.all) finish(await commands.importAll().importAll(terminal, words, options));
      else {
        const project = openProject(process.cwd(), options);
        finish(await commands.import().importObjects(project, terminal, words, options));
      }
    });
  withSkipSynth(
    withProgram(
      withExamples(
        command,
        "import shop/orders default/orders",
        "import shop/orders default/orders shop/orders/live default/orders:live",
        "import --from imports.json --auto-approve",
        "import --all --region ap-guangzhou --stack shop --out shop",
      ),
    ),
  );
}

function defineQuota(program: Command, finish: Finish): void {
  const quota = program
    .command("quota")
    .description(
      "Show how much of the account's quotas is used, how much the program needs, and what is closest to its limit. Exit code 1 when a quota is too small.",
    )
    .option("--live", "ask the platform what the account holds, instead of a snapshot")
    .option(
      "--save [file]",
      "ask it, and keep the answer for synthesis: in scf.account.json beside cdktf.json, or in another file",
    )
    .option("--account <id>", "only of the stacks whose provider names this account")
    .option("--json", "print the quotas as JSON")
    .action(async (options: ProjectOverrides & Json & QuotaCommandOptions) => {
      const project = openProject(process.cwd(), options);
      finish(await commands.quota().quota(project, new Terminal(options.json), options));
    });
  withSkipSynth(withProgram(withExamples(quota, "quota", "quota --live --json", "quota --save")));
}

function defineState(program: Command, finish: Finish): void {
  const output = program
    .command("output")
    .description("Print the outputs of a stack as they were deployed last.")
    .argument("[stack]", "the stack; may be left out when only one is recorded")
    .option("--json", "print them as JSON")
    .action((stack: string | undefined, options: Json) => {
      finish(commands.output().output(openProject(process.cwd()), new Terminal(options.json), stack));
    });
  withExamples(output, "output", "output shop --json");

  const state = program
    .command("state")
    .helpCommand(false)
    .description("Look at what is recorded of the deployed stacks, and correct it by hand.");
  withExamples(
    state,
    "state list",
    "state show shop/orders",
    "state mv shop/orders shop/sales/orders",
    "state to-terraform shop",
  );
  const list = state
    .command("list")
    .description("Print the address of every recorded resource.")
    .argument("[stacks...]", "only those of these stacks")
    .option("--json", "print them as JSON")
    .action((stacks: string[], options: Json) => {
      finish(commands.state().listState(openProject(process.cwd()), new Terminal(options.json), stacks));
    });
  withExamples(list, "state list", "state list shop --json");
  const show = state
    .command("show")
    .description("Print what is recorded of one resource.")
    .argument("<address>", "its address, as `cdktf-scf state list` prints it")
    .option("--json", "print it as JSON")
    .action((address: string, options: Json) => {
      finish(commands.state().showState(openProject(process.cwd()), new Terminal(options.json), address));
    });
  withExamples(show, "state show shop/orders", "state show shop/orders --json");

  const remove = state
    .command("rm")
    .description(
      "Forget one resource. The object stays on the platform as it is: nothing changes or deletes it any more.",
    )
    .argument("<address>", "its address, as `cdktf-scf state list` prints it")
    .option("--auto-approve", "do not ask")
    .option("--json", "print what was forgotten as JSON")
    .action(async (address: string, options: Json & { autoApprove?: boolean }) => {
      const project = openProject(process.cwd());
      finish(await commands.stateEdit().forget(project, new Terminal(options.json), address, options));
    });
  withExamples(remove, "state rm shop/orders", "state rm shop/orders#1 --auto-approve");

  const move = state
    .command("mv")
    .description(
      "Record one resource under another address, as after its construct got another path. The object stays as it is.",
    )
    .argument("<from>", "its address, as `cdktf-scf state list` prints it")
    .argument("<to>", "its new address, in the same stack")
    .option("--json", "print what was moved as JSON")
    .action(async (from: string, to: string, options: Json) => {
      const project = openProject(process.cwd());
      finish(await commands.stateEdit().move(project, new Terminal(options.json), from, to));
    });
  withExamples(move, "state mv shop/orders shop/sales/orders");
  defineStateMoves(state, finish);

  const unlock = program
    .command("unlock")
    .description(
      "Free the state of a stack that a run has left locked: one that was cut off on another machine or in another container.",
    )
    .argument("<stack>", "the stack")
    .option(
      "--force",
      "also when its run is still working; that run stops before its next call and records nothing more",
    )
    .option("--auto-approve", "do not ask")
    .option("--json", "print the holder, and whether the state is free, as JSON")
    .action(async (stack: string, options: Json & UnlockOptions) => {
      const project = openProject(process.cwd());
      finish(await commands.unlock().unlock(project, new Terminal(options.json), stack, options));
    });
  withExamples(unlock, "unlock shop", "unlock shop --force --auto-approve");
}

function defineStateMoves(state: Command, finish: Finish): void {
  const moves = [
    {
      name: "to-terraform",
      description:
        "Move what is recorded of a stack to Terraform's state, for `cdktf deploy` to go on with. The platform is not called.",
      run: () => commands.stateMoves().toTerraform,
    },
    {
      name: "from-terraform",
      description:
        "Move what Terraform's state has of a stack here, for `cdktf-scf deploy` to go on with. The platform is not called.",
      run: () => commands.stateMoves().fromTerraform,
    },
  ];
  for (const { name, description, run } of moves) {
    const command = state
      .command(name)
      .description(`${description} Exit code 0: moved, 1: failed or declined.`)
      .argument("[stack]", "the stack; may be left out when the program has only one")
      .option("--auto-approve", "do not ask")
      .option("--json", "print what was moved as JSON")
      .action(async (stack: string | undefined, options: ProjectOverrides & Json & StateMoveOptions) => {
        const project = openProject(process.cwd(), options);
        finish(await run()(project, new Terminal(options.json), stack, options));
      });
    withSkipSynth(withProgram(withExamples(command, `state ${name}`, `state ${name} shop --auto-approve`)));
  }
}

/** Synthesis has Terraform run these. */
function defineTerraform(program: Command, finish: Finish): void {
  const terraform = program
    .command("terraform")
    .helpCommand(false)
    .description('What Terraform runs for a stack whose provider says terraform: "reconciler".');
  withExamples(
    terraform,
    "terraform deploy cdktf.out/stacks/shop",
    "terraform destroy cdktf.out/stacks/shop",
  );
  const deploy = terraform
    .command("deploy")
    .description("Deploy the plan in a stack's folder, without running the program and without asking.")
    .argument("<folder>", "the stack's folder below cdktf.out")
    .action(async (folder: string) => {
      const project = openProject(process.cwd());
      finish(await commands.terraform().terraformDeploy(project, new Terminal(), folder));
    });
  withExamples(deploy, "terraform deploy cdktf.out/stacks/shop");
  const destroy = terraform
    .command("destroy")
    .description("Delete all that is recorded of a stack, without asking.")
    .argument("<folder>", "the stack's folder below cdktf.out")
    .action(async (folder: string) => {
      const project = openProject(process.cwd());
      finish(await commands.terraform().terraformDestroy(project, new Terminal(), folder));
    });
  withExamples(destroy, "terraform destroy cdktf.out/stacks/shop");
}

function defineLocal(program: Command, finish: Finish): void {
  const local = program
    .command("local")
    .helpCommand(false)
    .description("The platform that ships in the package: one file, no account.");
  withExamples(local, "local start", "local call scf ListFunctions", "local reset");

  const start = local
    .command("start")
    .description("Answer the platform's API over HTTP on this machine, until Ctrl-C.")
    .option("--port <number>", "port to listen on", portNumber, 9750)
    .option("--delay <milliseconds>", "how long creating, updating and publishing take", wholeNumber, 0)
    .option("--json", "print endpoint and credentials as JSON")
    .option("--rate-limit <calls>", "calls of one action that are accepted in a second", positiveNumber)
    .action(async (options: DatabaseOptions & Json & { port: number; delay: number; rateLimit?: number }) => {
      finish(await commands.local().start(new Terminal(options.json), options));
    });
  withDatabase(withExamples(start, "local start", "local start --port 8080 --delay 2000"));

  const calls = local
    .command("calls")
    .description("Print the calls that were made in a region, oldest first.")
    .option("--json", "print them as JSON")
    .action(async (options: DatabaseOptions & Json) => {
      finish(await commands.local().calls(new Terminal(options.json), options));
    });
  withDatabase(withExamples(calls, "local calls", "local calls --json"));

  const call = local
    .command("call")
    .description("Make one call by hand and print the answer, or the platform's error code.")
    .argument("<service>", `${serviceNames.slice(0, -1).join(", ")} or ${serviceNames.at(-1)}`)
    .argument("<action>", "action of the platform's API, for example GetFunction")
    .argument("[request]", "the request as JSON", "{}")
    .action(async (service: string, action: string, request: string, options: DatabaseOptions) => {
      finish(await commands.local().call(new Terminal(true), service, action, request, options));
    });
  withDatabase(
    withExamples(
      call,
      "local call scf ListFunctions",
      `local call scf GetFunction '{"FunctionName":"orders"}'`,
    ),
  );

  const reset = local
    .command("reset")
    .description(
      "Make it a new account again: everything on the local platform is gone. What is recorded of stacks stays.",
    )
    .option("--calls", "forget only the record of the calls")
    .action(async (options: DatabaseOptions & { calls?: boolean }) => {
      finish(await commands.local().reset(new Terminal(), options));
    });
  withDatabase(withExamples(reset, "local reset", "local reset --calls"));
  defineFaults(local, finish);
}

function defineFaults(local: Command, finish: Finish): void {
  const fault = local
    .command("fault")
    .helpCommand(false)
    .description("Make calls go wrong, to see what becomes of a deploy: lost answers, refusals, delays.");
  withExamples(fault, "local fault add drop-answer --action CreateFunction", "local fault list");

  const add = fault
    .command("add")
    .description(
      "Set a fault: it strikes the calls that all of its options fit, whichever process makes them.",
    )
    .argument(
      "<effect>",
      [
        "drop-answer: carried out, answer lost;",
        "drop-request: never arrives;",
        "throttle: refused with RequestLimitExceeded;",
        "fail: refused with --code;",
        "delay: answered after --ms;",
        "lag: reads show the state before it for --ms;",
        "hang: carried out, never answered;",
        "fail-later: accepted, fails in the background",
      ].join(" "),
    )
    .option("--service <name>", "calls of this service, for example scf")
    .option("--action <name>", "calls of this action, for example CreateFunction")
    .option("--resource <text>", "calls whose request, as JSON, holds this text")
    .option("--writes", "calls that change something")
    .option("--nth <number>", "the first of them to be struck (default: 1)", positiveNumber)
    .option("--times <number>", "how many are struck, or `always` (default: 1)", positiveOrAlways)
    .option("--code <code>", "fail: the platform's error code, for example InternalError")
    .option("--message <text>", "fail: what the error says; {request} stands for the request")
    .option("--accepted", "fail: it is carried out all the same")
    .option("--ms <milliseconds>", "delay, lag, hang: how long", positiveNumber)
    .option("--json", "print the fault as JSON")
    .action(async (effect: string, options: FaultOptions & Json) => {
      finish(await commands.localFault().addFault(new Terminal(options.json), effect, options));
    });
  withDatabaseFile(
    withExamples(
      add,
      "local fault add drop-answer --action CreateFunction --resource orders",
      "local fault add throttle --writes --times 20",
      "local fault add fail --code InternalError --accepted --action PublishVersion",
      "local fault add lag --ms 2000 --action CreateTrigger --times always",
    ),
  );
  const list = fault
    .command("list")
    .description("Print the faults that are set, and how often each has struck.")
    .option("--json", "print them as JSON")
    .action(async (options: FaultOptions & Json) => {
      finish(await commands.localFault().listFaults(new Terminal(options.json), options));
    });
  withDatabaseFile(withExamples(list, "local fault list", "local fault list --json"));

  const clear = fault
    .command("clear")
    .description("Take a fault away, or all of them.")
    .argument("[number]", "its number, as `local fault list` prints it", positiveNumber)
    .action(async (id: number | undefined, options: FaultOptions) => {
      finish(await commands.localFault().clearFaults(new Terminal(), id, options));
    });
  withDatabaseFile(withExamples(clear, "local fault clear", "local fault clear 2"));
}

function withExamples(command: Command, ...lines: string[]): Command {
  return command.addHelpText(
    "after",
    ["", "Examples:", ...lines.map((line) => `  $ cdktf-scf ${line}`)].join("\n"),
  );
}

function withProgram(command: Command): Command {
  return command
    .option("-a, --app <command>", "command that runs the program, instead of `app` in cdktf.json")
    .option("-o, --output <folder>", "folder to write to, instead of `output` in cdktf.json");
}

function withSkipSynth(command: Command): Command {
  return command.option("--skip-synth", "take the plans that the last `cdktf-scf synth` wrote");
}

function withTargets(command: Command): Command {
  return command.option(
    "--target <address>",
    "only this resource or construct, and what it depends on; may be given several times",
    (address: string, others: readonly string[] = []) => [...others, address],
  );
}

function withReleases(command: Command): Command {
  return command.option("--retry-releases", "try releases again that a gate has rolled back");
}

function withApply(command: Command): Command {
  return command
    .option("--auto-approve", "do not ask")
    .option("--parallelism <number>", "operations at once, at most", positiveNumber, 20);
}

function withDatabaseFile(command: Command): Command {
  return command.option("--path <file>", "its database");
}

function withDatabase(command: Command): Command {
  return withDatabaseFile(command).option("--region <region>", "region that is meant", "ap-guangzhou");
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0) throw new InvalidArgumentError("It has to be a whole number.");
  return number;
}

function portNumber(text: string): number {
  const number = wholeNumber(text);
  if (number > 65_535) throw new InvalidArgumentError("It is at most 65535.");
  return number;
}

function positiveNumber(text: string): number {
  const number = wholeNumber(text);
  if (number === 0) throw new InvalidArgumentError("It has to be at least 1.");
  return number;
}

function positiveOrAlways(text: string): number | "always" {
  return text === "always" ? text : positiveNumber(text);
}
