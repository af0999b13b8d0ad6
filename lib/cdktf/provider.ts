import * as path from "node:path";
import { TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import type { PlannedProvider, PlatformChoice } from "../model/plan";
import type { Quotas } from "../model/quotas";
import { ScfError } from "../model/error";
import { kindOf } from "../model/misfit";
import type { TerraformMode } from "../model/terraform";
import { eachSymbolic, type Value } from "../model/value";
import type { SourceLocation } from "../rules/finding";
import type { ProviderElement } from "./account-facts";
import { Defaults } from "./defaults";
import { toPlanValue } from "./plan-values";
import { callingFrame, locationOf } from "./source-location";
import { StackSynthesis } from "./stack-synthesis";
import { terraformSynthesis } from "./terraform";

/** What is known of the account that a stack deploys to, for the rules that count. */
export interface AccountProps {
  /**
   * Account id of the owner, as it stands in resource names (`uin/<uin>`).
   * @default the account that deploys
   */
  readonly uin?: string;
  /**
   * Kind of account for network products. Traditional accounts cannot bind functions to load balancers (CLB-ACCT).
   * @default "standard"
   */
  readonly type?: "standard" | "traditional";
  /**
   * File with what the account reports of its quotas and of what it holds already, relative to the folder of cdktf.json.
   * `cdktf-scf quota --save` writes it. Rules then count what exists and this program does not declare, and take the
   * account's quotas instead of the documents' (QTA-SNAP). What one stack names holds for all of its account and region.
   * @default the documents' quotas, of which only this program uses anything
   */
  readonly snapshot?: string;
}

/** Which local platform is meant. */
export interface LocalPlatformProps {
  /**
   * Database file, relative to the folder of cdktf.json.
   * @default ".cdktf-scf/local.db"
   */
  readonly path?: string;
  /**
   * How long functions take to become Active and load balancer tasks to end, in milliseconds.
   * @default 0
   */
  readonly delayMs?: number;
}

/** Which platform is meant, where it is not the cloud at its own addresses. */
export interface TencentCloudProps {
  /**
   * Another endpoint than the cloud's own, for example that of a running local platform: `http://127.0.0.1:9750`.
   * @default the cloud's own endpoints
   */
  readonly endpoint?: string;
}

/** Where a stack is deployed. */
export class Platform {
  /**
   * The real cloud. When deploying, credentials come from TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY, and
   * TENCENTCLOUD_SECURITY_TOKEN for temporary ones, or from the section `default` of ~/.tencentcloud/credentials.
   */
  static tencentCloud(props: TencentCloudProps = {}): Platform {
    return new Platform({ type: "tencentcloud", ...(props.endpoint ? { endpoint: props.endpoint } : {}) });
  }

  /** The platform that ships in this package: same calls, same limits, one file, no account. */
  static local(props: LocalPlatformProps = {}): Platform {
    return new Platform({
      type: "local",
      path: props.path ?? ".cdktf-scf/local.db",
      delayMs: props.delayMs ?? 0,
    });
  }

  private constructor(
    /** As it stands in the plan. */
    readonly choice: PlatformChoice,
  ) {}
}

/** Where a stack is deployed to, and how. */
export interface ScfProviderProps {
  /** Region of everything in the stack. */
  readonly region: string;
  /**
   * The account that owns the resources.
   * @default a standard account, the one that deploys
   */
  readonly account?: AccountProps;
  /**
   * Where to deploy.
   * @default Platform.tencentCloud()
   */
  readonly platform?: Platform;
  /**
   * Quotas that this account has had raised in this region, in whole numbers (QTA-VALUE). They win over those of a
   * snapshot, and hold for all stacks of the account and region (QTA-SAME).
   * @default what the account's snapshot says, otherwise the documents' defaults
   */
  readonly quotas?: Partial<Quotas>;
  /**
   * What does the work under `cdktf deploy`. `"provider"`: each resource is one of Terraform's, by the provider in this
   * package. `"reconciler"`: Terraform runs the bundled reconciler on the plan, from one `null_resource`; for large stacks,
   * and where only providers of a registry are allowed. `cdktf-scf deploy` works without Terraform either way.
   * @default "provider"
   */
  readonly terraform?: TerraformMode;
}

/** Region, account and platform of a stack. Every stack with functions has one. */
export class ScfProvider extends Construct implements ProviderElement {
  /** Region of everything in the stack. */
  readonly region: string;
  /** Account id of the owner, empty when the account that deploys owns everything. */
  readonly uin: string;
  /** @internal */
  readonly terraformMode: TerraformMode;
  /** What a program leaves out of its props may come from `Defaults`. */
  static readonly takesDefaults = true;

  private readonly props: ScfProviderProps;
  private readonly frame: NodeJS.CallSite | undefined;

  /**
   * @throws ScfError `PROVIDER_TWICE` when the stack has one already, `PROVIDER_REGION` when it is given no region
   */
  constructor(scope: Construct, id: string, given: ScfProviderProps) {
    super(scope, id);
    checkRegion(this, given);
    const props = Defaults.complete(this, given);
    this.props = props;
    this.region = props.region;
    this.uin = props.account?.uin ?? "";
    this.frame = callingFrame(ScfProvider);
    this.terraformMode = props.terraform ?? "provider";
    const stack = TerraformStack.of(this);
    const synthesis = StackSynthesis.of(stack);
    synthesis.setProvider(this);
    synthesis.terraform = terraformSynthesis(this.terraformMode, stack);
  }

  /** @internal */
  get describesAccount(): boolean {
    return this.props.quotas !== undefined || this.props.account?.snapshot !== undefined;
  }

  /** @internal */
  locate(): SourceLocation | undefined {
    return locationOf(this.frame);
  }

  /**
   * @throws ScfError `PROVIDER_TOKEN` when a value of it is not known at synthesis
   * @internal
   */
  plannedProvider(): PlannedProvider {
    const planned = toPlanValue(this.settings(), this) as Value;
    eachSymbolic(planned, (_, path) => {
      throw new ScfError(
        "PROVIDER_TOKEN",
        `${this.node.path}: \`${path.join(".")}\` is a value that is not known yet, and what is planned depends on it.`,
        { fix: "Give it as a literal, or read it from the environment or the context of the program." },
      );
    });
    return planned as unknown as PlannedProvider;
  }

  private settings(): PlannedProvider {
    const snapshot = this.props.account?.snapshot;
    return {
      region: this.region,
      account: {
        ...(this.uin === "" ? {} : { uin: this.uin }),
        type: this.props.account?.type ?? "standard",
        ...(snapshot === undefined ? {} : { snapshot: relativePath(snapshot) }),
      },
      platform: (this.props.platform ?? Platform.tencentCloud()).choice,
      quotas: this.props.quotas ?? {},
    };
  }
}

/** Nothing of a stack can be planned without its region. */
function checkRegion(provider: Construct, props: unknown): void {
  const region = (props as Partial<ScfProviderProps> | null | undefined)?.region as unknown;
  if ((typeof region === "string" && region !== "") || Token.isUnresolved(region)) return;
  const none = region === undefined || region === null || region === "";
  throw new ScfError(
    "PROVIDER_REGION",
    none
      ? `${provider.node.path} has no region.`
      : `${provider.node.path}: \`region\` must be the name of a region, but is ${kindOf(region)}.`,
    { fix: 'Give one: { region: Region.GUANGZHOU }, or its name as text, "ap-guangzhou".' },
  );
}

/** The same on every machine: relative, with forward slashes. */
function relativePath(file: string): string {
  return typeof file === "string" && path.isAbsolute(file)
    ? path.relative(process.cwd(), file).split(path.sep).join("/")
    : file;
}

/** The provider of the stack that a construct is in, when it has been declared already. */
export function providerOf(construct: Construct): ScfProvider | undefined {
  return StackSynthesis.of(TerraformStack.of(construct)).currentProvider() as ScfProvider | undefined;
}
