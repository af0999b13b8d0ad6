import * as crypto from "node:crypto";
import * as fc from "fast-check";
import { DRAWS } from "../../../lib/model/routing";
import type { LocalPlatform } from "../../../lib/platform/local";
import { simulate } from "../../../lib/testing/simulate";
import { Draws } from "../../../lib/testing/simulate/draws";
import { cleanUp, createFunction, open } from "../../platform/support";
import { alias, orders, planOf } from "../plan";

/** What the simulation says of a plan is what the local platform does once it has it. */

afterEach(cleanUp);
afterEach(() => jest.restoreAllMocks());

const version = fc.constantFrom("1", "2", "3", "$LATEST");
const whole = fc.integer({ min: -20, max: 20 });
const routing = fc.oneof(
  fc.record({
    type: fc.constant("weighted" as const),
    percent: fc.oneof(fc.constantFrom(0, 100), fc.double({ min: 0, max: 100, noNaN: true })),
  }),
  fc.record({
    type: fc.constant("match" as const),
    key: fc.constantFrom("invoke.headers.User", "invoke.headers.hash"),
    method: fc.constant("exact"),
    expression: fc.constantFrom("Bob", "bob", "7", "-3", "07"),
  }),
  fc.tuple(whole, whole, fc.boolean(), fc.constantFrom(",", ", ")).map(([left, right, closed, comma]) => {
    const ends = `${Math.min(left, right)}${comma}${Math.max(left, right)}`;
    return {
      type: "match" as const,
      key: "invoke.headers.hash",
      method: "range",
      expression: closed ? `[${ends}]` : `(${ends})`,
    };
  }),
);
const headers = fc.record(
  {
    User: fc.constantFrom("Bob", "bob", "7"),
    hash: fc.oneof(
      whole,
      whole.map(String),
      fc.constantFrom("", "many", "1.5", "07", "-0", "99999999999999999999"),
    ),
  },
  { requiredKeys: [] },
);

async function platformWithVersions(): Promise<LocalPlatform> {
  const platform = open();
  await createFunction(platform);
  for (let number = 1; number <= 3; number++) {
    await platform.call("scf", "PublishVersion", { FunctionName: "orders" });
  }
  await platform.call("scf", "CreateAlias", { FunctionName: "orders", Name: "live", FunctionVersion: "1" });
  return platform;
}

test("the local platform and the simulation choose the same version", async () => {
  const platform = await platformWithVersions();
  const random = jest.spyOn(crypto, "randomInt");
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(version, { minLength: 2, maxLength: 2 }),
      routing,
      fc.array(fc.tuple(headers, fc.nat()), { minLength: 1, maxLength: 5 }),
      async ([main = "", second = ""], second_, requests) => {
        const planned = { ...second_, version: second };
        await platform.call("scf", "UpdateAlias", {
          FunctionName: "orders",
          Name: "live",
          FunctionVersion: main,
          RoutingConfig:
            planned.type === "weighted"
              ? {
                  AdditionalVersionWeights: [{ Version: second, Weight: planned.percent / 100 }],
                  AddtionVersionMatchs: [],
                }
              : {
                  AdditionalVersionWeights: [],
                  AddtionVersionMatchs: [
                    {
                      Version: second,
                      Key: planned.key,
                      Method: planned.method,
                      Expression: planned.expression,
                    },
                  ],
                },
        });
        const plan = planOf({ orders, "orders/live": alias({ version: main, routing: planned }) });
        for (const [sent, seed] of requests) {
          random.mockImplementation(((most: number) => {
            expect(most).toBe(DRAWS);
            return new Draws(seed, 0).next();
          }) as typeof crypto.randomInt);
          const { Result } = await platform.call("scf", "InvokeFunction", {
            FunctionName: "orders",
            Qualifier: "live",
            RoutingKey: JSON.stringify(sent),
          });
          const { version: ran } = JSON.parse(Result?.RetMsg ?? "{}") as { version: string };
          const answer = simulate.request(plan, "shop/orders/live", { headers: sent, seed });
          expect(answer.version).toBe(ran);
          expect(answer.possible).toContain(ran);
        }
      },
    ),
    { numRuns: 200 },
  );
});

test("a function that is stopped answers with the status that the simulation names", async () => {
  const platform = await platformWithVersions();
  await platform.call("scf", "PutReservedConcurrencyConfig", {
    FunctionName: "orders",
    ReservedConcurrencyMem: 0,
  });
  const { Result } = await platform.call("scf", "InvokeFunction", { FunctionName: "orders" });
  const plan = planOf({
    orders,
    stop: ["scf_reserved_concurrency", { namespace: "default", functionName: "orders", reservedMb: 0 }],
  });
  expect(simulate.request(plan, "orders").version).toBe(`none: ${Result?.InvokeResult} ${Result?.ErrMsg}`);
});
