import type { Request } from "../../api";
import { formatTime, parseJson, refuse } from "../context";
import type { Context, Handlers } from "../context";
import { mintId } from "../ids";
import { readCertificate } from "./listeners";
import type { ListenerSettings } from "./listeners";
import { checkSettings } from "./settings";
import { findListener, findRule } from "./store";
import type { ListenerRow, RuleRow } from "./store";
import { openForWrite, startTask } from "./tasks";

type RuleInput = Request<"clb", "CreateRule">["Rules"][number];
type ModifyRequest = Request<"clb", "ModifyRule">;

interface RuleSettings {
  readonly Scheduler?: string | undefined;
  readonly SessionExpireTime?: number | undefined;
  readonly ForwardType?: string | undefined;
  readonly HealthCheck?: RuleInput["HealthCheck"];
  readonly Certificate?: ReturnType<typeof readCertificate>;
  readonly DefaultServer?: boolean | undefined;
  readonly Http2?: boolean | undefined;
  readonly CookieName?: string | undefined;
  readonly OAuth?: ModifyRequest["OAuth"];
}

/** Protocols whose listeners forward by domain and path. */
const layerSeven: readonly string[] = ["HTTP", "HTTPS", "QUIC"];

const longestDomain = 80;
const longestUrl = 200;
const longestSession = 86_400;

function settingsOf(input: RuleInput): RuleSettings {
  return {
    Scheduler: input.Scheduler ?? "WRR",
    SessionExpireTime: input.SessionExpireTime ?? 0,
    ForwardType: input.ForwardType,
    HealthCheck: input.HealthCheck,
    Certificate: readCertificate(input),
    DefaultServer: input.DefaultServer,
    Http2: input.Http2,
    CookieName: input.CookieName,
  };
}

function changedSettings(current: RuleSettings, request: ModifyRequest): RuleSettings {
  return {
    ...current,
    Scheduler: request.Scheduler ?? current.Scheduler,
    SessionExpireTime: request.SessionExpireTime ?? current.SessionExpireTime,
    ForwardType: request.ForwardType ?? current.ForwardType,
    HealthCheck: request.HealthCheck ?? current.HealthCheck,
    CookieName: request.CookieName ?? current.CookieName,
    OAuth: request.OAuth ?? current.OAuth,
  };
}

function checkUrl(url: string): void {
  if (url.length > longestUrl)
    refuse("InvalidParameterValue.Length", `Url has ${longestUrl} characters at most`);
  // A path, one that has to be the very same after =, or a regular expression after a tilde.
  if (/^=?\/\S*$/.test(url) || isPattern(url)) return;
  refuse("InvalidParameter.FormatError", "Url begins with a slash and has no spaces");
}

/** CLB-RULE: a host name, or a regular expression after a tilde. */
function checkDomain(domain: string, name: string): void {
  if (domain === "" || domain.length > longestDomain) {
    refuse("InvalidParameterValue.Length", `${name} has 1 to ${longestDomain} characters`);
  }
  if (domain.startsWith("~") ? isPattern(domain) : !/[/\s]|:\d*$/.test(domain)) return;
  refuse("InvalidParameter.FormatError", `${name} ${domain} is more than a host name`);
}

function isPattern(text: string): boolean {
  return /^~\*?\s*[^*\s]/.test(text);
}

/** CLB-DUP. */
function checkFree(context: Context, listener: ListenerRow, domain: string, url: string): void {
  const sql = "SELECT id FROM rules WHERE listener = ? AND lower(domain) = lower(?) AND url = ?";
  const other = context.database.get<{ id: string }>(sql, listener.id, domain, url);
  if (!other) return;
  refuse("InvalidParameterValue", `${listener.id} has the rule ${other.id} for ${domain}${url} already`);
}

export function describeRules(context: Context, listener: ListenerRow) {
  return context.database
    .all<RuleRow>("SELECT * FROM rules WHERE listener = ? ORDER BY rowid", listener.id)
    .map((row) => {
      const { Certificate: certificate, ...settings } = parseJson<RuleSettings>(row.settings);
      return {
        LocationId: row.id,
        ListenerId: listener.id,
        Domain: row.domain,
        Url: row.url,
        ...settings,
        ...(certificate && { Certificate: certificate }),
        CreateTime: formatTime(row.created),
      };
    });
}

export const rules = {
  CreateRule(context, request) {
    const { database, now } = context;
    const balancer = openForWrite(context, request.LoadBalancerId);
    const listener = findListener(context, balancer, request.ListenerId);
    if (!layerSeven.includes(listener.protocol)) {
      refuse(
        "InvalidParameter",
        `The listener ${listener.id} is for ${listener.protocol}: only HTTP and HTTPS listeners have rules`,
      );
    }
    if (request.Rules.length === 0) refuse("InvalidParameterValue.Length", "Rules is empty");
    const { SniSwitch: sni } = parseJson<ListenerSettings>(listener.settings);
    const ids = request.Rules.map((input) => {
      const domain = input.Domain ?? input.Domains?.[0] ?? "";
      checkDomain(domain, "Domain");
      checkUrl(input.Url);
      checkFree(context, listener, domain, input.Url);
      const settings = settingsOf(input);
      if (settings.Certificate && sni !== 1) {
        refuse(
          "InvalidParameterValue",
          `The listener ${listener.id} has no SniSwitch: its rules have no Certificate`,
        );
      }
      checkSettings(settings, longestSession);
      if (sni === 1 && !settings.Certificate) {
        refuse(
          "MissingParameter",
          `The listener ${listener.id} has SniSwitch: the domain ${domain} needs a Certificate`,
        );
      }
      const id = mintId("loc");
      database.run(
        "INSERT INTO rules (id, listener, domain, url, settings, created) VALUES (?, ?, ?, ?, ?, ?)",
        id,
        listener.id,
        domain,
        input.Url,
        JSON.stringify(settings),
        now,
      );
      return id;
    });
    startTask(context, [balancer.id]);
    return { LocationIds: ids };
  },

  ModifyRule(context, request) {
    const balancer = openForWrite(context, request.LoadBalancerId);
    const listener = findListener(context, balancer, request.ListenerId);
    const rule = findRule(context, listener, { LocationId: request.LocationId });
    const url = request.Url ?? rule.url;
    if (url !== rule.url) {
      checkUrl(url);
      checkFree(context, listener, rule.domain, url);
    }
    const settings = changedSettings(parseJson<RuleSettings>(rule.settings), request);
    checkSettings(settings, longestSession);
    const sql = "UPDATE rules SET url = ?, settings = ? WHERE id = ?";
    context.database.run(sql, url, JSON.stringify(settings), rule.id);
    startTask(context, [balancer.id]);
    return {};
  },

  /** Settings of all rules of a domain at once: its name, and with SNI its certificate. */
  ModifyDomainAttributes(context, request) {
    const { database } = context;
    const balancer = openForWrite(context, request.LoadBalancerId);
    const listener = findListener(context, balancer, request.ListenerId);
    const sql = "SELECT * FROM rules WHERE listener = ? AND domain = ?";
    const found = database.all<RuleRow>(sql, listener.id, request.Domain);
    if (found.length === 0) {
      refuse(
        "InvalidParameter.LocationNotFound",
        `${listener.id} has no rule for ${request.Domain.slice(0, longestDomain)}`,
      );
    }
    const certificate = readCertificate(request);
    if (certificate && parseJson<ListenerSettings>(listener.settings).SniSwitch !== 1) {
      refuse(
        "InvalidParameterValue",
        `The listener ${listener.id} has no SniSwitch: its domains have no Certificate`,
      );
    }
    const domain = request.NewDomain ?? request.Domain;
    checkDomain(domain, "NewDomain");
    for (const rule of found) {
      if (domain !== rule.domain) checkFree(context, listener, domain, rule.url);
      const current = parseJson<RuleSettings>(rule.settings);
      const settings: RuleSettings = {
        ...current,
        Certificate: certificate ?? current.Certificate,
        Http2: request.Http2 ?? current.Http2,
        DefaultServer: request.DefaultServer ?? current.DefaultServer,
      };
      const update = "UPDATE rules SET domain = ?, settings = ? WHERE id = ?";
      database.run(update, domain, JSON.stringify(settings), rule.id);
    }
    startTask(context, [balancer.id]);
    return {};
  },

  /** By ids, by domain and path, or by domain alone, which takes all of its paths. */
  DeleteRule(context, request) {
    const { database } = context;
    const balancer = openForWrite(context, request.LoadBalancerId);
    const listener = findListener(context, balancer, request.ListenerId);
    const { LocationIds: ids, Domain: domain, Url: url } = request;
    if (ids && ids.length > 0) {
      for (const id of ids) {
        const rule = findRule(context, listener, { LocationId: id });
        database.run("DELETE FROM rules WHERE id = ?", rule.id);
      }
    } else if (domain === undefined) {
      refuse("InvalidParameter", "LocationIds or Domain are needed");
    } else if (url !== undefined) {
      const rule = findRule(context, listener, { Domain: domain, Url: url });
      database.run("DELETE FROM rules WHERE id = ?", rule.id);
    } else if (
      database.run("DELETE FROM rules WHERE listener = ? AND domain = ?", listener.id, domain) === 0
    ) {
      refuse(
        "InvalidParameter.LocationNotFound",
        `${listener.id} has no rule for ${domain.slice(0, longestDomain)}`,
      );
    }
    startTask(context, [balancer.id]);
    return {};
  },
} satisfies Partial<Handlers<"clb">>;
