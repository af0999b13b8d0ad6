import { parseJson, refuse } from "../context";
import type { Context } from "../context";
import type { Configuration } from "./configuration";

/** NET-EIP and QTA-EIP: functions without VPC share an address, and so do those of one subnet. */
export function checkEgressAddresses(context: Context, fn: number | undefined, after: Configuration): void {
  if (!hasFixedAddress(after)) return;
  const { database, region, settings } = context;
  const others = database.all<{ configuration: string }>(
    `SELECT configuration FROM versions
     WHERE region = ? AND number = 0 AND function IS NOT ?
       AND json_extract(configuration, '$.PublicNetConfig.EipConfig.EipStatus') = 'ENABLE'`,
    region,
    fn ?? null,
  );
  const networks = new Set(others.map((row) => egressNetwork(parseJson<Configuration>(row.configuration))));
  networks.add(egressNetwork(after));
  const quota = settings.quotas.egressIps;
  if (networks.size <= quota) return;
  refuse(
    "LimitExceeded.Eip",
    `Functions in ${region} would have ${networks.size} fixed addresses; the quota is ${quota}`,
  );
}

function hasFixedAddress({ PublicNetConfig: { EipConfig: fixed } }: Configuration): boolean {
  return fixed?.EipStatus === "ENABLE";
}

function egressNetwork({ VpcConfig: { VpcId = "", SubnetId = "" } }: Configuration): string {
  return `${VpcId}/${SubnetId}`;
}
