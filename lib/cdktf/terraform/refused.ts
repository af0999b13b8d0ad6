const reasons = {
  broken:
    "breaks rules of the platform, so nothing is planned: the last synthesis said which. Correct it and",
  unvalidated: "was synthesized without validation, so nothing is planned. Do not skip validation, and",
};

/**
 * What Terraform reads of a stack that must not be deployed. Without it Terraform would take what an earlier synthesis has left
 * of cdktf's own file for the whole stack, and destroy every resource of ours.
 */
export function refusedConfiguration(stack: string, reason: keyof typeof reasons): string {
  const name = "cdktf_scf";
  const sentence = `The program of stack ${stack} ${reasons[reason]} synthesize again.`;
  const validation = { condition: `\${var.${name} == ""}`, error_message: sentence };
  return `${JSON.stringify({ variable: { [name]: { default: "refused", validation } } }, undefined, 2)}\n`;
}
