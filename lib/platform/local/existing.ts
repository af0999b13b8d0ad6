import { FUNCTION_SERVICE } from "../../model/permissions";
import type { LoadBalancerFacts } from "../../model/resources/listener";
import { account } from "./context";
import { flag, type Database } from "./database";

/** Something that programs use and do not make. */
export type Existing =
  | { readonly loadBalancer: string; readonly facts: LoadBalancerFacts }
  /** One that lets functions take it. */
  | { readonly role: string }
  | { readonly user: string }
  | { readonly userGroup: number };

/** Puts something into an account, unless it is there already. */
export function addExisting(database: Database, existing: Existing, now: number): void {
  if ("loadBalancer" in existing) addLoadBalancer(database, existing.loadBalancer, existing.facts, now);
  else if ("role" in existing) addRole(database, existing.role, now);
  else if ("user" in existing) addUser(database, existing.user, now);
  else addUserGroup(database, existing.userGroup, now);
}

const ipVersions = { ipv4: "IPV4", "ipv6-nat64": "IPV6", ipv6: "IPv6FullChain" } as const;

function addLoadBalancer(database: Database, id: string, facts: LoadBalancerFacts, now: number): void {
  const { region, generation, network, addressType = "ipv4", scheme, vpcId = "vpc-local000", vip } = facts;
  database.run(
    `INSERT OR IGNORE INTO load_balancers (id, region, name, type, forward, vpc, subnet, ip_version, address, tags,
       snat_pro, busy_until, ready_at, created) VALUES (?, ?, ?, ?, ?, ?, '', ?, ?, '[]', ?, 0, 0, ?)`,
    id,
    region,
    id,
    scheme === "private" ? "INTERNAL" : "OPEN",
    flag(generation !== "classic"),
    network === "basic" ? "" : vpcId,
    ipVersions[addressType],
    vip ?? (scheme === "private" ? "10.0.0.1" : "203.0.113.1"),
    flag(facts.crossRegion === "2.0"),
    now,
  );
  for (const address of facts.snatAddresses ?? []) {
    database.run("INSERT OR IGNORE INTO snat_ips (load_balancer, subnet, ip) VALUES (?, '', ?)", id, address);
  }
}

function addRole(database: Database, name: string, now: number): void {
  const principal = { service: [FUNCTION_SERVICE] };
  const document = {
    version: "2.0",
    statement: [{ action: "name/sts:AssumeRole", effect: "allow", principal }],
  };
  database.run(
    `INSERT OR IGNORE INTO roles (id, name, description, document, console_login, session_duration, tags, created, modified)
     VALUES (?, ?, '', ?, 0, 7200, '[]', ?, ?)`,
    `existing-${name}`,
    name,
    JSON.stringify(document),
    now,
    now,
  );
}

function addUser(database: Database, name: string, now: number): void {
  const last = database.get<{ uin: number | null }>("SELECT max(uin) AS uin FROM users")?.uin;
  const uin = (last ?? Number(account.uin)) + 1;
  database.run(
    `INSERT OR IGNORE INTO users (uin, uid, name, remark, console_login, phone, country_code, email, created)
     VALUES (?, ?, ?, '', 0, '', '', '', ?)`,
    uin,
    uin,
    name,
    now,
  );
}

function addUserGroup(database: Database, id: number, now: number): void {
  database.run(
    "INSERT OR IGNORE INTO user_groups (id, name, remark, created) VALUES (?, ?, '', ?)",
    id,
    `group-${id}`,
    now,
  );
}
