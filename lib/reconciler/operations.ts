import { create } from "./create";
import { deleteObject } from "./delete";
import { Executor, NOTHING_DONE, type ExecutorOptions, type Outcome } from "./executor";
import type { OperationNode } from "./operation-graph";
import { replace } from "./replace";
import type { Slots } from "./slots";
import { update } from "./update";

/** Carries out the steps of a run, each by the operation of its change. */
export class Operations {
  private readonly executor: Executor;

  /** @param adopted addresses whose interrupted create has left an object: it is recorded, and finished like an update */
  constructor(
    private readonly options: ExecutorOptions,
    private readonly adopted: ReadonlySet<string>,
  ) {
    this.executor = new Executor(options);
  }

  /** Keys of platform objects that the step writes to. */
  exclusive({ address, step }: OperationNode): readonly string[] {
    const { fold, session } = this.executor;
    const keys = new Set<string>();
    const recorded = fold.resources.get(address) ?? fold.leftovers.get(address);
    if (recorded) {
      const kind = session.kind(recorded.kind, address);
      for (const key of kind.exclusive(recorded.properties as never)) keys.add(key);
    }
    const resource = this.options.resources.get(address);
    if (resource && step === "write") {
      const { clear } = this.executor.wantedOf(address);
      for (const key of resource.kind.exclusive(clear as never)) keys.add(key);
    }
    return [...keys];
  }

  /**
   * @param started called when it begins to work
   * @throws Stopped when the run was stopped before that
   */
  async run({ change, step, address }: OperationNode, slots: Slots, started: () => void): Promise<Outcome> {
    const { executor } = this;
    if (!change) return NOTHING_DONE;
    const start = { change, slots, started };
    if (step === "delete") return deleteObject(executor, address, start);
    if (step === "clean-up") {
      const superseded = executor.superseded.get(address);
      return superseded === undefined ? NOTHING_DONE : deleteObject(executor, superseded, start);
    }
    const target = executor.target(start);
    switch (change.operation) {
      case "create":
        return this.adopted.has(address) ? update(executor, target) : create(executor, target, "alone");
      case "update":
        return executor.fold.resources.has(address)
          ? update(executor, target)
          : create(executor, target, "alone");
      default:
        return replace(executor, target);
    }
  }
}
