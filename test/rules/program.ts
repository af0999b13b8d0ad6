import {
  PLAN_FORMAT,
  PLAN_VERSION,
  type Plan,
  type PlannedLifecycle,
  type PlannedResource,
} from "../../lib/model/plan";
import { withSnapshot, type RegionSnapshot } from "../../lib/model/account-snapshot";
import type { PackageContents, PackageEntry } from "../../lib/model/package-contents";
import type { Quotas } from "../../lib/model/quotas";
import type { KindName } from "../../lib/model/resources";
import { reference, type Properties, type Value } from "../../lib/model/value";
import { AppModel, type PropertyName } from "../../lib/rules/app-model";
import type { BudgetLimits, PlacedBudget } from "../../lib/rules/budget";
import { evaluate, type Acknowledgement } from "../../lib/rules/evaluate";
import type { Finding, SourceLocation } from "../../lib/rules/finding";

/** What a test says of a resource: every property by its name, with any value a program could hold. */
type Loose<K extends KindName> = { readonly [N in PropertyName<K>]?: Value };

export interface StackOptions {
  readonly region?: string;
  readonly uin?: string;
  readonly accountType?: "standard" | "traditional";
  readonly quotas?: { readonly [N in keyof Quotas]?: unknown };
  /** The file that the provider names. */
  readonly snapshot?: unknown;
  /** What is in the file. */
  readonly account?: Partial<RegionSnapshot>;
}

/** When the snapshots of all tests were taken. */
const SNAPSHOT_TIME = "2026-11-01T08:00:00Z";

/** A package that carries the handler of every resource that says nothing of its code. */
const DEFAULT_PACKAGE = "default-package";

/** A package that holds the start file of every web function that says nothing of its code. */
const DEFAULT_WEB_PACKAGE = "default-web-package";

/** A file of a package as a test gives it. */
export interface TestFile {
  readonly text?: string | Buffer;
  /** Permission bits; a ZIP that this library makes has none. */
  readonly mode?: number;
  readonly executable?: boolean;
  readonly link?: string;
}

/** A program as the rules see it: plans of its stacks and what is in its packages. */
export class Program {
  private readonly stacks: Stack[] = [];
  private readonly packages = new Map<string, PackageContents>();
  private readonly acknowledgements: Acknowledgement[] = [];
  private readonly lines = new Map<string, number>();
  private readonly budgets: PlacedBudget[] = [];

  constructor() {
    this.package(DEFAULT_PACKAGE, ["index.js", "index.py"]);
    this.startPackage(DEFAULT_WEB_PACKAGE, "#!/bin/bash\n/var/lang/node16/bin/node app.js\n");
  }

  stack(name = "shop", options: StackOptions = {}): Stack {
    const stack = new Stack(this, name, options);
    this.stacks.push(stack);
    return stack;
  }

  package(
    hash: string,
    paths: readonly string[],
    sizes: { readonly zipBytes?: number; readonly uncompressedBytes?: number } = {},
  ): string {
    const entries = paths.map((path): PackageEntry => ({ path, bytes: 10, executable: false }));
    this.packages.set(hash, {
      hash,
      entries,
      zipBytes: sizes.zipBytes ?? 1000,
      uncompressedBytes: sizes.uncompressedBytes ?? 2000,
    });
    return hash;
  }

  /** A real package, opened as synthesis opens it. */
  realPackage(made: { readonly hash: string; contents(): PackageContents }): string {
    this.packages.set(made.hash, made.contents());
    return made.hash;
  }

  /** A package whose files have contents. */
  packageOf(
    hash: string,
    files: { readonly [path: string]: TestFile },
    options: { readonly zippedHere?: boolean } = {},
  ): string {
    const contents = new Map(
      Object.entries(files).map(([path, { text = "x" }]) => [path, Buffer.from(text)] as const),
    );
    const entries = Object.entries(files).map(([path, { mode, executable, link }]): PackageEntry => ({
      path,
      bytes: link === undefined ? (contents.get(path)?.byteLength ?? 0) : 0,
      executable: executable ?? (mode !== undefined && (mode & 0o100) !== 0),
      ...(mode === undefined ? {} : { mode }),
      ...(link === undefined ? {} : { link }),
    }));
    this.packages.set(hash, {
      hash,
      entries,
      zipBytes: 1000,
      uncompressedBytes: 2000,
      zippedHere: options.zippedHere ?? entries.every(({ mode }) => mode === undefined),
      contentOf: (path) => contents.get(path),
    });
    return hash;
  }

  /** The package of a web function with this start file. */
  startPackage(hash: string, text: string | Buffer, file: TestFile = { executable: true }): string {
    return this.packageOf(hash, { "app.js": {}, scf_bootstrap: { ...file, text } });
  }

  acknowledge(rule: string, address: string, reason = "known"): void {
    this.acknowledgements.push({ rule, address, reason });
  }

  /** What a team may use below an address. */
  budget(address: string, limits: BudgetLimits): void {
    const covers = (other: string): boolean => other === address || other.startsWith(`${address}/`);
    this.budgets.push({ team: "shop", limits, address, covers, locate: () => undefined });
  }

  /** Lets findings about an address name a line of `shop.ts`. */
  at(address: string, line: number): void {
    this.lines.set(address, line);
  }

  model(): AppModel {
    return new AppModel(
      this.stacks.map((stack) => stack.plan()),
      this.packages,
      new Map(this.stacks.filter(({ counts }) => counts).map(({ name }) => [name, SNAPSHOT_TIME])),
      this.budgets,
    );
  }

  evaluate(): Finding[] {
    return evaluate(this.model(), {
      acknowledgements: this.acknowledgements,
      locate: (address): SourceLocation | undefined => {
        const line = this.lines.get(address);
        return line === undefined ? undefined : { file: "/work/shop.ts", line };
      },
    });
  }
}

type SourceKind =
  | "scf_cos_trigger"
  | "scf_ckafka_trigger"
  | "scf_cls_trigger"
  | "scf_mps_trigger"
  | "scf_cmq_trigger"
  | "scf_api_gateway_trigger";

/** What each kind of trigger needs beside its function, when a test says nothing else. */
const sources: Readonly<Record<SourceKind, (region: string) => { readonly [name: string]: Value }>> = {
  scf_cos_trigger: (region) => ({
    bucket: "uploads-1250000000",
    bucketRegion: region,
    event: "cos:ObjectCreated:*",
    enabled: true,
  }),
  scf_ckafka_trigger: () => ({
    instanceId: "ckafka-a1b2c3d4",
    topic: "orders",
    offset: "latest",
    maxMessages: 100,
    retries: 10_000,
    maxWait: 60,
    enabled: true,
  }),
  scf_cls_trigger: () => ({
    topicId: "0f1e2d3c-0000-4000-8000-000000000001",
    maxWait: 60,
    maxMessages: 100,
  }),
  scf_mps_trigger: () => ({ eventType: "WorkflowTask" }),
  scf_cmq_trigger: () => ({ topic: "orders" }),
  scf_api_gateway_trigger: () => ({
    serviceId: "service-a1b2c3d4",
    path: "/",
    method: "ANY",
    environment: "release",
    protocol: "HTTPS",
    backendTimeout: 15,
    integratedResponse: false,
    authentication: false,
  }),
};

export class Stack {
  private readonly resources: PlannedResource[] = [];

  constructor(
    private readonly program: Program,
    readonly name: string,
    private readonly options: StackOptions,
  ) {}

  /** Whether what is in the account already is known. */
  get counts(): boolean {
    return this.options.account !== undefined;
  }

  get region(): string {
    return this.options.region ?? "ap-guangzhou";
  }

  /** Whether something stands there already. */
  has(id: string): boolean {
    return this.resources.some(({ address }) => address === `${this.name}/${id}`);
  }

  /** Says what may become of a resource. */
  lives(address: string, lifecycle: PlannedLifecycle): void {
    const index = this.resources.findIndex((resource) => resource.address === address);
    this.resources[index] = { ...(this.resources[index] as PlannedResource), lifecycle };
  }

  /** Adds a resource of any kind with exactly these properties; `undefined` leaves a property out. */
  add(kind: KindName, id: string, properties: { readonly [name: string]: Value | undefined }): string {
    const address = `${this.name}/${id}`;
    if (this.resources.some((other) => other.address === address))
      throw new Error(`${address} stands there twice`);
    const given = Object.entries(properties).filter(([, value]) => value !== undefined);
    this.resources.push({
      address,
      kind,
      properties: Object.fromEntries(given) as Properties,
      dependsOn: [],
    });
    return address;
  }

  function(id: string, properties: Loose<"scf_function"> = {}): string {
    return this.add("scf_function", id, {
      namespace: "default",
      functionName: id,
      type: "Event",
      runtime: "Nodejs16.13",
      handler: "index.main_handler",
      code: { asset: DEFAULT_PACKAGE },
      memory: 128,
      timeout: 3,
      initTimeout: 60,
      asyncExecution: false,
      ...properties,
    });
  }

  /** A function that answers requests, from a package with a start file. */
  webFunction(
    id: string,
    properties: { readonly [N in PropertyName<"scf_function">]?: Value | undefined } = {},
  ): string {
    return this.add("scf_function", id, {
      namespace: "default",
      functionName: id,
      type: "HTTP",
      runtime: "Nodejs16.13",
      code: { asset: DEFAULT_WEB_PACKAGE },
      memory: 128,
      timeout: 3,
      initTimeout: 60,
      asyncExecution: false,
      ...properties,
    });
  }

  /** A function that runs a container image. */
  imageFunction(
    id: string,
    properties: { readonly [N in PropertyName<"scf_function">]?: Value | undefined } = {},
  ): string {
    return this.add("scf_function", id, {
      namespace: "default",
      functionName: id,
      type: "Event",
      runtime: "CustomImage",
      code: { image: "ccr.ccs.tencentyun.com/shop/orders:1.0", registry: "personal" },
      memory: 128,
      timeout: 3,
      initTimeout: 90,
      asyncExecution: false,
      ...properties,
    });
  }

  layer(id: string, properties: Loose<"scf_layer"> = {}): string {
    return this.add("scf_layer", id, {
      layerName: id,
      compatibleRuntimes: ["Nodejs16.13"],
      code: { asset: this.program.package(`package-of-${id}`, [`${id}.js`]) },
      ...properties,
    });
  }

  namespace(id: string, properties: Loose<"scf_namespace"> = {}): string {
    return this.add("scf_namespace", id, { name: id, ...properties });
  }

  version(id: string, target: string, properties: Loose<"scf_version"> = {}): string {
    return this.add("scf_version", id, {
      namespace: reference(target, "namespace"),
      functionName: reference(target, "functionName"),
      content: reference(target, "contentHash"),
      ...properties,
    });
  }

  alias(id: string, target: string, properties: Loose<"scf_alias"> = {}): string {
    const routing = properties.routing;
    const name = reference(target, "functionName");
    return this.add("scf_alias", id, {
      namespace: reference(target, "namespace"),
      functionName: name,
      name: id,
      version: "1",
      versionsOf: routing === undefined ? [name] : [name, name],
      ...properties,
    });
  }

  reserve(target: string, properties: Loose<"scf_reserved_concurrency"> = {}, id = ""): string {
    return this.add(
      "scf_reserved_concurrency",
      id === "" ? `${target.slice(this.name.length + 1)}/Reserved` : id,
      {
        namespace: reference(target, "namespace"),
        functionName: reference(target, "functionName"),
        reservedMb: 1280,
        ...properties,
      },
    );
  }

  provision(id: string, target: string, properties: Loose<"scf_provisioned_concurrency"> = {}): string {
    return this.add("scf_provisioned_concurrency", id, {
      namespace: reference(target, "namespace"),
      functionName: reference(target, "functionName"),
      qualifier: "1",
      provisioning: { type: "static", instances: 1 },
      ...properties,
    });
  }

  namespaceQuota(id: string, namespace: Value, totalMb: Value): string {
    return this.add("scf_namespace_concurrency", id, { namespace, totalMb });
  }

  timer(id: string, target: string, properties: Loose<"scf_timer_trigger"> = {}): string {
    return this.add("scf_timer_trigger", id, {
      namespace: reference(target, "namespace"),
      functionName: reference(target, "functionName"),
      qualifier: "$LATEST",
      triggerName: id,
      cron: "0 0 2 * * * *",
      enabled: true,
      ...properties,
    });
  }

  /** A trigger of any kind but timers, on `$LATEST`. */
  trigger<K extends SourceKind>(kind: K, id: string, target: string, properties: Loose<K> = {}): string {
    return this.add(kind, id, {
      namespace: reference(target, "namespace"),
      functionName: reference(target, "functionName"),
      qualifier: "$LATEST",
      ...sources[kind](this.region),
      ...properties,
    });
  }

  cos(id: string, target: string, properties: Loose<"scf_cos_trigger"> = {}): string {
    return this.trigger("scf_cos_trigger", id, target, properties);
  }

  api(id: string, target: string, properties: Loose<"scf_api_gateway_trigger"> = {}): string {
    return this.trigger("scf_api_gateway_trigger", id, target, properties);
  }

  asyncInvocation(id: string, target: string, properties: Loose<"scf_async_invocation"> = {}): string {
    return this.add("scf_async_invocation", id, {
      namespace: reference(target, "namespace"),
      functionName: reference(target, "functionName"),
      retryAttempts: 1,
      maximumEventAge: 3600,
      ...properties,
    });
  }

  testEvent(id: string, target: string, properties: Loose<"scf_test_event"> = {}): string {
    return this.add("scf_test_event", id, {
      name: id,
      event: "{}",
      namespace: reference(target, "namespace"),
      functionName: reference(target, "functionName"),
      ...properties,
    });
  }

  policy(id: string, statement: Value, properties: Loose<"cam_policy"> = {}): string {
    return this.add("cam_policy", id, {
      policyName: id.replaceAll("/", "-"),
      version: "2.0",
      statement,
      ...properties,
    });
  }

  role(id: string, properties: Loose<"cam_role"> = {}): string {
    return this.add("cam_role", id, { roleName: id, trustedServices: ["scf.qcloud.com"], ...properties });
  }

  listener(id: string, properties: Loose<"clb_listener"> = {}): string {
    return this.add("clb_listener", id, {
      loadBalancerId: "lb-1",
      loadBalancer: { region: this.region },
      name: id,
      protocol: "HTTP",
      port: 80,
      ...properties,
    });
  }

  rule(id: string, listener: string, properties: Loose<"clb_rule"> = {}): string {
    return this.add("clb_rule", id, {
      loadBalancerId: reference(listener, "loadBalancerId"),
      listenerId: reference(listener, "listenerId"),
      domain: "www.example.com",
      path: `/${id}`,
      ...properties,
    });
  }

  binding(id: string, rule: string, target: string, properties: Loose<"clb_function_binding"> = {}): string {
    return this.add("clb_function_binding", id, {
      loadBalancerId: reference(rule, "loadBalancerId"),
      listenerId: reference(rule, "listenerId"),
      locationId: reference(rule, "locationId"),
      namespace: reference(target, "namespace"),
      functionName: reference(target, "functionName"),
      qualifier: "$LATEST",
      qualifierType: "version",
      weight: 10,
      ...properties,
    });
  }

  plan(): Plan {
    const { account, snapshot } = this.options;
    const entry: RegionSnapshot | undefined = account && {
      region: this.region,
      takenAt: SNAPSHOT_TIME,
      quotas: {},
      triggersOfType: {},
      namespaces: { default: { functions: [] } },
      layers: {},
      ...account,
    };
    const plan: Plan = {
      format: PLAN_FORMAT,
      formatVersion: PLAN_VERSION,
      stack: this.name,
      validated: true,
      provider: {
        region: this.region,
        account: {
          type: this.options.accountType ?? "standard",
          ...(this.options.uin === undefined ? {} : { uin: this.options.uin }),
          ...(snapshot === undefined ? {} : { snapshot: snapshot as string }),
        },
        platform: { type: "tencentcloud" },
        quotas: (this.options.quotas ?? {}) as Partial<Quotas>,
      },
      resources: [...this.resources].sort((left, right) => (left.address < right.address ? -1 : 1)),
      assets: [],
      outputs: {},
      dependsOnStacks: [],
    };
    return entry ? withSnapshot(plan, entry) : plan;
  }
}
