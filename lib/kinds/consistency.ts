/**
 * How long after an accepted write a read may still not show it, in milliseconds, by service. The platform gives no figures:
 * those of access management are the pauses that its official Terraform provider makes after creating policies and roles, the
 * others are beliefs. A load balancer's write shows when its task has ended, which may be a while after an answer was lost.
 */
export const consistency = {
  functions: 3_000,
  accessManagement: 10_000,
  loadBalancers: 10_000,
  monitoring: 3_000,
} as const;
