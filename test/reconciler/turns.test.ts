import { fc } from "../fast-check";
import { Turns } from "../../lib/reconciler/turns";

test("those who share a key work one after the other, in the order in which they came; others do not wait", async () => {
  const keys = fc.uniqueArray(fc.constantFrom("a", "b", "c"), { maxLength: 3 });
  const jobs = fc.array(fc.record({ keys, steps: fc.integer({ min: 0, max: 4 }), fails: fc.boolean() }), {
    maxLength: 8,
  });
  await fc.assert(
    fc.asyncProperty(jobs, async (given) => {
      const turns = new Turns();
      const held = new Set<string>();
      const order: number[] = [];
      const outcomes = await Promise.allSettled(
        given.map(({ keys: needed, steps, fails }, index) =>
          turns.within(needed, async () => {
            for (const key of needed) {
              expect(held).not.toContain(key);
              held.add(key);
            }
            order.push(index);
            for (let step = 0; step < steps; step++) await Promise.resolve();
            for (const key of needed) held.delete(key);
            if (fails) throw new Error("failed");
          }),
        ),
      );
      expect(outcomes.map(({ status }) => status === "rejected")).toEqual(given.map(({ fails }) => fails));
      for (const key of ["a", "b", "c"]) {
        const sharing = order.filter((index) => given[index]?.keys.includes(key as "a"));
        expect(sharing).toEqual([...sharing].sort((left, right) => left - right));
      }
    }),
  );
});

test("who shares nothing begins at once", async () => {
  const turns = new Turns();
  let release: () => void = () => undefined;
  const first = turns.within(["a"], () => new Promise<void>((resolve) => (release = resolve)));
  await turns.within(["b"], () => Promise.resolve());
  release();
  await first;
});
