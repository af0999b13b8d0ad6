import type { TerraformStack } from "cdktf";
import { terraformAddress, terraformAttribute } from "../../model/terraform";
import type { Plan } from "../../model/plan";
import type { TerraformSynthesis } from "./synthesis";

/** Each resource is one of Terraform's, by the provider in this package. */
export class ProviderMode implements TerraformSynthesis {
  constructor(private readonly stack: TerraformStack) {}

  expression(kind: string, address: string, name: string): string {
    return `\${${terraformAddress(kind, address)}.${terraformAttribute(name)}}`;
  }

  write(_plan: Plan, _directory: string): void {
    void this.stack;
  }
}
