import type { Request } from "../../api";
import { formatTime, parseJson, refuse } from "../context";
import type { Context, Handlers } from "../context";
import { mintId } from "../ids";
import { checkWord } from "../words";
import { describeRules } from "./rules";
import { findListener, findLoadBalancer } from "./store";
import type { ListenerRow } from "./store";
import { checkSettings } from "./settings";
import { openForWrite, startTask } from "./tasks";

type CreateRequest = Request<"clb", "CreateListener">;
type ModifyRequest = Request<"clb", "ModifyListener">;

const protocols = ["HTTP", "HTTPS", "TCP", "UDP", "TCP_SSL", "QUIC"] as const;
/** Protocols whose listeners hold certificates. */
const encrypted: readonly string[] = ["HTTPS", "TCP_SSL", "QUIC"];

const longestSession = 3600;

/** Certificates by id only: one that is sent along has a private key, which is not kept. */
export interface Certificate {
  readonly SSLMode: string;
  readonly CertId: string;
  readonly CertCaId?: string | undefined;
}

export interface ListenerSettings {
  readonly ListenerName: string;
  readonly Scheduler?: string | undefined;
  readonly SessionExpireTime?: number | undefined;
  readonly SniSwitch?: number | undefined;
  readonly HealthCheck?: CreateRequest["HealthCheck"];
  readonly Certificate?: Certificate | undefined;
  readonly KeepaliveEnable?: number | undefined;
  readonly MaxConn?: number | undefined;
  readonly MaxCps?: number | undefined;
  readonly IdleConnectTimeout?: number | undefined;
  readonly DataCompressMode?: string | undefined;
}

interface CertificateRequest {
  readonly Certificate?: CreateRequest["Certificate"];
  readonly MultiCertInfo?: CreateRequest["MultiCertInfo"];
}

/** What is kept of the certificate that a call names or brings along. */
export function readCertificate(request: CertificateRequest): Certificate | undefined {
  const { Certificate: single, MultiCertInfo: several } = request;
  const first = several?.CertList[0];
  if (single?.CertId || single?.CertContent) {
    return {
      SSLMode: single.SSLMode ?? "UNIDIRECTIONAL",
      CertId: single.CertId ?? mintId("crt"),
      CertCaId: single.CertCaId,
    };
  }
  if (several && (first?.CertId || first?.CertContent)) {
    return { SSLMode: several.SSLMode, CertId: first.CertId ?? mintId("crt") };
  }
  return undefined;
}

function checkPort(port: number): void {
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return;
  refuse("InvalidParameter.PortCheckFailed", `A port is a whole number from 1 to 65535, not ${port}`);
}

/** Protocols that are spoken over UDP; all others are spoken over TCP. */
const overUdp: readonly string[] = ["UDP", "QUIC"];

/** CLB-DUP: listeners share a port only where one is spoken over TCP and the other over UDP. */
function checkFree(context: Context, balancer: string, protocol: string, port: number): void {
  const sql = "SELECT id, protocol FROM listeners WHERE load_balancer = ? AND port = ?";
  const other = context.database
    .all<{ id: string; protocol: string }>(sql, balancer, port)
    .find((row) => overUdp.includes(row.protocol) === overUdp.includes(protocol));
  if (!other) return;
  refuse(
    "InvalidParameter.PortCheckFailed",
    `${balancer} has the listener ${other.id} on ${other.protocol} port ${port} already`,
  );
}

function settingsOf(request: CreateRequest, index: number): ListenerSettings {
  return {
    ListenerName: request.ListenerNames?.[index] ?? "",
    Scheduler: request.Scheduler ?? "WRR",
    SessionExpireTime: request.SessionExpireTime ?? 0,
    SniSwitch: request.SniSwitch ?? 0,
    HealthCheck: request.HealthCheck,
    Certificate: readCertificate(request),
    KeepaliveEnable: request.KeepaliveEnable,
    MaxConn: request.MaxConn,
    MaxCps: request.MaxCps,
    IdleConnectTimeout: request.IdleConnectTimeout,
    DataCompressMode: request.DataCompressMode,
  };
}

function changedSettings(current: ListenerSettings, request: ModifyRequest): ListenerSettings {
  return {
    ListenerName: request.ListenerName ?? current.ListenerName,
    Scheduler: request.Scheduler ?? current.Scheduler,
    SessionExpireTime: request.SessionExpireTime ?? current.SessionExpireTime,
    SniSwitch: request.SniSwitch ?? current.SniSwitch,
    HealthCheck: request.HealthCheck ?? current.HealthCheck,
    Certificate: readCertificate(request) ?? current.Certificate,
    KeepaliveEnable: request.KeepaliveEnable ?? current.KeepaliveEnable,
    MaxConn: request.MaxConn ?? current.MaxConn,
    MaxCps: request.MaxCps ?? current.MaxCps,
    IdleConnectTimeout: request.IdleConnectTimeout ?? current.IdleConnectTimeout,
    DataCompressMode: request.DataCompressMode ?? current.DataCompressMode,
  };
}

/** A listener for encrypted traffic has a certificate, unless each of its domains brings one (SNI). */
function checkCertificate(protocol: string, settings: ListenerSettings): void {
  if (!encrypted.includes(protocol) || settings.SniSwitch === 1 || settings.Certificate) return;
  refuse(
    "MissingParameter",
    `A listener for ${protocol} needs a Certificate, or SniSwitch with one for each domain`,
  );
}

/** What a listener for HTTP or HTTPS leaves to its rules, and what only some protocols have. */
function checkProtocol(
  protocol: string,
  request: Omit<CreateRequest, "LoadBalancerId" | "Ports" | "Protocol">,
): void {
  const forbid = (name: string, isGiven: boolean, allowed: readonly string[]): void => {
    if (!isGiven || allowed.includes(protocol)) return;
    refuse("InvalidParameterValue", `A listener for ${protocol} has no ${name}: ${allowed.join(", ")} have`);
  };
  const byConnection = ["TCP", "UDP", "TCP_SSL", "QUIC"];
  forbid("Scheduler", request.Scheduler !== undefined, byConnection);
  forbid("HealthCheck", request.HealthCheck !== undefined, byConnection);
  forbid("SessionExpireTime", (request.SessionExpireTime ?? 0) !== 0, ["TCP", "UDP"]);
  forbid("SniSwitch", request.SniSwitch === 1, ["HTTPS"]);
  forbid("Certificate", readCertificate(request) !== undefined, encrypted);
}

function describe(context: Context, row: ListenerRow) {
  const { Certificate: certificate, ...settings } = parseJson<ListenerSettings>(row.settings);
  return {
    ListenerId: row.id,
    Protocol: row.protocol,
    Port: row.port,
    ...settings,
    ...(certificate && { Certificate: certificate }),
    Rules: describeRules(context, row),
    CreateTime: formatTime(row.created),
  };
}

export const listeners = {
  CreateListener(context, request) {
    const { database, now } = context;
    const balancer = openForWrite(context, request.LoadBalancerId);
    const protocol = checkWord(request.Protocol, protocols, "Protocol", "InvalidParameterValue");
    const ports = request.Ports;
    if (ports.length === 0) refuse("InvalidParameterValue.Length", "Ports is empty");
    const names = request.ListenerNames;
    if (names && names.length !== ports.length) {
      refuse(
        "InvalidParameterValue.Length",
        `There are ${names.length} ListenerNames for ${ports.length} Ports`,
      );
    }
    checkProtocol(protocol, request);
    const ids = ports.map((port, index) => {
      checkPort(port);
      checkFree(context, balancer.id, protocol, port);
      const settings = settingsOf(request, index);
      checkCertificate(protocol, settings);
      checkSettings(settings, longestSession);
      const id = mintId("lbl");
      database.run(
        "INSERT INTO listeners (id, load_balancer, protocol, port, settings, created) VALUES (?, ?, ?, ?, ?, ?)",
        id,
        balancer.id,
        protocol,
        port,
        JSON.stringify(settings),
        now,
      );
      return id;
    });
    startTask(context, [balancer.id]);
    return { ListenerIds: ids };
  },

  ModifyListener(context, request) {
    const balancer = openForWrite(context, request.LoadBalancerId);
    const listener = findListener(context, balancer, request.ListenerId);
    const currentSettings = parseJson<ListenerSettings>(listener.settings);
    const settings = changedSettings(currentSettings, request);
    checkCertificate(listener.protocol, settings);
    checkSettings(settings, longestSession);
    if (currentSettings.SniSwitch === 1 && settings.SniSwitch !== 1) {
      refuse("InvalidParameterValue", `The listener ${listener.id} has SniSwitch, which stays on`);
    }
    const sql = "UPDATE listeners SET settings = ? WHERE id = ?";
    context.database.run(sql, JSON.stringify(settings), listener.id);
    startTask(context, [balancer.id]);
    return {};
  },

  /** Takes its rules and their bindings with it. */
  DeleteListener(context, request) {
    const balancer = openForWrite(context, request.LoadBalancerId);
    const listener = findListener(context, balancer, request.ListenerId);
    context.database.run("DELETE FROM listeners WHERE id = ?", listener.id);
    startTask(context, [balancer.id]);
    return {};
  },

  DescribeListeners(context, request) {
    const found = listenersOf(context, request).map((row) => describe(context, row));
    return { TotalCount: found.length, Listeners: found };
  },
} satisfies Partial<Handlers<"clb">>;

interface ListenerFilter {
  readonly LoadBalancerId: string;
  readonly ListenerIds?: readonly string[] | undefined;
  readonly Protocol?: string | undefined;
  readonly Port?: number | undefined;
}

export function listenersOf(context: Context, filter: ListenerFilter): ListenerRow[] {
  const balancer = findLoadBalancer(context, filter.LoadBalancerId);
  const ids = filter.ListenerIds && new Set(filter.ListenerIds);
  return context.database
    .all<ListenerRow>("SELECT * FROM listeners WHERE load_balancer = ? ORDER BY rowid", balancer.id)
    .filter(
      (row) =>
        (ids === undefined || ids.size === 0 || ids.has(row.id)) &&
        (filter.Protocol === undefined || row.protocol === filter.Protocol) &&
        (filter.Port === undefined || row.port === filter.Port),
    );
}
