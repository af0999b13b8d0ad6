import crypto from "node:crypto";
import * as scf from "cdktf-scf";
import { LocalPlatform, Plan, simulate } from "cdktf-scf/testing";
import { fc } from "../../fast-check";
import { Draws } from "../../../lib/testing/simulate/draws";
import { newApp, node, TestStack } from "../../constructs/app";

type RoutingTo = (version: scf.IVersion) => scf.Routing;

const header = fc.constantFrom("User", "Group");
const number = fc.integer({ min: -20, max: 20 });
const value = fc.oneof(number.map(String), fc.constantFrom("Bob", "bob", " Bob", "007", "+7", "1.5", "-0"));

const routing: fc.Arbitrary<RoutingTo> = fc.oneof(
  fc
    .oneof(
      fc.constantFrom(0, 100),
      fc.integer({ min: 0, max: 1000 }).map((tenths) => tenths / 10),
    )
    .map(
      (percent): RoutingTo =>
        (version) =>
          scf.Routing.weighted(version, scf.Weight.percent(percent)),
    ),
  fc.tuple(header, value).map(([name, text]): RoutingTo => {
    return (version) => scf.Routing.exact(version, { header: name, value: text });
  }),
  fc.tuple(header, number, number, fc.boolean()).map(([name, one, other, inclusive]): RoutingTo => {
    const [from, to] = [Math.min(one, other), Math.max(one, other) + 1];
    return (version) => scf.Routing.range(version, { header: name, from, to, inclusive });
  }),
);

const alias = fc.record({
  routingTo: routing,
  isLatestMain: fc.boolean(),
  requests: fc.array(fc.record({ headers: fc.dictionary(header, value), seed: fc.nat() }), {
    minLength: 4,
    maxLength: 8,
  }),
});
type RoutedAlias = typeof alias extends fc.Arbitrary<infer T> ? T : never;

/** Two versions, of which each alias has either as its main one. */
function shop(aliases: readonly RoutedAlias[]): TestStack {
  const stack = new TestStack(newApp(), "shop");
  const orders = new scf.Function(stack, "orders", { ...node, name: "orders" });
  const { currentVersion: published, latest } = orders;
  for (const [index, { routingTo, isLatestMain }] of aliases.entries()) {
    orders.addAlias(
      `live${index}`,
      isLatestMain
        ? { version: latest, routing: routingTo(published) }
        : { version: published, routing: routingTo(latest) },
    );
  }
  return stack;
}

afterEach(() => jest.restoreAllMocks());

test("a simulated request gets the version that the platform chooses, by the same chance", async () => {
  const platform = LocalPlatform.inMemory();
  let draw = 0;
  const chance = jest.spyOn(crypto, "randomInt").mockImplementation(() => draw);
  await fc.assert(
    fc.asyncProperty(fc.array(alias, { minLength: 5, maxLength: 15 }), async (aliases) => {
      const stack = shop(aliases);
      const plan = Plan.fromStack(stack);
      await platform.deploy(stack);
      for (const [index, { requests }] of aliases.entries()) {
        for (const { headers, seed } of requests) {
          draw = new Draws(seed, 0).next();
          const simulated = simulate.request(plan, `live${index}`, { headers, seed });
          const { version } = await platform.invoke("orders", { qualifier: `live${index}`, headers });
          expect(simulated.version).toBe(version === "1" ? "currentVersion of shop/orders" : version);
          expect(simulated.possible).toContain(simulated.version);
        }
      }
    }),
    { numRuns: 15 },
  );
  expect(chance).toHaveBeenCalled();
});
