import type { ChildProcess } from "node:child_process";
import * as fs from "node:fs";
import { ended } from "../../cli/project";
import { aFunction } from "./examples";
import { TerraformWorld, type Resources } from "./terraform-world";
import { withTerraformAtLength } from "../with-terraform";

jest.setTimeout(240_000);

const functions: Resources = Object.fromEntries(
  Array.from({ length: 6 }, (_, index) => [
    `scf_function.f${index}`,
    { ...aFunction, function_name: `f${index}` },
  ]),
);
const resources: Resources = {
  ...functions,
  "scf_version.f0": { ...numbered("f0"), content: "a".repeat(64) },
  "scf_alias.f0": { ...numbered("f0"), name: "live", version: "${scf_version.f0.version}" },
  "scf_layer.deps": { layer_name: "deps", compatible_runtimes: ["Nodejs16.13"], code: aFunction["code"] },
};

function numbered(name: string) {
  return { namespace: "default", function_name: `\${scf_function.${name}.function_name}` };
}

function newWorld(delayMs: number): TerraformWorld {
  const world = new TerraformWorld({}, undefined, delayMs);
  world.write(resources);
  world.init();
  return world;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Waits until the platform has carried out so many writes, or Terraform has ended. */
async function writesOf(world: TerraformWorld, child: ChildProcess, count: number): Promise<void> {
  while (world.writes().length < count && child.exitCode === null) await pause(10);
}

/** Processes whose parent is this one: Terraform's plugins. */
function childrenOf(parent: number): number[] {
  return fs
    .readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return fs.readFileSync(`/proc/${name}/stat`, "utf8").split(") ")[1]?.split(" ")[1] === String(parent);
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** Everything is there once, and nothing was made twice. */
function expectAllOnce(world: TerraformWorld): void {
  expect(world.isSettled()).toBe(true);
  expect(world.addresses().sort()).toEqual(Object.keys(resources).sort());
  const creates = world
    .writes()
    .filter((call) => /^(Create|Publish)/.test(call))
    .sort();
  expect(creates).toEqual([...new Set(creates)]);
  expect(creates).toHaveLength(Object.keys(resources).length);
}

const apply = ["apply", "-auto-approve"];

withTerraformAtLength("an apply that is cut off", () => {
  test("by an interrupt ends what runs and records it, and the next one does the rest", async () => {
    const world = newWorld(300);
    const child = world.start(apply);
    const end = ended(child);
    await writesOf(world, child, 2);
    child.kill("SIGINT");
    const { exitCode, output } = await end;
    expect([exitCode, output]).toEqual([1, expect.stringMatching(/interrupt|cancel/i)]);
    const made = world.writes().filter((call) => call.startsWith("CreateFunction")).length;
    expect(made).toBeGreaterThan(0);
    world.apply();
    expectAllOnce(world);
  });

  test.each([1, 2, 4, 7])(
    "by a provider that is killed after %i writes: the next one takes over what is there",
    async (count) => {
      const world = newWorld(300);
      const child = world.start([...apply, "-parallelism=2"]);
      const end = ended(child);
      await writesOf(world, child, count);
      for (const plugin of childrenOf(child.pid ?? 0)) process.kill(plugin, "SIGKILL");
      await end;
      world.apply();
      expectAllOnce(world);
    },
  );

  test.each([1, 3, 6])(
    "by a Terraform that is killed after %i writes: the next one takes over what is there",
    async (count) => {
      const world = newWorld(300);
      const child = world.start([...apply, "-parallelism=2"]);
      const end = ended(child);
      await writesOf(world, child, count);
      child.kill("SIGKILL");
      await end;
      const lock = `${world.folder}/.terraform.tfstate.lock.info`;
      fs.rmSync(lock, { force: true });
      world.apply();
      expectAllOnce(world);
    },
  );

  test.each(["CreateFunction", "PublishVersion", "CreateAlias", "PublishLayerVersion"])(
    "by a lost answer to %s goes on by itself",
    (action) => {
      const world = newWorld(0);
      world.platform.addFault({ do: "drop-answer", match: { action } });
      world.apply();
      expectAllOnce(world);
    },
  );

  test("by a refusal records what was made, and the next one makes the rest", () => {
    const world = newWorld(0);
    world.platform.addFault({
      do: "fail",
      code: "InvalidParameterValue",
      match: { action: "CreateFunction", resource: '"f3"' },
    });
    const { status, output } = world.run(apply);
    expect([status, output]).toEqual([1, expect.stringContaining("InvalidParameterValue")]);
    world.apply();
    expectAllOnce(world);
  });

  test("a function that failed in the background is made again", () => {
    const world = newWorld(0);
    world.platform.addFault({
      do: "fail-later",
      match: { service: "scf", action: "CreateFunction", resource: '"f3"' },
    });
    const { status } = world.run(apply);
    world.apply();
    expect(world.isSettled()).toBe(true);
    expect([0, 1]).toContain(status);
  });
});
