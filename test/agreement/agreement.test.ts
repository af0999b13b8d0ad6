import * as fc from "fast-check";
import { openLocalPlatform, type LocalPlatform } from "../../lib/platform/local";
import type { Finding } from "../../lib/rules/finding";
import { deploy, type Refusal } from "./deploy";
import { declare } from "./program";
import { recipes, type BalancerRecipe, type Recipe } from "./recipe";

/** How many programs are tried; the long run has its own command. */
const RUNS = Number(process.env["AGREEMENT_RUNS"] ?? 1500);

/** What only the program can see, or only warns on the platform: not found there. */
const onlyInPrograms = new Set<string>([]);

let platform: LocalPlatform;
beforeAll(() => {
  platform = openLocalPlatform({ path: ":memory:", region: "ap-guangzhou" });
});
afterAll(() => platform.close());

async function loadBalancer({ generation, network, addressType }: BalancerRecipe): Promise<string> {
  const versions = { ipv4: "IPV4", "ipv6-nat64": "IPV6", ipv6: "IPv6FullChain" } as const;
  const made = await platform.call("clb", "CreateLoadBalancer", {
    LoadBalancerType: "OPEN",
    Forward: generation === "classic" ? 0 : 1,
    VpcId: network === "basic" ? "" : "vpc-1",
    AddressIPVersion: versions[addressType],
  });
  return made.LoadBalancerIds?.[0] ?? "";
}

async function verdicts(recipe: Recipe): Promise<{ errors: Finding[]; refusal: Refusal | undefined }> {
  platform.reset();
  const { program, packages } = declare(recipe, await loadBalancer(recipe.balancer));
  const errors = program.evaluate().filter(({ severity }) => severity === "error");
  const refusal = await deploy(program.model().plans, platform, packages);
  return { errors, refusal };
}

test(
  `rules and local platform agree on ${RUNS.toLocaleString("en")} random programs`,
  async () => {
    await fc.assert(
      fc.asyncProperty(recipes, async (recipe) => {
        const { errors, refusal } = await verdicts(recipe);
        const counted = errors.filter(({ rule }) => !onlyInPrograms.has(rule));
        if (counted.length > 0 === (refusal !== undefined) || errors.length > counted.length) return;
        throw new Error(
          refusal === undefined
            ? `the platform takes what the rules refuse: ${counted.map(({ rule, message }) => `${rule} ${message}`).join("; ")}`
            : `the rules let through what the platform refuses: ${refusal.address} ${refusal.code} ${refusal.message}`,
        );
      }),
      {
        numRuns: RUNS,
        ...(process.env["AGREEMENT_SEED"] ? { seed: Number(process.env["AGREEMENT_SEED"]) } : {}),
      },
    );
  },
  30 * 60_000,
);
