import { Database } from "../../lib/platform/local/database";
import { Seal } from "../../lib/platform/local/seal";

type Row = Readonly<Record<string, unknown>>;

/**
 * Everything that is on a local platform, table by table, by names instead of what differs between two runs of one program:
 * ids, times, and the part of an ownership mark that is the state's own. Numbers that were given out count too: a version
 * that was published and deleted again shows.
 */
export function platformState(file: string): Readonly<Record<string, readonly string[]>> {
  const database = new Database(file);
  const seal = new Seal(file);
  try {
    const marks = marksOf(database);
    const known = new Map<string, string>();
    for (const { id, name } of database.all<{ id: string; name: string }>(identities)) known.set(id, name);
    const tidy = (text: string): string => {
      let result = text.replace(
        /\b(lb|lbl|loc|policy|lam)-[0-9a-z]{6,}\b/g,
        (id) => known.get(id) ?? `${id.split("-")[0]}-*`,
      );
      for (const mark of marks) result = result.replaceAll(mark, "<state>");
      // The hash over a version's content takes in fingerprints, which are the state's own; the content itself is compared.
      return result.replace(/\bcdktfscf [0-9a-f]{16}\b/g, "cdktfscf <content>");
    };
    const now = Date.now();
    return Object.fromEntries(
      Object.entries(contents).map(([table, sql]) => [
        table,
        database
          .all<Row>(sql.replaceAll(":now", String(now)))
          .map((row) => tidy(JSON.stringify(opened(row, seal))))
          .sort(),
      ]),
    );
  } finally {
    database.close();
  }
}

/** Environment variables lie sealed in the file. Depending on who loaded the library, that is a buffer or what one is made of. */
function opened(row: Row, seal: Seal): Row {
  const { environment } = row;
  if (typeof environment !== "object" || environment === null) return row;
  const bytes = ArrayBuffer.isView(environment)
    ? (environment as Buffer)
    : Buffer.from(environment as ArrayBuffer);
  return { ...row, environment: seal.open(bytes) };
}

/** The first part of the marks in use: that of the state. */
function marksOf(database: Database): Set<string> {
  const texts = database
    .all<{ text: string }>(
      `SELECT tags AS text FROM functions UNION SELECT tags FROM roles UNION SELECT tags FROM policies
       UNION SELECT tags FROM layer_versions UNION SELECT description FROM versions UNION SELECT description FROM layer_versions
       UNION SELECT description FROM policies UNION SELECT description FROM roles UNION SELECT remark FROM alarm_policies
       UNION SELECT tags FROM alarm_policies`,
    )
    .map(({ text }) => text);
  return new Set(
    texts.flatMap((text) =>
      [...text.matchAll(/\b([0-9a-f]{8})[0-9a-f]{20}g\d+\b/g)].map((found) => found[1] ?? ""),
    ),
  );
}

const identities = `
  SELECT id, 'lb:' || name AS name FROM load_balancers WHERE name <> id
  UNION ALL SELECT id, 'lbl:' || protocol || port FROM listeners
  UNION ALL SELECT id, 'loc:' || domain || url FROM rules
  UNION ALL SELECT public_id, 'lam:' || namespace || '/' || name FROM functions`;

const fn = "functions.region || '/' || functions.namespace || '/' || functions.name";
const status = `CASE WHEN gone_at IS NOT NULL THEN 'Deleting' WHEN ready_at > :now THEN pending ELSE coalesce(failed, 'Active') END`;

const contents: Readonly<Record<string, string>> = {
  namespaces: "SELECT region, name, description, functions, concurrency, environment FROM namespaces",
  functions: `SELECT region, namespace, name, type, fixed, tags, retry_attempts, event_age, next_version FROM functions`,
  versions: `SELECT ${fn} AS function, number, versions.description, configuration, environment, code_hash, ${status} AS status
    FROM versions JOIN functions ON functions.id = function`,
  reserved: `SELECT ${fn} AS function, megabytes FROM reserved_concurrency JOIN functions ON functions.id = function`,
  provisioned: `SELECT ${fn} AS function, number, settings, instances FROM provisioned_concurrency
    JOIN versions ON versions.id = version JOIN functions ON functions.id = versions.function`,
  layers: "SELECT region, name, next_version, versions FROM layers",
  layerVersions: `SELECT layers.region, name, number, description, license, runtimes, tags, code_hash, failed, gone_at
    FROM layer_versions JOIN layers ON layers.id = layer`,
  boundLayers: `SELECT ${fn} AS function, versions.number, position, layers.name, layer_versions.number AS layer
    FROM bound_layers JOIN versions ON versions.id = version JOIN functions ON functions.id = versions.function
    JOIN layer_versions ON layer_versions.id = layer_version JOIN layers ON layers.id = layer`,
  aliases: `SELECT ${fn} AS function, aliases.name, version, additional, routing, description
    FROM aliases JOIN functions ON functions.id = function`,
  triggers: `SELECT ${fn} AS function, qualifier, triggers.type, triggers.name, specification, description, argument, enabled
    FROM triggers JOIN functions ON functions.id = function`,
  testModels: "SELECT name, value FROM test_models",
  loadBalancers:
    "SELECT name, type, tags, snat_pro, target_region, target_vpc, log_topic FROM load_balancers",
  listeners: "SELECT load_balancer, protocol, port, settings FROM listeners",
  rules: "SELECT listener, domain, url, settings FROM rules",
  targets: "SELECT listener, rule, instance, address, port, weight FROM targets",
  functionTargets: `SELECT rule, ${fn} AS function, qualifier, qualifier_type, weight
    FROM function_targets JOIN functions ON functions.id = function`,
  policies: "SELECT name, description, document, tags FROM policies WHERE preset = 0",
  roles: "SELECT name, description, document, console_login, session_duration, tags FROM roles",
  rolePolicies: `SELECT roles.name AS role, policies.name AS policy FROM role_policies
    JOIN roles ON roles.id = role JOIN policies ON policies.id = policy`,
  users: "SELECT name, remark FROM users",
  userPolicies: `SELECT users.name AS user, policies.name AS policy FROM user_policies
    JOIN users ON users.uin = user JOIN policies ON policies.id = policy`,
  groups: "SELECT name, remark FROM user_groups",
  groupPolicies: `SELECT user_groups.name AS user_group, policies.name AS policy FROM group_policies
    JOIN user_groups ON user_groups.id = user_group JOIN policies ON policies.id = policy`,
  alarms: "SELECT name, remark, type, enabled, condition, notices, tags FROM alarm_policies",
  alarmObjects: `SELECT name, region, dimensions FROM alarm_objects JOIN alarm_policies ON alarm_policies.id = policy`,
};

/** Writes that the platform has carried out, without ids, sorted. */
export function acceptedWrites(file: string, since = 0): string[] {
  const database = new Database(file);
  try {
    return database
      .all<{ call: string }>(
        `SELECT service || '.' || action || ' ' || resource AS call FROM calls WHERE write = 1 AND accepted = 1 AND sequence > ?`,
        since,
      )
      .map(({ call }) =>
        call.replace(/\b(lb|lbl|loc|policy|lam)-[0-9a-z]{6,}\b/g, "$1").replace(/\b\d{9,}\b/g, "id"),
      )
      .sort();
  } finally {
    database.close();
  }
}

/** The number of the last call that was made. */
export function lastCall(file: string): number {
  const database = new Database(file);
  try {
    return database.get<{ last: number }>("SELECT coalesce(max(sequence), 0) AS last FROM calls")?.last ?? 0;
  } finally {
    database.close();
  }
}
