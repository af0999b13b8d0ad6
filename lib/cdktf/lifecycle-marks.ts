import type { Construct } from "constructs";
import type { PlannedLifecycle } from "../model/plan";
import { addressOf } from "./address";

/** What was said of one construct. */
export interface LifecycleMark {
  readonly construct: Construct;
  protect: boolean;
  retain: boolean;
  /** Addresses that the construct had before, the latest first. */
  readonly movedFrom: string[];
}

/** What a stack's program says of the lives of its constructs, by address: it holds there and below. */
export class LifecycleMarks {
  private readonly marks = new Map<string, LifecycleMark>();

  at(construct: Construct): LifecycleMark {
    const address = addressOf(construct);
    const known = this.marks.get(address);
    if (known) return known;
    const mark: LifecycleMark = { construct, protect: false, retain: false, movedFrom: [] };
    this.marks.set(address, mark);
    return mark;
  }

  /** What holds for a resource; undefined when nothing was said. */
  of(address: string): PlannedLifecycle | undefined {
    if (this.marks.size === 0) return undefined;
    let protect = false;
    let retain = false;
    // A construct may have moved inside of one that has moved as well.
    const addresses = [address];
    for (const scope of scopesOf(address)) {
      const mark = this.marks.get(scope);
      if (!mark) continue;
      protect ||= mark.protect;
      retain ||= mark.retain;
      for (const known of [...addresses]) {
        if (!isBelow(known, scope)) continue;
        for (const from of mark.movedFrom) addresses.push(from + known.slice(scope.length));
      }
    }
    const movedFrom = [...new Set(addresses)].slice(1);
    if (!protect && !retain && movedFrom.length === 0) return undefined;
    return {
      ...(movedFrom.length > 0 ? { movedFrom } : {}),
      ...(protect ? { protect } : {}),
      ...(retain ? { retain } : {}),
    };
  }

  /** Marks that no resource stands at or below. */
  without(addresses: readonly string[]): LifecycleMark[] {
    if (this.marks.size === 0) return [];
    const used = new Set(addresses.flatMap(scopesOf));
    return [...this.marks].flatMap(([address, mark]) => (used.has(address) ? [] : [mark]));
  }
}

/** An address and those of everything that it stands in, from the inside out. */
function scopesOf(address: string): string[] {
  const scopes: string[] = [];
  for (let end = address.length; end > 0; end = address.lastIndexOf("/", end - 1)) {
    scopes.push(address.slice(0, end));
  }
  return scopes;
}

function isBelow(address: string, scope: string): boolean {
  return address === scope || address.startsWith(`${scope}/`);
}
