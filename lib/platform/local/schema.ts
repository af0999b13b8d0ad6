/** Raised with every change below. */
export const schemaVersion = 3;

/**
 * Tables of the local platform. Everything but the account's users, groups, roles and policies belongs to a region. Counts that quotas
 * are compared with are kept by triggers, so that no call has to count.
 */
export const schema = `
CREATE TABLE calls (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  time INTEGER NOT NULL,
  region TEXT NOT NULL,
  service TEXT NOT NULL,
  action TEXT NOT NULL,
  write INTEGER NOT NULL,
  resource TEXT NOT NULL,
  code TEXT,
  accepted INTEGER NOT NULL,
  fault TEXT,
  request_id TEXT NOT NULL
) STRICT;

-- fitted and struck: how many calls a fault was for, and how many of them it hit
CREATE TABLE faults (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  fault TEXT NOT NULL,
  fitted INTEGER NOT NULL DEFAULT 0,
  struck INTEGER NOT NULL DEFAULT 0
) STRICT;

-- copies of this file from before a write, which reads are answered from until then
CREATE TABLE replicas (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  file TEXT NOT NULL,
  until INTEGER NOT NULL
) STRICT;

CREATE TABLE rates (
  region TEXT NOT NULL,
  service TEXT NOT NULL,
  action TEXT NOT NULL,
  started INTEGER NOT NULL,
  accepted INTEGER NOT NULL,
  PRIMARY KEY (region, service, action)
) STRICT, WITHOUT ROWID;

CREATE TABLE regions (
  name TEXT PRIMARY KEY,
  code_bytes INTEGER NOT NULL DEFAULT 0,
  layers INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE namespaces (
  region TEXT NOT NULL REFERENCES regions,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  functions INTEGER NOT NULL DEFAULT 0,
  concurrency INTEGER,
  environment TEXT,
  created INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  PRIMARY KEY (region, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE functions (
  id INTEGER PRIMARY KEY,
  region TEXT NOT NULL,
  namespace TEXT NOT NULL,
  name TEXT NOT NULL,
  public_id TEXT NOT NULL,
  type TEXT NOT NULL,
  fixed TEXT NOT NULL,
  tags TEXT NOT NULL,
  retry_attempts INTEGER NOT NULL,
  event_age INTEGER NOT NULL,
  next_version INTEGER NOT NULL DEFAULT 1,
  gone_at INTEGER,
  created INTEGER NOT NULL,
  UNIQUE (region, namespace, name),
  FOREIGN KEY (region, namespace) REFERENCES namespaces
) STRICT;
CREATE INDEX functions_going ON functions (gone_at) WHERE gone_at IS NOT NULL;
CREATE TRIGGER functions_inserted AFTER INSERT ON functions BEGIN
  UPDATE namespaces SET functions = functions + 1 WHERE region = new.region AND name = new.namespace;
END;
CREATE TRIGGER functions_deleted AFTER DELETE ON functions BEGIN
  UPDATE namespaces SET functions = functions - 1 WHERE region = old.region AND name = old.namespace;
END;

-- number 0 is $LATEST
CREATE TABLE versions (
  id INTEGER PRIMARY KEY,
  function INTEGER NOT NULL REFERENCES functions ON DELETE CASCADE,
  region TEXT NOT NULL,
  number INTEGER NOT NULL,
  description TEXT NOT NULL,
  configuration TEXT NOT NULL,
  environment BLOB,
  code_hash TEXT NOT NULL,
  code_bytes INTEGER NOT NULL,
  uncompressed_bytes INTEGER NOT NULL,
  pending TEXT NOT NULL,
  ready_at INTEGER NOT NULL,
  failed TEXT,
  created INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  UNIQUE (function, number)
) STRICT;
CREATE TRIGGER versions_inserted AFTER INSERT ON versions BEGIN
  UPDATE regions SET code_bytes = code_bytes + new.code_bytes WHERE name = new.region;
END;
CREATE TRIGGER versions_updated AFTER UPDATE OF code_bytes ON versions BEGIN
  UPDATE regions SET code_bytes = code_bytes + new.code_bytes - old.code_bytes WHERE name = new.region;
END;
CREATE TRIGGER versions_deleted AFTER DELETE ON versions BEGIN
  UPDATE regions SET code_bytes = code_bytes - old.code_bytes WHERE name = old.region;
END;

CREATE TABLE reserved_concurrency (
  function INTEGER PRIMARY KEY REFERENCES functions ON DELETE CASCADE,
  region TEXT NOT NULL,
  megabytes INTEGER NOT NULL
) STRICT;
CREATE INDEX reserved_concurrency_by_region ON reserved_concurrency (region);

-- started and running: how many instances there were when the setting was made, and when that was
CREATE TABLE provisioned_concurrency (
  version INTEGER PRIMARY KEY REFERENCES versions ON DELETE CASCADE,
  function INTEGER NOT NULL REFERENCES functions ON DELETE CASCADE,
  region TEXT NOT NULL,
  settings TEXT NOT NULL,
  instances INTEGER NOT NULL,
  megabytes INTEGER NOT NULL,
  running INTEGER NOT NULL,
  started INTEGER NOT NULL,
  ready_at INTEGER NOT NULL
) STRICT;
CREATE INDEX provisioned_concurrency_by_region ON provisioned_concurrency (region);
CREATE INDEX provisioned_concurrency_by_function ON provisioned_concurrency (function);
-- of the account, not of a region
CREATE TABLE test_models (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  created INTEGER NOT NULL,
  modified INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE layers (
  id INTEGER PRIMARY KEY,
  region TEXT NOT NULL REFERENCES regions,
  name TEXT NOT NULL,
  next_version INTEGER NOT NULL DEFAULT 1,
  versions INTEGER NOT NULL DEFAULT 0,
  UNIQUE (region, name)
) STRICT;
CREATE TRIGGER layers_first_version AFTER UPDATE OF versions ON layers WHEN old.versions = 0 AND new.versions > 0 BEGIN
  UPDATE regions SET layers = layers + 1 WHERE name = new.region;
END;
CREATE TRIGGER layers_last_version AFTER UPDATE OF versions ON layers WHEN old.versions > 0 AND new.versions = 0 BEGIN
  UPDATE regions SET layers = layers - 1 WHERE name = new.region;
END;

CREATE TABLE layer_versions (
  id INTEGER PRIMARY KEY,
  layer INTEGER NOT NULL REFERENCES layers,
  number INTEGER NOT NULL,
  description TEXT NOT NULL,
  license TEXT NOT NULL,
  runtimes TEXT NOT NULL,
  tags TEXT NOT NULL,
  code_hash TEXT NOT NULL,
  uncompressed_bytes INTEGER NOT NULL,
  ready_at INTEGER NOT NULL,
  failed TEXT,
  gone_at INTEGER,
  created INTEGER NOT NULL,
  UNIQUE (layer, number)
) STRICT;
CREATE INDEX layer_versions_going ON layer_versions (gone_at) WHERE gone_at IS NOT NULL;
CREATE TRIGGER layer_versions_inserted AFTER INSERT ON layer_versions BEGIN
  UPDATE layers SET versions = versions + 1 WHERE id = new.layer;
END;
CREATE TRIGGER layer_versions_deleted AFTER DELETE ON layer_versions BEGIN
  UPDATE layers SET versions = versions - 1 WHERE id = old.layer;
END;

CREATE TABLE bound_layers (
  version INTEGER NOT NULL REFERENCES versions ON DELETE CASCADE,
  position INTEGER NOT NULL,
  layer_version INTEGER NOT NULL REFERENCES layer_versions,
  PRIMARY KEY (version, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX bound_layers_by_layer ON bound_layers (layer_version);

CREATE TABLE aliases (
  function INTEGER NOT NULL REFERENCES functions ON DELETE CASCADE,
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  additional INTEGER,
  routing TEXT NOT NULL,
  description TEXT NOT NULL,
  created INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  PRIMARY KEY (function, name)
) STRICT;

CREATE TABLE triggers (
  id INTEGER PRIMARY KEY,
  function INTEGER NOT NULL REFERENCES functions ON DELETE CASCADE,
  region TEXT NOT NULL,
  qualifier TEXT NOT NULL,
  type TEXT NOT NULL,
  identity TEXT NOT NULL,
  source TEXT,
  name TEXT NOT NULL,
  specification TEXT NOT NULL,
  description TEXT NOT NULL,
  argument TEXT NOT NULL,
  enabled INTEGER NOT NULL,
  created INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  UNIQUE (function, qualifier, type, identity)
) STRICT;
CREATE UNIQUE INDEX triggers_by_source ON triggers (region, type, source) WHERE source IS NOT NULL;

-- What asynchronous execution keeps of every run, for three days.
CREATE TABLE async_events (
  id TEXT PRIMARY KEY,
  function INTEGER NOT NULL REFERENCES functions ON DELETE CASCADE,
  qualifier TEXT NOT NULL,
  started INTEGER NOT NULL,
  ends INTEGER NOT NULL,
  aborted INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX async_events_by_function ON async_events (function, started);

-- Invocations of the running second.
CREATE TABLE invocations (
  function INTEGER PRIMARY KEY REFERENCES functions ON DELETE CASCADE,
  second INTEGER NOT NULL,
  accepted INTEGER NOT NULL
) STRICT;

CREATE TABLE load_balancers (
  id TEXT PRIMARY KEY,
  region TEXT NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  forward INTEGER NOT NULL,
  vpc TEXT NOT NULL,
  subnet TEXT NOT NULL,
  ip_version TEXT NOT NULL,
  address TEXT NOT NULL,
  tags TEXT NOT NULL,
  snat_pro INTEGER NOT NULL DEFAULT 0,
  target_region TEXT NOT NULL DEFAULT '',
  target_vpc TEXT NOT NULL DEFAULT '',
  log_topic TEXT NOT NULL DEFAULT '',
  busy_until INTEGER NOT NULL,
  ready_at INTEGER NOT NULL,
  created INTEGER NOT NULL
) STRICT;
CREATE INDEX load_balancers_by_region ON load_balancers (region, created);

CREATE TABLE snat_ips (
  load_balancer TEXT NOT NULL REFERENCES load_balancers ON DELETE CASCADE,
  subnet TEXT NOT NULL,
  ip TEXT NOT NULL,
  PRIMARY KEY (load_balancer, ip)
) STRICT;

CREATE TABLE listeners (
  id TEXT PRIMARY KEY,
  load_balancer TEXT NOT NULL REFERENCES load_balancers ON DELETE CASCADE,
  protocol TEXT NOT NULL,
  port INTEGER NOT NULL,
  settings TEXT NOT NULL,
  created INTEGER NOT NULL,
  UNIQUE (load_balancer, protocol, port)
) STRICT;

CREATE TABLE rules (
  id TEXT PRIMARY KEY,
  listener TEXT NOT NULL REFERENCES listeners ON DELETE CASCADE,
  domain TEXT NOT NULL,
  url TEXT NOT NULL,
  settings TEXT NOT NULL,
  created INTEGER NOT NULL,
  UNIQUE (listener, domain, url)
) STRICT;

-- Without a rule a target belongs to the listener itself. An instance or an address is set, never both.
CREATE TABLE targets (
  id INTEGER PRIMARY KEY,
  listener TEXT NOT NULL REFERENCES listeners ON DELETE CASCADE,
  rule TEXT REFERENCES rules ON DELETE CASCADE,
  instance TEXT NOT NULL,
  address TEXT NOT NULL,
  port INTEGER NOT NULL,
  weight INTEGER NOT NULL,
  created INTEGER NOT NULL
) STRICT;
CREATE INDEX targets_by_listener ON targets (listener, rule);
CREATE INDEX targets_by_rule ON targets (rule);

-- One function per rule is the primary key.
CREATE TABLE function_targets (
  rule TEXT PRIMARY KEY REFERENCES rules ON DELETE CASCADE,
  function INTEGER NOT NULL REFERENCES functions,
  qualifier TEXT NOT NULL,
  qualifier_type TEXT NOT NULL,
  weight INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX function_targets_by_function ON function_targets (function);

CREATE TABLE tasks (
  id TEXT PRIMARY KEY,
  region TEXT NOT NULL,
  load_balancers TEXT NOT NULL,
  ready_at INTEGER NOT NULL,
  failed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE policies (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  preset INTEGER NOT NULL,
  description TEXT NOT NULL,
  document TEXT NOT NULL,
  tags TEXT NOT NULL,
  created INTEGER NOT NULL,
  modified INTEGER NOT NULL
) STRICT;

CREATE TABLE roles (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  description TEXT NOT NULL,
  document TEXT NOT NULL,
  console_login INTEGER NOT NULL,
  session_duration INTEGER NOT NULL,
  tags TEXT NOT NULL,
  created INTEGER NOT NULL,
  modified INTEGER NOT NULL
) STRICT;

CREATE TABLE role_policies (
  role TEXT NOT NULL REFERENCES roles ON DELETE CASCADE,
  policy INTEGER NOT NULL REFERENCES policies ON DELETE CASCADE,
  created INTEGER NOT NULL,
  PRIMARY KEY (role, policy)
) STRICT, WITHOUT ROWID;
CREATE INDEX role_policies_by_policy ON role_policies (policy);

CREATE TABLE users (
  uin INTEGER PRIMARY KEY,
  uid INTEGER NOT NULL,
  name TEXT NOT NULL UNIQUE,
  remark TEXT NOT NULL,
  console_login INTEGER NOT NULL,
  phone TEXT NOT NULL,
  country_code TEXT NOT NULL,
  email TEXT NOT NULL,
  created INTEGER NOT NULL
) STRICT;

CREATE TABLE user_policies (
  user INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
  policy INTEGER NOT NULL REFERENCES policies ON DELETE CASCADE,
  created INTEGER NOT NULL,
  PRIMARY KEY (user, policy)
) STRICT, WITHOUT ROWID;
CREATE INDEX user_policies_by_policy ON user_policies (policy);

CREATE TABLE user_groups (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  remark TEXT NOT NULL,
  created INTEGER NOT NULL
) STRICT;

CREATE TABLE group_policies (
  user_group INTEGER NOT NULL REFERENCES user_groups ON DELETE CASCADE,
  policy INTEGER NOT NULL REFERENCES policies ON DELETE CASCADE,
  created INTEGER NOT NULL,
  PRIMARY KEY (user_group, policy)
) STRICT, WITHOUT ROWID;
CREATE INDEX group_policies_by_policy ON group_policies (policy);

-- Alarm policies belong to the account; what they watch has a region.
CREATE TABLE alarm_policies (
  id TEXT PRIMARY KEY,
  number INTEGER NOT NULL,
  name TEXT NOT NULL,
  remark TEXT NOT NULL,
  type TEXT NOT NULL,
  project INTEGER NOT NULL,
  enabled INTEGER NOT NULL,
  condition TEXT NOT NULL,
  notices TEXT NOT NULL,
  tags TEXT NOT NULL,
  created INTEGER NOT NULL,
  modified INTEGER NOT NULL
) STRICT;

CREATE TABLE alarm_objects (
  id TEXT PRIMARY KEY,
  policy TEXT NOT NULL REFERENCES alarm_policies ON DELETE CASCADE,
  region TEXT NOT NULL,
  dimensions TEXT NOT NULL,
  UNIQUE (policy, region, dimensions)
) STRICT;
`;

/** Every table, those that refer to others first. */
export const tables = [
  "function_targets",
  "targets",
  "snat_ips",
  "rules",
  "listeners",
  "load_balancers",
  "tasks",
  "async_events",
  "invocations",
  "triggers",
  "aliases",
  "bound_layers",
  "provisioned_concurrency",
  "reserved_concurrency",
  "versions",
  "functions",
  "test_models",
  "layer_versions",
  "layers",
  "namespaces",
  "regions",
  "role_policies",
  "roles",
  "user_policies",
  "users",
  "group_policies",
  "user_groups",
  "alarm_objects",
  "alarm_policies",
  "policies",
  "rates",
  "calls",
  "faults",
  "replicas",
] as const;
