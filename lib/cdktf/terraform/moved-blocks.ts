import type { Plan } from "../../model/plan";
import { terraformAddress } from "../../model/terraform";

/** That an object has another address in Terraform now. */
export interface MovedBlock {
  readonly from: string;
  readonly to: string;
}

/**
 * Where resources have been. Terraform takes one earlier address per address, so that several are a chain. No two resources
 * move from the same place, and none from where one is declared: rule MOVED.
 */
export function movedBlocks(plan: Plan): readonly MovedBlock[] {
  return plan.resources.flatMap(({ address, kind, lifecycle }) => {
    if (!lifecycle?.movedFrom) return [];
    let to = terraformAddress(kind, address);
    return lifecycle.movedFrom.map((earlier) => {
      const from = terraformAddress(kind, earlier);
      const block = { from, to };
      to = from;
      return block;
    });
  });
}
