import { Aspects, type IAspect } from "cdktf";
import type { IConstruct } from "constructs";

/**
 * Has the aspects of a stack visit it as cdktf would, and each of them a construct only once, however often an app is prepared:
 * most aspects add something, and adding it twice would fail.
 */
export class AspectVisits {
  private readonly visited = new WeakMap<IConstruct, Set<IAspect>>();

  visit(construct: IConstruct, inherited: readonly IAspect[] = []): void {
    const aspects = [...inherited, ...Aspects.of(construct).all];
    const visited = this.visited.get(construct) ?? new Set();
    if (aspects.length > 0) this.visited.set(construct, visited);
    for (const aspect of aspects) {
      if (visited.has(aspect)) continue;
      visited.add(aspect);
      aspect.visit(construct);
    }
    for (const child of construct.node.children) this.visit(child, aspects);
  }
}
