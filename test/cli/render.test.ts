import type { Change, Difference, PropertyChange } from "../../lib/reconciler/difference";
import type { Value } from "../../lib/model/value";
import { EVENTS_FORMAT, EVENTS_VERSION, type RunEvent, type RunSummary } from "../../lib/reconciler/events";
import { differenceJson, renderDifference } from "../../lib/cli/render/difference";
import type { Drift, DriftedProperty } from "../../lib/reconciler/drift";
import { renderDrift } from "../../lib/cli/render/drift";
import { ProgressBoard } from "../../lib/cli/render/progress-board";
import { Style } from "../../lib/cli/render/style";
import { renderOutputs, renderSummary } from "../../lib/cli/render/summary";
import { count, duration } from "../../lib/cli/render/text";
import { renderValue } from "../../lib/cli/render/value";
import { expectGolden } from "./golden";

const plain = new Style(false);
const hash = "22a2de83c5ab22cb9770b444c66534e725c536b0efb1837526786762d9a8f272";

function property(name: string, parts: Partial<PropertyChange>): PropertyChange {
  return {
    name,
    before: undefined,
    after: undefined,
    reason: "config",
    effect: "update",
    sensitive: false,
    ...parts,
  };
}

function change(parts: Partial<Change>): Change {
  return {
    address: "shop/orders",
    kind: "scf_function",
    title: "function",
    identity: "default/orders",
    operation: "create",
    properties: [],
    after: [],
    ...parts,
  };
}

const difference: Difference = {
  stack: "shop",
  lineage: "l",
  serial: 3,
  sequence: 20,
  planHash: "p",
  salt: "s",
  inputs: [],
  retained: [],
  notes: [],
  adopted: [],
  destroy: false,
  unchanged: 12,
  warnings: ["shop/stock carries the mark of another stack: somebody else may be managing it too."],
  outputs: [
    { name: "url", before: undefined, after: "http://www.example.com", sensitive: false },
    { name: "version", before: "3", after: undefined, sensitive: false },
    { name: "key", before: { $fingerprint: "a" }, after: { $fingerprint: "b" }, sensitive: true },
    { name: "old", before: "gone", after: undefined, sensitive: false },
  ],
  changes: [
    change({
      properties: [
        property("code", { after: { asset: hash } }),
        property("environment", { after: { KEY: { $fingerprint: "a" } }, sensitive: true }),
        property("layers", { reason: "unknown" }),
        property("memory", { after: 256 }),
        property("tags", { after: { team: "shop", "cost-center": "12" } }),
      ],
    }),
    change({
      address: "shop/catalogue",
      identity: "default/catalogue",
      operation: "update",
      properties: [
        property("memory", { before: 256, after: 512 }),
        property("timeout", { before: 3, after: 10, live: 900 }),
        property("description", { before: "Catalogue", after: "Catalogue", live: "", reason: "drift" }),
        property("tags", { before: { a: "1", b: "2" }, after: { a: "1", b: "3", c: "4" } }),
        property("environment", { sensitive: true, reason: "secret", before: { $fingerprint: "a" } }),
      ],
    }),
    change({
      address: "shop/catalogue/CurrentVersion",
      kind: "scf_version",
      title: "version",
      identity: "default/catalogue",
      operation: "publish",
      properties: [property("content", { before: hash, after: hash.replace(/^2/, "3"), effect: "replace" })],
    }),
    change({
      address: "shop/catalogue/live",
      kind: "scf_alias",
      title: "alias",
      identity: "default/catalogue:live",
      operation: "update",
      tentative: true,
      after: ["shop/catalogue"],
      properties: [property("version", { before: "3", reason: "unknown" })],
    }),
    change({
      address: "shop/http",
      kind: "clb_listener",
      title: "listener",
      identity: "lb-1:80",
      operation: "replace",
      properties: [
        property("port", { before: 80, after: 8080, effect: "replace" }),
        property("name", { before: "http", after: "shop-http" }),
      ],
    }),
    change({
      address: "shop/nightly",
      title: "timer trigger",
      operation: "create",
      cause: "deleted outside of this program",
    }),
    change({ address: "shop/a", identity: "default/a", operation: "delete" }),
    change({ address: "shop/b", identity: "default/b", operation: "delete" }),
  ],
};

test("a difference", () => {
  expectGolden("difference", `${renderDifference(difference, plain, ["url", "version", "key"])}\n`);
});

test("a difference in colour says the same", () => {
  const colored = renderDifference(difference, new Style(true), ["url", "version", "key"]);
  expectGolden("difference-color", `${colored}\n`);
  // eslint-disable-next-line no-control-regex -- the colours themselves
  expect(colored.replace(/\u001B\[\d+m/g, "")).toBe(
    renderDifference(difference, plain, ["url", "version", "key"]),
  );
});

describe("a changed value with parts", () => {
  const shown = (parts: Partial<PropertyChange>): string[] => {
    const changes = [change({ operation: "update", properties: [property("list", parts)] })];
    const text = renderDifference({ ...difference, changes, outputs: [], warnings: [] }, plain);
    return text.split("\n").flatMap((line) => (line.startsWith("        ") ? [line.trim()] : []));
  };
  const [a, b, c] = ["a", "b", "c"].map((name) => ({ name, port: 80 }));
  const [one, other, third] = [a as Value, b as Value, c as Value];

  test("is shown where it has changed", () => {
    const statement = (address: string): Value => [
      { effect: "allow", action: ["scf:*"], condition: { ip_equal: { "qcs:ip": address } } },
      { effect: "deny", action: ["cam:*"] },
    ];
    expect(shown({ before: statement("10.0.0.0/8"), after: statement("10.0.0.0/16") })).toEqual([
      'list[0].condition.ip_equal.qcs:ip: "10.0.0.0/8" → "10.0.0.0/16"',
    ]);
    expect(shown({ before: { actions: [one, other] }, after: { actions: [one, { name: "b" }] } })).toEqual([
      "list.actions[1].port: 80 → (not set)",
    ]);
  });

  test("names items that were added or taken away", () => {
    expect(shown({ before: [other], after: [one, other, third] })).toEqual([
      'list[0]: (not set) → { name: "a", port: 80 }',
      'list[2]: (not set) → { name: "c", port: 80 }',
    ]);
    expect(shown({ before: [one, other], after: [other] })).toEqual([
      'list[0]: { name: "a", port: 80 } → (not set)',
    ]);
  });

  test("is shown whole where it is not clear which item became which", () => {
    for (const [before, after] of [
      [
        [one, other],
        [other, one],
      ],
      [[one, other], [third]],
      [[one], []],
      [
        ["a", "b"],
        ["a", "c"],
      ],
    ] as const) {
      expect(shown({ before, after })).toEqual([`list: ${renderValue(before)} → ${renderValue(after)}`]);
    }
  });

  test("is shown where it was changed elsewhere, with what is recorded of that part", () => {
    const changed = [one, { name: "b", port: 81 }];
    const recorded = [one, other];
    expect(shown({ before: recorded, live: changed, after: recorded, reason: "drift" })).toEqual([
      "list[1].port: 81 → 80  changed elsewhere, recorded 80",
    ]);
    expect(shown({ before: [third], live: changed, after: recorded, reason: "drift" })).toEqual([
      `list: ${renderValue(changed)} → ${renderValue(recorded)}  changed elsewhere, recorded ${renderValue([third])}`,
    ]);
  });

  test("is nobody else's doing where an interrupted run has left it", () => {
    const properties = [property("memory", { before: 128, live: 256, after: 512, reason: "drift" })];
    const left = change({ operation: "update", cause: "left unfinished by an interrupted run", properties });
    const text = renderDifference({ ...difference, changes: [left] }, plain);
    expect(text).toContain("\n        memory: 256 → 512  not finished, recorded 128\n");
  });

  test("never shows a fingerprint", () => {
    const secret = (hash: string): Value => [{ key: { $fingerprint: hash } }];
    expect(shown({ before: secret("1"), after: secret("2") })).toEqual([
      "list[0].key: (sensitive) → (sensitive)",
    ]);
    expect(shown({ before: secret("1"), after: secret("2"), sensitive: true })).toEqual([
      "list: (sensitive)",
    ]);
  });
});

test("nothing to do", () => {
  const empty = { ...difference, changes: [], outputs: [], warnings: [] };
  expect(renderDifference(empty, plain)).toBe("shop: nothing to do, 12 resources as declared.");
  expect(renderDifference({ ...empty, destroy: true, unchanged: 0 }, plain)).toBe(
    "shop: nothing is deployed, nothing to do.",
  );
});

test("what is left on the platform is listed, and counted", () => {
  const retained = [
    { address: "shop/history", kind: "scf_namespace", title: "namespace", identity: "history" },
  ];
  const only = {
    ...difference,
    changes: [],
    outputs: [],
    warnings: [],
    unchanged: 0,
    destroy: true,
    retained,
  };
  expect(renderDifference(only, plain)).toBe(
    "  · retain   namespace history  shop/history\n" +
      "        retained: stays on the platform, no longer managed\n" +
      "\n" +
      "shop: 1 to retain.",
  );
});

test("what a difference is limited to is said before the count", () => {
  const targets = { addresses: ["shop/a", "shop/b", "shop/c"], resources: 4, of: 9 };
  const limited = { ...difference, changes: [], outputs: [], warnings: [], unchanged: 4, targets };
  expect(renderDifference(limited, plain)).toBe(
    "  Only shop/a, shop/b and shop/c, and what they depend on: 4 of 9 resources.\n" +
      "  Everything else was not compared, and stays as it is.\n" +
      "\n" +
      "shop: nothing to do, 4 resources as declared.",
  );
});

describe("drift", () => {
  const drifted = (property: Partial<DriftedProperty>): string => {
    const resource = {
      address: "shop/orders",
      kind: "scf_function",
      title: "function",
      identity: "default/orders",
      state: "changed" as const,
      attributes: {},
      properties: [{ name: "p", recorded: undefined, live: undefined, sensitive: false, ...property }],
    };
    const drift: Drift = {
      stack: "shop",
      lineage: "l",
      serial: 1,
      sequence: 2,
      unchanged: 2,
      warnings: [],
      resources: [resource],
    };
    return renderDrift(drift, plain);
  };

  test("shows three values, on one line where they fit", () => {
    expect(drifted({ name: "memory", recorded: 256, live: 128, wanted: 512 })).toBe(
      "  ~ changed  function default/orders  shop/orders\n" +
        "        memory: recorded 256, live 128, wanted 512\n" +
        "\n" +
        "shop: 1 changed; 2 resources as recorded.",
    );
    const [a, b, c] = ["a", "b", "c"].map((letter) => letter.repeat(30));
    expect(
      drifted({ name: "description", recorded: a as Value, live: b as Value, wanted: c as Value }),
    ).toContain(
      "        description:\n" +
        `          recorded "${a}"\n` +
        `          live     "${b}"\n` +
        `          wanted   "${c}"\n`,
    );
  });

  test("goes down to the part that differs, and says what is wanted of that part", () => {
    const recorded = { team: "shop", owner: "us" };
    expect(
      drifted({ name: "tags", recorded, live: { ...recorded, owner: "them" }, wanted: { team: "web" } }),
    ).toContain('        tags.owner: recorded "us", live "them", wanted (not set)\n');
    const actions = [{ cron: "1" }, { cron: "2" }];
    const wanted = actions;
    expect(
      drifted({ name: "actions", recorded: actions, live: [{ cron: "1" }, { cron: "3" }], wanted }),
    ).toContain('        actions[1].cron: recorded "2", live "3", wanted "2"\n');
  });

  test("says nothing of what is wanted where that is not known", () => {
    expect(drifted({ recorded: 1, live: 2 })).toContain("        p: recorded 1, live 2\n");
    expect(drifted({ recorded: 1, live: undefined, wanted: null })).toContain(
      "        p: recorded 1, live (not set), wanted (not set)\n",
    );
  });

  test("never shows what is sensitive", () => {
    const secret = {
      recorded: { $fingerprint: "a" },
      live: { $fingerprint: "b" },
      wanted: { $fingerprint: "c" },
    };
    expect(drifted({ name: "key", ...secret, sensitive: true })).toContain(
      "        key: (sensitive), live is another value than recorded\n",
    );
    expect(drifted({ name: "key", ...secret })).toContain(
      "        key: recorded (sensitive), live (sensitive), wanted (sensitive)\n",
    );
  });
});

test("the difference for machines holds nothing that must not be shown", () => {
  const machines = differenceJson(difference);
  expect(JSON.stringify(machines)).not.toContain("fingerprint");
  expect(machines.changes[0]?.properties[1]).toMatchObject({ name: "environment", after: "(sensitive)" });
  expect(machines.changes[0]?.properties[3]).toMatchObject({ name: "memory", after: 256 });
  expect(machines.outputs[2]).toMatchObject({ name: "key", before: "(sensitive)", after: "(sensitive)" });
});

test("progress, as it is drawn and as it stays", () => {
  let now = 1_000_000;
  const board = new ProgressBoard(difference.changes, plain, () => now);
  const common = { stack: "shop", at: "2026-01-01T00:00:00.000Z" };
  const lines: string[] = [];
  const take = (...taken: RunEvent[]): void => taken.forEach((event) => lines.push(...board.take(event)));
  const frame = (): void => void lines.push("--- frame", board.frame(0), "---");
  take({
    type: "run-started",
    ...common,
    format: EVENTS_FORMAT,
    formatVersion: EVENTS_VERSION,
    operations: 8,
  });
  take(
    { type: "resumed", ...common, address: "shop/orders", detail: "found what the interrupted run had made" },
    {
      type: "operation-started",
      ...common,
      address: "shop/orders",
      operation: "create",
      kind: "scf_function",
    },
    {
      type: "operation-started",
      ...common,
      address: "shop/catalogue",
      operation: "update",
      kind: "scf_function",
    },
  );
  now += 2_400;
  take({
    type: "operation-waiting",
    ...common,
    address: "shop/orders",
    detail: "default/orders to become Active",
  });
  take({
    type: "operation-retried",
    ...common,
    address: "shop/catalogue",
    detail: "UpdateFunctionConfiguration: RequestLimitExceeded",
  });
  expect(board.runningCount).toBe(2);
  frame();
  now += 70_000;
  take({
    type: "operation-finished",
    ...common,
    address: "shop/orders",
    operation: "create",
    milliseconds: 72_400,
  });
  frame();
  take({
    type: "operation-failed",
    ...common,
    address: "shop/catalogue",
    operation: "update",
    code: "LimitExceeded.Memory",
    message: "The account has no memory left",
    fix: "Ask the platform for a higher quota.",
  });
  take({
    type: "operation-blocked",
    ...common,
    address: "shop/catalogue/live",
    operation: "update",
    by: "shop/catalogue",
  });
  take({ type: "warning", ...common, message: "The run was stopped." });
  frame();
  expectGolden("progress", `${lines.join("\n")}\n`);
});

test("an operation whose key is not known yet goes by its address", () => {
  const binding = change({
    address: "shop/alb/http/backends",
    title: "back-end binding",
    identity: "… of …",
  });
  const board = new ProgressBoard([binding], plain, () => 0);
  const started = {
    stack: "shop",
    at: "2026-01-01T00:00:00.000Z",
    address: binding.address,
    operation: "create",
    kind: binding.kind,
  } as const;
  expect(board.beginning({ type: "operation-started", ...started })).toContain(
    "back-end binding shop/alb/http/backends",
  );
});

test("more operations than lines are counted", () => {
  const board = new ProgressBoard([], plain, () => 0);
  const common = { stack: "shop", at: "2026-01-01T00:00:00.000Z" };
  board.take({
    type: "run-started",
    ...common,
    format: EVENTS_FORMAT,
    formatVersion: EVENTS_VERSION,
    operations: 20,
  });
  for (let index = 0; index < 20; index++) {
    board.take({
      type: "operation-started",
      ...common,
      address: `shop/f${index}`,
      operation: "create",
      kind: "scf_function",
    });
  }
  const lines = board.frame(0).split("\n");
  expect(lines).toHaveLength(14);
  expect(lines.slice(-2)).toEqual(["  and 8 more", "0 of 20 operations, 20 running, 0 s"]);
});

test("a summary says what was done, how long it took and what it cost", () => {
  const summary: RunSummary = {
    succeeded: 5,
    failed: 1,
    blocked: 2,
    retained: ["shop/uploads"],
    byOperation: { create: 3, update: 1, publish: 1 },
    calls: { read: 14, write: 1, refused: 3, retried: 2, waits: 1, waitedMilliseconds: 1_200 },
    milliseconds: 4_210,
    outputs: {},
  };
  expect(renderSummary("shop", summary, plain)).toBe(
    "shop: 3 created, 1 published, 1 updated, 1 retained, 1 failed, 2 not done " +
      "(4.2 s, 1 write call, 14 read calls, 3 refused, 2 made again, waited 1.2 s for the platform)",
  );
});

test("outputs", () => {
  expect(
    renderOutputs(
      "shop",
      {
        url: { value: "http://x", sensitive: false },
        key: { value: { $fingerprint: "a" }, sensitive: true },
      },
      plain,
    ),
  ).toBe('Outputs of shop:\n  key = (sensitive)\n  url = "http://x"');
});

test.each([
  ["text", '"text"'],
  ["line\nbreak", '"line\\nbreak"'],
  [true, "true"],
  [0, "0"],
  [null, "(not set)"],
  [undefined, "(not set)"],
  [{}, "{}"],
  [[], "[]"],
  [{ a: [1, "2"] }, '{ a: [1, "2"] }'],
  [hash, "22a2de83c5ab…"],
  ["x".repeat(200), `"${"x".repeat(120)}…" (200 characters)`],
  [{ $ref: { address: "shop/deps", attribute: "version" } }, "(version of shop/deps)"],
  [{ $secret: { environment: "KEY" } }, "(sensitive)"],
  [{ $fingerprint: "a" }, "(sensitive)"],
  [{ $token: "${var.x}" }, "(known after apply)"],
])("the value %j reads %s", (value, text) => {
  expect(renderValue(value)).toBe(text);
});

test("numbers and durations", () => {
  expect([count(1, "call"), count(2, "call"), count(0, "entry", "entries")]).toEqual([
    "1 call",
    "2 calls",
    "0 entries",
  ]);
  expect([0, 999.4, 1000, 59_900, 61_000, 3_600_000].map(duration)).toEqual([
    "0 ms",
    "999 ms",
    "1.0 s",
    "59.9 s",
    "1 min 1 s",
    "60 min 0 s",
  ]);
});
