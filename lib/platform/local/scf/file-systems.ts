import { refuse } from "../context";
import type { Configuration } from "./configuration";

/** STO-VPC, STO-DIR. */
export function checkFileSystems({ CfsConfig: config, VpcConfig: network }: Configuration): void {
  if (!config || config.CfsInsList.length === 0) return;
  if (!network.VpcId) {
    refuse("InvalidParameterValue.VpcNotSetWhenOpenCfs", "A file system needs a function in a VPC");
  }
  const directories = new Set<string>();
  for (const mount of config.CfsInsList) {
    if (mount.CfsId === "") refuse("InvalidParameterValue.CfsId", "CfsId is empty");
    if (mount.MountInsId === "") refuse("InvalidParameterValue.CfsMountInsId", "MountInsId is empty");
    checkOwner(mount.UserId, "UserId", "InvalidParameterValue.CfsUserId");
    checkOwner(mount.UserGroupId, "UserGroupId", "InvalidParameterValue.CfsUserGroupId");
    const local = mount.LocalMountDir.replace(/\/{2,}/g, "/").replace(/\/$/, "");
    if (!/^\/mnt(\/[^/]+)+$/.test(local) || /\/\.{1,2}(\/|$)/.test(local)) {
      refuse(
        "InvalidParameterValue.CfsLocalMountDir",
        `LocalMountDir is a folder below /mnt/, not "${mount.LocalMountDir.slice(0, 80)}"`,
      );
    }
    if (!mount.RemoteMountDir.startsWith("/")) {
      refuse(
        "InvalidParameterValue.CfsRemoteMountDir",
        `RemoteMountDir begins with /, "${mount.RemoteMountDir.slice(0, 80)}" does not`,
      );
    }
    if (directories.has(local)) {
      refuse("InvalidParameterValue.CfsParameterDuplicate", `The folder ${local} is mounted twice`);
    }
    directories.add(local);
  }
}

function checkOwner(id: string, name: string, code: string): void {
  if (!/^\d{1,10}$/.test(id)) refuse(code, `${name} is a number, 10000 by default`);
}
