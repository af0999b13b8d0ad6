// Deploys the flash-sale shop to a local platform in a fresh folder, releases a second version, changes one thing, and
// shows what each of that did. Everything it runs is the command line that users have.
import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const folder = path.join(root, ".quickstart");
const commandLine = path.join(root, "dist", "cli", "bin.js");
const bold = (text) => (process.stdout.isTTY && !process.env.NO_COLOR ? `\u001b[1m${text}\u001b[22m` : text);

function step(title, ...lines) {
  console.log(`\n${bold(`▌ ${title}`)}`);
  for (const line of lines) console.log(`  ${line}`);
  console.log("");
}

function cdktfScf(...words) {
  console.log(`$ npx cdktf-scf ${words.join(" ")}`);
  const { status } = spawnSync(process.execPath, [commandLine, ...words], { cwd: folder, stdio: "inherit" });
  if (status !== 0) {
    console.error(`\nThe quickstart stops here: the command above ended with exit code ${status}.`);
    process.exit(1);
  }
}

/** Asks the local platform itself, by hand, what the reconciler has made of it. */
function ask(service, action, request) {
  const words = ["local", "call", service, action, JSON.stringify(request), "--region", "ap-guangzhou"];
  return JSON.parse(
    execFileSync(process.execPath, [commandLine, ...words], { cwd: folder, encoding: "utf8" }),
  );
}

function showLive(loadBalancer) {
  console.log("What is live, as the platform tells it:");
  const { Listeners } = ask("clb", "DescribeTargets", { LoadBalancerId: loadBalancer });
  for (const { Domain, Url, FunctionTargets } of Listeners.flatMap((listener) => listener.Rules)) {
    for (const { Function: bound, Weight } of FunctionTargets) {
      const FunctionName = bound.FunctionName;
      const alias = ask("scf", "GetAlias", { FunctionName, Name: bound.FunctionQualifier });
      const second = alias.RoutingConfig?.AdditionalVersionWeights?.[0];
      const share = second ? Math.round(second.Weight * 100) : 0;
      const versions = [`version ${alias.FunctionVersion} ${100 - share} %`];
      if (second) versions.push(`version ${second.Version} ${share} %`);
      const { MemorySize } = ask("scf", "GetFunction", {
        FunctionName,
        Qualifier: second?.Version ?? alias.FunctionVersion,
      });
      console.log(
        `  ${`${Domain}${Url}`.padEnd(28)} → ${`${FunctionName}:${bound.FunctionQualifier}`.padEnd(20)} weight ${String(Weight).padEnd(3)} ${versions.join(", ")} (${MemorySize} MB)`,
      );
    }
  }
}

function edit(file, from, to) {
  const absolute = path.join(folder, file);
  const text = fs.readFileSync(absolute, "utf8");
  const line = text.split("\n").findIndex((candidate) => candidate.includes(from)) + 1;
  if (line === 0) throw new Error(`${file} has no ${from}`);
  fs.writeFileSync(absolute, text.replace(from, to));
  console.log(`  ${file}:${line}   - ${from.trim()}`);
  console.log(`  ${file}:${line}   + ${to.trim()}\n`);
}

function writeProject(context) {
  const project = { language: "typescript", app: "npx ts-node --transpile-only main.ts", context };
  fs.writeFileSync(path.join(folder, "cdktf.json"), `${JSON.stringify(project, undefined, 2)}\n`);
}

/** For `npx tsc --noEmit` and editors: node16 is how the package in the folder above is found by its name. */
const typeCheck = {
  compilerOptions: { module: "node16", target: "ES2022", strict: true, skipLibCheck: true, noEmit: true },
  include: ["*.ts"],
};

const began = Date.now();
fs.rmSync(folder, { recursive: true, force: true });
fs.cpSync(path.join(root, "examples", "flash-sale"), folder, { recursive: true });
writeProject({});
fs.writeFileSync(path.join(folder, "tsconfig.json"), `${JSON.stringify(typeCheck, undefined, 2)}\n`);

step(
  "A platform of your own",
  "The local platform is one file in the project. Your operations team has made a load balancer on it.",
);
const [loadBalancer] = ask("clb", "CreateLoadBalancer", {
  LoadBalancerType: "OPEN",
  LoadBalancerName: "shop",
}).LoadBalancerIds;
console.log(`  load balancer ${loadBalancer}`);
writeProject({ loadBalancerId: loadBalancer });

step(
  "The first release",
  "shop.ts declares two functions that share a layer, aliases for callers, a nightly timer, a listener with two paths,",
  "and a policy for the operators.",
);
cdktfScf("deploy", "--auto-approve");
showLive(loadBalancer);

step(
  "The second release",
  "New code for the orders. Version 1 has proved itself, so the new version gets 10 % of them.",
);
edit("functions/orders/index.js", "const LIMIT_PER_ORDER = 2;", "const LIMIT_PER_ORDER = 3;");
writeProject({ loadBalancerId: loadBalancer, provenVersion: "1" });
cdktfScf("deploy", "--auto-approve");
showLive(loadBalancer);

step(
  "One thing changes",
  "More memory for the orders: that is an update, a new version, and the alias that moves to it.",
);
edit("shop.ts", "memory: 256,", "memory: 512,");
cdktfScf("deploy", "--auto-approve");
showLive(loadBalancer);

step("Nothing changes", "A deploy of what is deployed already makes no write call.");
cdktfScf("deploy", "--auto-approve");

step(
  `Done in ${Math.round((Date.now() - began) / 1000)} s`,
  `The shop is in ${path.relative(process.cwd(), folder) || folder}. Go there, change shop.ts, and try \`npx cdktf-scf diff\`,`,
  "`npx cdktf-scf state list` or `npx cdktf-scf destroy`.",
);
