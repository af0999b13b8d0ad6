import { isEmpty, isSymbolic, type Value } from "../model/value";
import { UNKNOWN, type AppModel, type ModelResource } from "./app-model";
import { account } from "./identity";
import { isInVpc } from "./network";
import { groupBy } from "./per-app";
import type { Report, Rule } from "./rule";
import { compared, partOf, rawSurrounding, surrounding } from "./surroundings";
import { count, quote } from "./text";
import { notKnownYet } from "./unchecked";

/** Restrictions of mounted file systems: section 9 of the rules. */

const mounting = { document: "scf-operation-guide", section: "挂载 CFS 文件系统" } as const;

const CONFIGURATION_ROLE = "SCF_QcsRole";
const CFS_POLICY = "QcloudCFSReadOnlyAccess";
const MOUNT_ROOT = "/mnt";

export const storageRules: readonly Rule[] = [
  {
    id: "STO-VPC",
    severity: "error",
    statement: "a file system is mounted by functions in its own VPC, and not in networks of 9.0.0.0/8",
    source: mounting,
    fix: "put the function into the VPC of the file system",
    check(app, report) {
      for (const resource of app.ofKind("scf_function")) {
        const systems = fileSystemsOf(resource);
        if (!systems) {
          if (app.hasForeignToken(resource.raw("fileSystems")))
            report(notKnownYet(resource.address, "fileSystems"));
          continue;
        }
        if (systems.length === 0) continue;
        if (!isInVpc(resource)) {
          report({
            message: `the function mounts ${count(systems.length, "file system")}, and is in no VPC`,
            places: [{ address: resource.address }],
          });
          continue;
        }
        checkVpcs(resource, systems, report);
        checkRange(resource, report);
      }
    },
  },
  {
    id: "STO-DIR",
    severity: "error",
    statement: "a local directory is below `/mnt/` and used once, and a remote directory is absolute",
    source: mounting,
    fix: "use a directory below /mnt/",
    check(app, report) {
      for (const resource of app.ofKind("scf_function")) {
        const systems = fileSystemsOf(resource) ?? [];
        if (systems.length === 0) continue;
        const places = [{ address: resource.address }];
        for (const system of systems) {
          for (const part of ["localDirectory", "remoteDirectory"] as const) {
            const raw = partOf(resource.app, system, part);
            const directory = app.follow(raw);
            if (directory === UNKNOWN && app.hasForeignToken(raw))
              report(notKnownYet(resource.address, part));
            if (typeof directory !== "string") continue;
            const problem = part === "localDirectory" ? localProblem(directory) : remoteProblem(directory);
            if (problem) report({ ...problem, places });
          }
        }
        const locals = systems.flatMap((system) => {
          const directory = app.follow(partOf(resource.app, system, "localDirectory"));
          return typeof directory === "string" && directory !== "" ? [normalized(directory)] : [];
        });
        for (const [directory, same] of groupBy(locals, (local) => local)) {
          if (same.length < 2) continue;
          report({
            message: `${count(same.length, "file system")} are mounted at ${quote(directory)}`,
            places,
            fix: "give each file system a local directory of its own",
          });
        }
      }
    },
  },
  {
    id: "STO-ROLE",
    severity: "warning",
    statement: `mounting file systems needs the policy \`${CFS_POLICY}\` on the configuration role \`${CONFIGURATION_ROLE}\``,
    source: mounting,
    fix: `attach ${CFS_POLICY} to the role ${CONFIGURATION_ROLE}`,
    check(app, report) {
      // A role that the app does not declare may have the policy: that is the usual case.
      const roles = groupBy(app.ofKind("cam_role"), (role) =>
        role.get("roleName") === CONFIGURATION_ROLE ? account(role) : undefined,
      );
      if (roles.size === 0) return;
      const allowed = new Map<ModelResource<"cam_role">, boolean>();
      for (const resource of app.ofKind("scf_function")) {
        const role = roles.get(account(resource))?.[0];
        if (!role || !fileSystemsOf(resource)?.length) continue;
        const mayMount = allowed.get(role) ?? mayRead(app, role);
        allowed.set(role, mayMount);
        if (mayMount) continue;
        report({
          message: `the function mounts a file system, and the configuration role has no policy ${CFS_POLICY}`,
          places: [{ address: resource.address }, { address: role.address, note: CONFIGURATION_ROLE }],
        });
      }
    },
  },
];

/** The mounts of a function; undefined when the list itself is not known. */
function fileSystemsOf(resource: ModelResource<"scf_function">): readonly Value[] | undefined {
  const raw = resource.app.dereference(resource.raw("fileSystems"));
  if (Array.isArray(raw)) return raw as readonly Value[];
  return isSymbolic(raw) ? undefined : [];
}

function checkVpcs(resource: ModelResource<"scf_function">, systems: readonly Value[], report: Report): void {
  const { app } = resource;
  const own = partOf(resource.app, resource.raw("vpc"), "vpcId");
  const told = app.dereference(rawSurrounding(resource, "fileSystemVpcIds"));
  if (!Array.isArray(told)) return;
  for (const [index, system] of systems.entries()) {
    const other = told[index] as Value | undefined;
    const difference = compared(resource, own, other);
    if (difference === "unknown") report(notKnownYet(resource.address, "fileSystems"));
    if (difference !== "different") continue;
    const id = app.follow(partOf(resource.app, system, "fileSystemId"));
    report({
      message: `the file system${typeof id === "string" ? ` ${quote(id)}` : ""} is in the VPC ${text(app, other)}, and the function in ${text(app, own)}`,
      places: [{ address: resource.address }],
      fix: `put the function into the VPC ${text(app, other)}, or mount a file system of ${text(app, own)}`,
    });
  }
}

function text(app: AppModel, value: Value | undefined): string {
  const known = app.follow(value);
  return typeof known === "string" ? known : quote(known);
}

const byte = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";
const ipv4Range = new RegExp(`^(${byte})(?:\\.${byte}){3}(?:/(3[0-2]|[12]?\\d))?$`);

function checkRange(resource: ModelResource<"scf_function">, report: Report): void {
  const range = surrounding(resource, "networkCidr", report);
  const match = typeof range === "string" ? ipv4Range.exec(range.trim()) : null;
  if (typeof range !== "string") return;
  if (!match) {
    report({
      severity: "warning",
      message: `${quote(range)} is given as the address range of the private network, and is none`,
      places: [{ address: resource.address }],
      fix: 'write it as address and length, for example "10.0.0.0/16"',
    });
    return;
  }
  const bits = Math.min(8, Number(match[2] ?? 32));
  // The first `bits` bits decide whether the range touches 9.0.0.0/8.
  if (Number(match[1]) >> (8 - bits) !== 9 >> (8 - bits)) return;
  report({
    message: `the private network ${range} has addresses of 9.0.0.0/8, where no file system can be mounted`,
    places: [{ address: resource.address }],
    fix: "use a VPC of another address range, for example 10.0.0.0/16",
  });
}

function normalized(directory: string): string {
  return directory.replace(/\/{2,}/g, "/").replace(/(.)\/$/, "$1");
}

function localProblem(directory: string): { readonly message: string; readonly fix?: string } | undefined {
  const parts = normalized(directory).split("/");
  const isBelow = parts[0] === "" && parts[1] === "mnt" && parts.length > 2;
  if (isBelow && !parts.includes("..") && !parts.includes(".")) return undefined;
  const names = parts.filter(
    (part) => part !== "" && part !== "." && part !== ".." && part.toLowerCase() !== "mnt",
  );
  return {
    message: `the local directory ${quote(directory)} is not below ${MOUNT_ROOT}/`,
    fix: `use ${quote(`${MOUNT_ROOT}/${names.join("/") || "data"}`)}, for example`,
  };
}

function remoteProblem(directory: string): { readonly message: string; readonly fix?: string } | undefined {
  if (directory.startsWith("/")) return undefined;
  return {
    message:
      directory === ""
        ? "the remote directory is empty"
        : `the remote directory ${quote(directory)} is not absolute`,
    fix: `use ${quote(`/${directory.replace(/^\.?\/?/, "")}`)}`,
  };
}

/** Whether anything that is attached to the role may allow it to read file systems. */
function mayRead(app: AppModel, role: ModelResource<"cam_role">): boolean {
  return app.ofKind("cam_policy_attachment").some((attachment) => {
    const name: unknown = attachment.get("roleName");
    const isOfRole =
      attachment.targetOfKind("roleName", "cam_role") === role ||
      name === UNKNOWN ||
      (name === CONFIGURATION_ROLE && account(attachment) === account(role));
    if (!isOfRole) return false;
    const policy: unknown = attachment.get("policyName");
    // What another provider or the program itself allows cannot be told from a name.
    if (typeof policy !== "string") return true;
    return /cfs|administrator/i.test(policy) || ownPolicyAllows(app, attachment, policy);
  });
}

function ownPolicyAllows(
  app: AppModel,
  attachment: ModelResource<"cam_policy_attachment">,
  name: string,
): boolean {
  const policy =
    attachment.targetOfKind("policyName", "cam_policy") ??
    app
      .ofKind("cam_policy")
      .find((other) => other.get("policyName") === name && account(other) === account(attachment));
  if (!policy) return false;
  const statements = policy.get("statement") as unknown;
  if (!Array.isArray(statements)) return !isEmpty(statements);
  return statements.some((statement) => {
    const actions: unknown = (statement as { readonly action?: unknown } | null)?.action;
    return (
      Array.isArray(actions) &&
      actions.some((action) => typeof action === "string" && /^(\*|(name\/)?cfs:)/.test(action))
    );
  });
}
