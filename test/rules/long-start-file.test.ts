import { stepsIn } from "../steps";
import { readShellScript } from "../../lib/rules/shell";

test.each(["$(", '"', "'", "A=$A$A\n", "<<EOF\n", "${A", "`", "(\n", "\\\n", "node \n", "bash -c '", "a=b "])(
  "a start file of twice as many %j takes twice the work to read",
  (piece) => {
    const steps = (pieces: number): number =>
      stepsIn("lib/rules/shell.ts", () => readShellScript(`#!/bin/bash\n${piece.repeat(pieces)}`));
    const [few, many] = [steps(5_000), steps(10_000)];
    expect(few).toBeGreaterThan(0);
    expect(many).toBeLessThan(2.1 * few);
  },
);
