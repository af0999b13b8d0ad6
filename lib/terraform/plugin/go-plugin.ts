import type { Method, Methods } from "./grpc";

/** A health check's answer: serving. */
const SERVING = Buffer.from([0x08, 1]);

/** What Terraform's library for plugins asks of any plugin, whatever it does. */
export function pluginMethods(shutdown: () => void): Methods {
  return new Map<string, Method | "held">([
    [
      "/plugin.GRPCController/Shutdown",
      (_request, call) => {
        call.whenOver(shutdown);
        return Buffer.alloc(0);
      },
    ],
    // Both carry what this plugin has not got: connections of its own, and what it prints.
    ["/plugin.GRPCBroker/StartStream", "held"],
    ["/plugin.GRPCStdio/StreamStdio", "held"],
    ["/grpc.health.v1.Health/Check", () => SERVING],
  ]);
}
