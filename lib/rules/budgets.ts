import { UNKNOWN, type AppModel, type ModelResource } from "./app-model";
import type { BudgetLimits, PlacedBudget } from "./budget";
import { startingAliases } from "./concurrency-use";
import { amountsOf, versionMemory, type Provisioned, type Starting } from "./provisioning";
import type { Report, Rule } from "./rule";
import { count, grouped } from "./text";

/** What of one resource counts against a budget: UNKNOWN while another provider gives it. */
interface Share {
  readonly resource: ModelResource;
  readonly amount: number | typeof UNKNOWN;
}

interface Limit {
  readonly name: keyof BudgetLimits;
  readonly shares: (app: AppModel) => readonly Share[];
  /** `21 functions`, `2,688 MB of memory`. */
  readonly text: (amount: number) => string;
}

const megabytes =
  (what: string) =>
  (amount: number): string =>
    `${grouped(amount)} MB of ${what}`;

const limits: readonly Limit[] = [
  {
    name: "functions",
    shares: (app) => app.ofKind("scf_function").map((resource) => ({ resource, amount: 1 })),
    text: (amount) => count(amount, "function"),
  },
  {
    name: "memoryMb",
    shares: (app) =>
      app.ofKind("scf_function").map((resource) => ({ resource, amount: numberIn(resource.get("memory")) })),
    text: megabytes("memory"),
  },
  {
    name: "reservedConcurrencyMb",
    shares: (app) =>
      app
        .ofKind("scf_reserved_concurrency")
        .map((resource) => ({ resource, amount: numberIn(resource.get("reservedMb")) })),
    text: megabytes("reserved concurrency"),
  },
  {
    name: "provisionedConcurrencyMb",
    shares: (app) =>
      startingIn(app).map((resource) => {
        const memory = versionMemory(resource);
        const { most } = amountsOf(resource);
        const given = resource.is("scf_alias")
          ? resource.raw("provisioned")
          : (resource as Provisioned).raw("provisioning");
        const isOpen = memory === UNKNOWN || app.hasForeignToken(given);
        return { resource, amount: isOpen ? UNKNOWN : (memory ?? 0) * (most ?? 0) };
      }),
    text: megabytes("provisioned concurrency"),
  },
];

/** Settings of versions, and releases with instances. */
function startingIn(app: AppModel): readonly Starting[] {
  return [...app.ofKind("scf_provisioned_concurrency"), ...startingAliases(app.ofKind("scf_alias"))];
}

/** What is no number is told of by the rules for the property itself. */
function numberIn(value: unknown): number | typeof UNKNOWN {
  if (value === UNKNOWN) return UNKNOWN;
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}

export const budgetRules: readonly Rule[] = [
  {
    id: "BUDGET",
    severity: "error",
    statement: "what a team declares stays within the budget that its organization has set",
    source: { document: "cdktf-scf", section: "Budget.of" },
    fix: "use less of it, or have the budget raised where it is set",
    check(app, report) {
      for (const budget of app.budgets) for (const limit of limits) compare(app, budget, limit, report);
    },
  },
];

function compare(app: AppModel, budget: PlacedBudget, limit: Limit, report: Report): void {
  const allowed = budget.limits[limit.name];
  if (allowed === undefined) return;
  const shares = limit.shares(app).filter(({ resource }) => budget.covers(resource.address));
  const known = shares.flatMap(({ resource, amount }) => (amount === UNKNOWN ? [] : [{ resource, amount }]));
  const sum = known.reduce((total, { amount }) => total + amount, 0);
  if (sum > allowed) {
    report({
      message: `team ${budget.team} declares ${limit.text(sum)}, and its budget has ${limit.text(allowed)}`,
      places: [...known.sort((left, right) => right.amount - left.amount).map(placeOf(limit)), setAt(budget)],
    });
    return;
  }
  for (const { resource, amount } of shares) {
    if (amount !== UNKNOWN) continue;
    report({
      severity: "unchecked",
      synthesisOnly: true,
      message: `what it takes of the budget of team ${budget.team} (${limit.name}) is not known yet`,
      places: [{ address: resource.address }],
      fix: "keep room for it: budgets are checked at synthesis only",
    });
  }
}

function placeOf({ name }: Limit): (share: { resource: ModelResource; amount: number }) => {
  address: string;
  note?: string;
} {
  return ({ resource, amount }) => ({
    address: resource.address,
    ...(name === "functions" ? {} : { note: `${grouped(amount)} MB` }),
  });
}

function setAt({ address, locate }: PlacedBudget) {
  const location = locate();
  return {
    address: address === "" ? "the app" : address,
    note: "the budget",
    ...(location ? { location } : {}),
  };
}
