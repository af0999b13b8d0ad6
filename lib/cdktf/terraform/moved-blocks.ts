import { byAddress, type Plan } from "../../model/plan";
import { terraformAddress } from "../../model/terraform";

/** That an object has another address in Terraform now. */
export interface MovedBlock {
  readonly from: string;
  readonly to: string;
}

/**
 * Where resources have been. Terraform takes one earlier address per resource, so that several are a chain. What is declared
 * again at an earlier address stays there.
 */
export function movedBlocks(plan: Plan): readonly MovedBlock[] {
  const declared = byAddress(plan);
  const taken = new Set<string>();
  return plan.resources.flatMap(({ address, kind, lifecycle }) => {
    if (!lifecycle?.movedFrom) return [];
    const blocks: MovedBlock[] = [];
    let to = terraformAddress(kind, address);
    for (const earlier of lifecycle.movedFrom) {
      const from = terraformAddress(kind, earlier);
      if (declared.has(earlier) || taken.has(from)) continue;
      taken.add(from);
      blocks.push({ from, to });
      to = from;
    }
    return blocks;
  });
}
