import * as fs from "node:fs";
import * as path from "node:path";
import {
  Annotations,
  type IResolvable,
  type IStackSynthesizer,
  type ISynthesisSession,
  type TerraformStack,
} from "cdktf";
import { type Construct, Dependable, type IConstruct, type IValidation } from "constructs";
import { describePackage, stagePackage, type CodePackage } from "../assets";
import { ScfError } from "../model/error";
import {
  FINDINGS_FILE,
  PLAN_FILE,
  PLAN_FORMAT,
  PLAN_VERSION,
  planChunks,
  type Plan,
  type PlannedAsset,
  type PlannedOutput,
  type PlannedProvider,
} from "../model/plan";
import { withSnapshot, type RegionSnapshot } from "../model/account-snapshot";
import { stackOf } from "../model/stack-of";
import { TERRAFORM_FILE } from "../model/terraform";
import { eachReference, type Value } from "../model/value";
import type { Acknowledgement } from "../rules/acknowledgement";
import { accountFacts, type ProviderElement } from "./account-facts";
import { AppSynthesis } from "./app-synthesis";
import { checkEngine, ENGINE } from "./engine";
import { LifecycleMarks, type LifecycleMark } from "./lifecycle-marks";
import type { OutputElement } from "./output";
import { plainSubtrees, shownOrNot, withoutChildren } from "./plain-subtrees";
import { whilePreparing } from "./plan-values";
import { refusedConfiguration, type TerraformSynthesis } from "./terraform";
import { writeChunks } from "./write-file";
import { ResourceElement } from "./resource-element";

const STACK_SYNTHESIS = Symbol.for("cdktf-scf/stack-synthesis");

/** Collects what a stack declares and writes its plan after cdktf has written its part. One per stack. */
export class StackSynthesis {
  private readonly engine = ENGINE;
  private readonly resources: ResourceElement[] = [];
  /** Made when it is first needed: only values that go between stacks need it. */
  private elementsByAddress: ReadonlyMap<string, ResourceElement> = new Map();
  private readonly outputs: OutputElement[] = [];
  private readonly packages = new Map<string, CodePackage>();
  readonly acknowledgements: Acknowledgement[] = [];
  readonly lifecycles = new LifecycleMarks();
  private readonly validation: IValidation = { validate: () => this.app.check(this) };
  /** What Terraform is told of the stack's resources; absent as long as the stack has no provider. */
  terraform: TerraformSynthesis | undefined;
  private provider: (Construct & ProviderElement) | undefined;
  private snapshotInUse: RegionSnapshot | undefined;
  private readonly toldOf = new Set<IConstruct>();

  private constructor(
    readonly stack: TerraformStack,
    readonly app: AppSynthesis,
  ) {}

  /**
   * The stack's collector; the first call hooks it into cdktf's synthesis.
   *
   * @throws ScfError `ENGINE_MIXED` when the stack is not one of the engine that these constructs are for
   */
  static of(stack: TerraformStack): StackSynthesis {
    const holder = stack as { [STACK_SYNTHESIS]?: StackSynthesis };
    const existing = holder[STACK_SYNTHESIS];
    if (existing?.engine !== ENGINE) checkEngine(stack);
    if (existing) return existing;
    const app = AppSynthesis.of(stack);
    const created = new StackSynthesis(stack, app);
    Object.defineProperty(stack, STACK_SYNTHESIS, { value: created });
    app.stacks.push(created);
    // Validation is what stops synthesis; it runs after this stack's aspects and before anything is written.
    stack.node.addValidation(created.validation);
    stack.synthesizer = new PlanSynthesizer(stack.synthesizer, created);
    const prepareStack = stack.prepareStack.bind(stack);
    stack.prepareStack = () => {
      prepareStack();
      created.prepareReferences();
    };
    return created;
  }

  get name(): string {
    return this.stack.node.id;
  }

  currentProvider(): (Construct & ProviderElement) | undefined {
    return this.provider;
  }

  addResource(element: ResourceElement): void {
    this.resources.push(element);
  }

  elementAt(address: string): ResourceElement | undefined {
    if (this.elementsByAddress.size !== this.resources.length) {
      this.elementsByAddress = new Map(this.resources.map((element) => [element.address, element]));
    }
    return this.elementsByAddress.get(address);
  }

  addOutput(element: OutputElement): void {
    this.outputs.push(element);
  }

  addPackage(codePackage: CodePackage): void {
    this.packages.set(codePackage.hash, codePackage);
  }

  /** What the plan that was made last took of a snapshot. */
  get snapshot(): RegionSnapshot | undefined {
    return this.snapshotInUse;
  }

  setProvider(provider: Construct & ProviderElement): void {
    if (this.provider) {
      throw new ScfError(
        "PROVIDER_TWICE",
        `Stack ${this.name} has two ScfProvider constructs, ${this.provider.node.path} and ${provider.node.path}: it deploys to one region and account.`,
        { fix: "Keep one of them, or move the other into a stack of its own." },
      );
    }
    this.provider = provider;
  }

  /**
   * How Terraform's configuration names a property or attribute of a resource of this stack.
   *
   * @param consumer the construct whose configuration asks for it
   */
  expression(element: ResourceElement, name: string, consumer: IConstruct): string | IResolvable {
    const { terraform } = this;
    if (terraform) return terraform.expression(element.schema.kind, element.address, name, consumer);
    throw this.providerMissing();
  }

  usedPackages(): readonly CodePackage[] {
    return [...this.packages.values()];
  }

  /** Puts the packages beside the plan; sorted by hash. */
  stagePackages(outputDirectory: string): PlannedAsset[] {
    const directory = path.join(outputDirectory, "stacks", this.name);
    return this.usedPackages()
      .map((codePackage) => stagePackage(codePackage, outputDirectory, directory))
      .sort((left, right) => (left.hash < right.hash ? -1 : 1));
  }

  /** The packages as they would be staged; sorted by hash. */
  packagesInMemory(): PlannedAsset[] {
    const directory = path.posix.join("stacks", this.name);
    return this.usedPackages()
      .map((codePackage) => describePackage(codePackage, directory))
      .sort((left, right) => (left.hash < right.hash ? -1 : 1));
  }

  /** @throws ScfError `PACKAGE_UNKNOWN` when no construct of this stack uses a package with this content hash */
  zipOf(hash: string): Uint8Array {
    const codePackage = this.packages.get(hash);
    if (codePackage) return codePackage.zip();
    throw new ScfError("PACKAGE_UNKNOWN", `Stack ${this.name} uses no package with the hash ${hash}.`, {
      fix: "Take the hash from the plan that was prepared last.",
    });
  }

  elements(): readonly ResourceElement[] {
    return this.resources;
  }

  /** The plan as it is now, not validated. Packages are named in it and not staged yet. */
  plan(): Plan {
    const dependencies = this.explicitDependencies();
    const resources = this.resources
      .map((element) =>
        element.plan(dependencies.get(element.address) ?? none, this.lifecycles.of(element.address)),
      )
      .sort((left, right) => (left.address < right.address ? -1 : left.address > right.address ? 1 : 0));
    this.warnOfEmptyLifecycles();
    const outputs: Record<string, PlannedOutput> = {};
    for (const output of this.outputs) {
      const name = output.node.id;
      if (Object.hasOwn(outputs, name)) {
        throw new ScfError("OUTPUT_TWICE", `Stack ${this.name} has two outputs named ${name}.`, {
          fix: "Give each Output of a stack an id of its own.",
        });
      }
      outputs[name] = output.plan();
    }
    const others = new Set(this.stack.dependencies.filter(hasPlan).map((stack) => stack.node.id));
    const ownAddresses = `${this.name}/`;
    const note = (address: string): void => {
      if (!address.startsWith(ownAddresses)) others.add(stackOf(address));
    };
    for (const { properties, dependsOn } of resources) {
      eachReference(properties, ({ $ref }) => note($ref.address));
      for (const address of dependsOn) note(address);
    }
    for (const { value } of Object.values(outputs)) eachReference(value, ({ $ref }) => note($ref.address));
    const own = this.plannedProvider();
    const facts = accountFacts(
      own,
      this.app.stacks.map((stack) => stack.provider),
    );
    this.snapshotInUse = facts.snapshot;
    const plan: Plan = {
      format: PLAN_FORMAT,
      formatVersion: PLAN_VERSION,
      stack: this.name,
      validated: false,
      provider: { ...own, quotas: facts.quotas },
      resources,
      assets: [],
      outputs,
      dependsOnStacks: [...others].sort(),
    };
    return facts.snapshot ? withSnapshot(plan, facts.snapshot) : plan;
  }

  /**
   * Has cdktf make what values need that go from one stack to another: it takes them before it writes the first stack only.
   */
  private prepareReferences(): void {
    if (!this.app.hasOtherStacks(this.stack)) return;
    const ownAddresses = `${this.name}/`;
    const prepare = (value: Value): void =>
      eachReference(value, (reference) => {
        if (!reference.$ref.address.startsWith(ownAddresses)) this.terraform?.prepare?.(reference);
      });
    try {
      whilePreparing(() => {
        for (const element of this.resources) prepare(element.plan(none).properties);
        for (const output of this.outputs) prepare(output.plan().value);
      });
    } catch {
      // What is wrong in a program is told when the stack is checked, its aspects having had their turn.
    }
  }

  /** Has cdktf deploy the stacks first that this one refers to. */
  orderStacks({ dependsOnStacks }: Plan): void {
    for (const name of dependsOnStacks) {
      const other = this.app.stackOf(name)?.stack;
      if (other && !other.dependsOn(this.stack)) this.stack.addDependency(other);
    }
  }

  /** Whoever protects what this library does not manage should not believe that it is safe. */
  private warnOfEmptyLifecycles(): void {
    for (const { construct } of this.emptyLifecycles()) {
      if (this.toldOf.has(construct)) continue;
      this.toldOf.add(construct);
      Annotations.of(construct).addWarning(
        "Lifecycle.of() was called for it, and no resource of cdktf-scf is declared here or below: it has no effect.",
      );
    }
  }

  private emptyLifecycles(): readonly LifecycleMark[] {
    const empty = this.lifecycles.without(this.resources.map(({ address }) => address));
    return empty.filter(({ construct }) => construct !== this.stack);
  }

  private plannedProvider(): PlannedProvider {
    if (!this.provider) throw this.providerMissing();
    return this.provider.plannedProvider();
  }

  private providerMissing(): ScfError {
    return new ScfError(
      "PROVIDER_MISSING",
      `Stack ${this.name} declares ${this.resources[0]?.address ?? "resources"} and has no ScfProvider, so nobody knows the region.`,
      { fix: `Add \`new ScfProvider(this, "scf", { region: Region.GUANGZHOU })\` to the stack.` },
    );
  }

  /** Has cdktf do its part, with as little of the tree as it needs to see. */
  synthesizeWith(work: () => void): void {
    // A warning that cdktf has to find is still to be put into the tree.
    const isWarned = this.emptyLifecycles().length > 0;
    withoutChildren(this.stack, isWarned ? new Set() : plainSubtrees(this.stack, this.validation), work);
  }

  /** `node.addDependency` between constructs, as addresses. */
  private explicitDependencies(): ReadonlyMap<string, readonly string[]> {
    const result = new Map<string, Set<string>>();
    for (const construct of shownOrNot(this.stack)) {
      const targets = construct.node.dependencies.flatMap((dependency) =>
        Dependable.of(dependency).dependencyRoots.flatMap((root) => addressesBelow(root)),
      );
      if (targets.length === 0) continue;
      for (const source of addressesBelow(construct)) {
        const known = result.get(source) ?? new Set<string>();
        for (const target of targets) if (target !== source) known.add(target);
        result.set(source, known);
      }
    }
    return new Map([...result].map(([address, targets]) => [address, [...targets].sort()]));
  }
}

const none: readonly string[] = [];

function hasPlan(stack: TerraformStack): boolean {
  return STACK_SYNTHESIS in stack;
}

function addressesBelow(root: IConstruct): string[] {
  return shownOrNot(root).flatMap((construct) => ResourceElement.of(construct)?.address ?? []);
}

/** Lets cdktf write its part, then writes the plan beside it. */
class PlanSynthesizer implements IStackSynthesizer {
  constructor(
    private readonly inner: IStackSynthesizer,
    private readonly synthesis: StackSynthesis,
  ) {}

  synthesize(session: ISynthesisSession): void {
    this.synthesis.synthesizeWith(() => this.inner.synthesize(session));
    const directory = path.join(session.outdir, "stacks", this.synthesis.name);
    const assets = this.synthesis.stagePackages(session.outdir);
    const checked = session.skipValidation ? undefined : this.synthesis.app.checkedPlan(this.synthesis);
    const plan: Plan = { ...(checked ?? this.synthesis.plan()), assets, validated: checked !== undefined };
    writeChunks(path.join(directory, PLAN_FILE), planChunks(plan));
    if (!checked) {
      const refused = refusedConfiguration(plan.stack, "unvalidated");
      fs.writeFileSync(path.join(directory, TERRAFORM_FILE), refused);
    } else {
      this.synthesis.terraform?.write(plan, directory);
      fs.writeFileSync(path.join(directory, FINDINGS_FILE), this.synthesis.app.report(this.synthesis.name));
    }
  }
}
