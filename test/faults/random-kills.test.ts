import { Database } from "../../lib/platform/local/database";
import { deploy, Shop, shop, undisturbed } from "./shop";
import { differences, randomNumbers } from "./sweep";

/*
 * A large deploy is killed at random instants, again and again, until it gets through: the platform and the writes that it
 * accepted are as after one that nothing disturbs. The full run has 200 functions; the short one is for every day.
 */
const kills = Number(process.env["FAULTS_KILLS"] ?? "3");
const seed = Number(process.env["FAULTS_SEED"] ?? "1");
const functions = Number(
  process.env["FAULTS_FUNCTIONS"] ?? (process.env["FAULTS_KILLS"] === undefined ? "20" : "200"),
);

/** Listeners take so many rules and namespaces so many functions, and some more. */
const perPart = 50;

const program = shop(`
const loadBalancer = scf.LoadBalancer.fromAttributes({ loadBalancerId: "lb-12345678", region: "ap-guangzhou" });
let http, namespace;
for (let number = 0; number < ${functions}; number++) {
  if (number % ${perPart} === 0) {
    const port = 80 + number / ${perPart};
    http = new scf.LoadBalancerListener(stack, "http-" + port, { loadBalancer, protocol: "HTTP", port });
    namespace = new scf.Namespace(stack, "part-" + port);
  }
  const declared = new scf.Function(stack, "fn-" + number, {
    runtime, handler, namespace, code: code("answer " + number + (second ? " again" : "")),
  });
  const live = declared.addAlias("live", { version: declared.currentVersion });
  live.addTrigger("nightly", nightly);
  http.addRule("rule-" + number, { domain: "www.example.com", path: "/" + number, targets: [live] });
}
`);

describe(`a deploy of ${functions} functions that is killed at random, seed ${seed}`, () => {
  afterEach(() => Shop.stopAll());

  test.each(["first", "second"])(
    "ends as an undisturbed one, with as many writes: %s deploy",
    async (state) => {
      const random = randomNumbers(seed + state.length);
      const base = await Shop.make(program, { delayMs: 1 });
      if (state === "second") {
        expect(await base.deploy()).toMatchObject({ exitCode: 0 });
        await base.synth("second");
      }
      const run = await undisturbed(base);
      const writes = run.expected.writes.length;
      const disturbed = await base.copy();
      await disturbed.start();
      const history: string[] = [];
      for (let kill = 0; kill < kills; kill++) {
        // Every run dies after another few of the writes that are left, wherever it stands then.
        const left = writes - disturbed.project.acceptedWrites(run.since).length;
        const after = Math.max(1, Math.floor((random() * 2 * left) / (kills - kill + 1)));
        const killed = await killAfter(disturbed, after, random() * 8);
        history.push(`${after} writes: ${killed ? "killed" : "got through"}`);
        if (!killed) break;
      }
      const last = await disturbed.deploy();
      const told = last.exitCode === 0 ? "" : (last.stdout + last.stderr).split("\n").slice(-15).join("\n");
      expect({ history, told, differences: differences(run.expected, disturbed.outcome(run.since)) }).toEqual(
        {
          history,
          told: "",
          differences: [],
        },
      );
      const since = disturbed.project.lastCall();
      expect(await disturbed.deploy()).toMatchObject({ exitCode: 0 });
      expect(disturbed.project.acceptedWrites(since)).toEqual([]);
      await disturbed.remove();
      await run.after.remove();
      await base.remove();
    },
    1_800_000,
  );
});

/** Starts a deploy and kills it a moment after the platform has accepted so many of its writes. Whether it was still running. */
async function killAfter(disturbed: Shop, writes: number, moment: number): Promise<boolean> {
  const database = new Database(disturbed.project.database);
  const accepted = (): number =>
    database.get<{ count: number }>("SELECT count(*) AS count FROM calls WHERE write AND accepted")?.count ??
    0;
  try {
    const before = accepted();
    const child = await disturbed.begin(deploy);
    const end = new Promise<NodeJS.Signals | null>((resolve) =>
      child.once("close", (_, signal) => resolve(signal)),
    );
    child.stdout?.resume();
    child.stderr?.resume();
    while (child.exitCode === null && accepted() - before < writes) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await new Promise((resolve) => setTimeout(resolve, moment));
    child.kill("SIGKILL");
    return (await end) === "SIGKILL";
  } finally {
    database.close();
  }
}
