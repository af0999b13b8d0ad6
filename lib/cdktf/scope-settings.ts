import type { IConstruct } from "constructs";

/** What was said of scopes, for all that is made below them later. Free as long as nothing was said of any. */
export class ScopeSettings<T> {
  private readonly byScope = new WeakMap<IConstruct, readonly T[]>();
  private isUsed = false;

  add(scope: IConstruct, setting: T): void {
    this.isUsed = true;
    this.byScope.set(scope, [setting, ...(this.byScope.get(scope) ?? [])]);
  }

  /** Those that hold for a construct: of the nearest scope first, and of one scope the latest first. */
  for(construct: IConstruct): readonly T[] {
    return this.isUsed ? this.byScopeFor(construct).flat() : none;
  }

  /** The same, scope by scope. */
  byScopeFor(construct: IConstruct): readonly (readonly T[])[] {
    const found: (readonly T[])[] = [];
    for (let scope: IConstruct | undefined = construct; scope; scope = scope.node.scope) {
      const own = this.byScope.get(scope);
      if (own) found.push(own);
    }
    return found;
  }
}

const none: readonly never[] = [];
