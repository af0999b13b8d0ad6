import { z } from "zod";

/** Classes of HTTP status codes that a probe may be answered with. */
export const statusClasses = ["1xx", "2xx", "3xx", "4xx", "5xx"] as const;

/** How a load balancer finds out which back-ends can take requests (API HealthCheck). */
export const healthCheckSchema = z.strictObject({
  enabled: z.boolean().optional(),
  protocol: z.enum(["TCP", "HTTP", "HTTPS", "GRPC", "PING"]).optional(),
  timeoutSeconds: z.number().optional(),
  intervalSeconds: z.number().optional(),
  healthyThreshold: z.number().optional(),
  unhealthyThreshold: z.number().optional(),
  port: z.number().optional(),
  path: z.string().optional(),
  domain: z.string().optional(),
  method: z.enum(["HEAD", "GET"]).optional(),
  httpVersion: z.enum(["HTTP/1.0", "HTTP/1.1"]).optional(),
  healthyStatuses: z.array(z.enum(statusClasses)).optional(),
});
/** A health check as a plan has it. */
export type HealthCheckProperties = z.output<typeof healthCheckSchema>;
