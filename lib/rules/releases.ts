import { isSymbolic, type Value } from "../model/value";
import { UNKNOWN, type AppModel, type ModelResource } from "./app-model";
import { startingAliases, versionIdentity } from "./concurrency-use";
import { functionIdentity } from "./identity";
import { groupBy } from "./per-app";
import { itemsOf, partsOf, type Parts } from "./provisioning";
import { isVersionNumber } from "./qualifiers";
import type { Report, Rule } from "./rule";
import { quote } from "./text";
import { eachNumber, notKnownYet } from "./unchecked";

/** What releases ask for: they are ours, and the platform knows nothing of them. */

const source = { document: "cdktf-scf", section: "Release" } as const;

const MOST_STEPS = 20;
const DAY = 24 * 60 * 60;
const LONGEST_WAIT = 7 * DAY;

export const releaseRules: readonly Rule[] = [
  {
    id: "REL-STEPS",
    severity: "error",
    statement:
      "a release has 1–20 steps, each with a larger share of 0–100 % than the one before, and waits of at most 7 days",
    source,
    fix: "give each step a larger share than the one before",
    check(app, report) {
      for (const release of releases(app)) checkSteps(release, report);
    },
  },
  {
    id: "REL-GATE",
    severity: "error",
    statement: "a gate has a command, and more than 0 seconds and at most 24 hours for it",
    source,
    fix: 'give it a command, for example Gate.command("npm run smoke")',
    check(app, report) {
      for (const { places, steps } of releases(app)) {
        steps.forEach((step, index) => {
          const gate = partsOf(app, step.raw("gate"));
          if (!gate) return;
          const command = gate.part("command");
          const seconds = gate.part("timeoutSeconds");
          if (typeof command === "string" && command.trim() === "") {
            report({ message: `the gate of step ${index + 1} has no command`, places });
          }
          if (typeof seconds !== "number" || (seconds > 0 && seconds <= DAY)) return;
          report({
            message: `the gate of step ${index + 1} has ${seconds} seconds; it gets more than 0 and at most ${DAY}`,
            places,
            fix: "leave the time out for 5 minutes, or give it up to 24 hours",
          });
        });
      }
    },
  },
  {
    id: "REL-ROUTING",
    severity: "error",
    statement: "an alias has a routing or a release: both say what a second version gets",
    source,
    fix: "remove one of the two",
    check(app, report) {
      for (const { alias, places } of releases(app)) {
        const routing = app.dereference(alias.raw("routing"));
        if (routing === undefined || routing === null) continue;
        report({ message: "the alias has a routing and a release", places });
      }
    },
  },
  {
    id: "REL-PROV",
    severity: "error",
    statement:
      "the instances of a version that is released are the release's own: at least 1, of a published version, for one alias of a function",
    source,
    fix: "give `instances` to the release of one alias, and provision nothing else for its version",
    check(app, report) {
      eachNumber(app, report, "scf_alias", "provisioned", (instances, { address }) => {
        if (Number.isInteger(instances) && instances >= 1) return;
        report({
          message: `a release starts ${instances} instances; it is a whole number from 1 on`,
          places: [{ address }],
          fix: "leave `instances` out for none",
        });
      });
      checkStarting(app, report);
      checkSettings(app, report);
    },
  },
];

interface Release {
  readonly alias: ModelResource<"scf_alias">;
  readonly places: readonly { readonly address: string }[];
  readonly steps: readonly Parts[];
}

function releases(app: AppModel): readonly Release[] {
  return app.ofKind("scf_alias").flatMap((alias) => {
    const release = partsOf(app, alias.raw("release"));
    if (!release) return [];
    const steps = itemsOf(app, release.raw("steps")).flatMap((value) => partsOf(app, value) ?? []);
    return [{ alias, places: [{ address: alias.address }], steps }];
  });
}

function checkSteps({ alias, places, steps }: Release, report: Report): void {
  const { app } = alias;
  const declared = app.dereference(stepsIn(alias));
  if (app.hasForeignToken(alias.raw("release"))) report(notKnownYet(alias.address, "release"));
  if (!Array.isArray(declared)) return;
  if (declared.length === 0 || declared.length > MOST_STEPS) {
    report({
      message: `the release has ${declared.length} steps; it has 1 to ${MOST_STEPS}`,
      places,
      ...(declared.length === 0 ? { fix: "give it a step, or leave the release out" } : {}),
    });
  }
  let before: number | undefined;
  steps.forEach((step, index) => {
    const name = `step ${index + 1}`;
    const percent = step.part("percent");
    if (typeof percent === "number") {
      if (!(percent >= 0 && percent <= 100)) {
        report({
          message: `${name} of the release sends ${percent} % to the new version; it is 0 to 100 %`,
          places,
          fix: `use ${percent < 0 ? 0 : 100} %`,
        });
      } else if (before !== undefined && percent <= before) {
        report({
          message: `${name} of the release sends ${percent} % to the new version, and the step before ${before} %`,
          places,
        });
      }
      before = percent;
    }
    const seconds = step.part("waitSeconds");
    if (typeof seconds !== "number" || (seconds >= 0 && seconds <= LONGEST_WAIT)) return;
    report({
      message: `${name} of the release waits ${seconds} seconds; it waits 0 to ${LONGEST_WAIT} (7 days)`,
      places,
      fix: "wait up to 7 days",
    });
  });
}

function stepsIn(alias: ModelResource<"scf_alias">): Value | undefined {
  return partsOf(alias.app, alias.raw("release"))?.raw("steps");
}

function checkStarting(app: AppModel, report: Report): void {
  const aliases = startingAliases(app.ofKind("scf_alias"));
  for (const alias of aliases) {
    const places = [{ address: alias.address }];
    if (alias.raw("release") === undefined) {
      report({
        message: "the alias has instances and no release",
        places,
        fix: "provision them for the version: currentVersion.provision(…)",
      });
    }
    const version: unknown = alias.get("version");
    if (version === UNKNOWN || typeof version !== "string" || isVersionNumber(version)) continue;
    report({
      message: `the alias has instances of ${quote(version)}, which is no published version`,
      places,
      fix: "use `currentVersion` of the function, or leave `instances` out",
    });
  }
  for (const same of groupBy(aliases, functionIdentity).values()) {
    if (same.length < 2) continue;
    report({
      message: `${same.length} aliases of one function have instances of their versions`,
      places: same.map(({ address }) => ({ address })),
    });
  }
}

/** A release that is rolled back takes the instances of its version along; a setting of its own would want them again. */
function checkSettings(app: AppModel, report: Report): void {
  const settings = groupBy(app.ofKind("scf_provisioned_concurrency"), versionIdentity);
  for (const { alias } of releases(app)) {
    if (isSymbolic(alias.raw("version")) && app.hasForeignToken(alias.raw("version"))) continue;
    const [setting] = settings.get(versionIdentity(alias)) ?? [];
    if (!setting) continue;
    report({
      message: "the alias releases its version, and a setting of its own has instances of that version",
      places: [
        { address: alias.address, note: "releases the version" },
        { address: setting.address, note: "has instances of it" },
      ],
      fix: "give `instances` to the release instead",
    });
  }
}
