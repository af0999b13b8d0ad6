import type { Kind, Live } from "../kinds/kind";
import { ScfError } from "../model/error";

/** What a conflict is about, as people know it. */
interface Named {
  readonly address: string;
  readonly title: string;
  readonly identity: string;
}

/** Somebody else's object has the name of one that is to be made. */
export function nameTaken({ address, title, identity }: Named, kind: Kind, cause?: unknown): ScfError {
  return new ScfError("CONFLICT", `A ${title} ${identity} exists already and is not managed by this stack.`, {
    fix: `${importing(address, kind)}Give yours another name, or delete the existing ${title} if nobody needs it.`,
    cause,
  });
}

/** What is recorded is gone, and somebody else's object has its name. */
export function takenOver(
  { address, title, identity }: Named,
  kind: Kind,
  live: Pick<Live, "owner">,
): ScfError {
  const forget = `cdktf-scf state rm ${address}`;
  return new ScfError(
    "CONFLICT",
    `The ${title} ${identity} that is there now ${markOf(live)}: it is somebody else's, and is left alone.`,
    {
      fix:
        `Run \`${forget}\` to forget that this stack had it. ` +
        (kind.import
          ? `To manage it here again, run \`cdktf-scf import ${address} ID\` then (ID: ${kind.import.id}).`
          : "Then give yours another name, or delete the other one if nobody needs it."),
    },
  );
}

/** The same before anything is tried. */
export function takenOverWarning({ address, title, identity }: Named, live: Pick<Live, "owner">): string {
  return (
    `${address}: the ${title} ${identity} that is there now ${markOf(live)}. It is somebody else's: deploying ends with a ` +
    `conflict here, and leaves it alone. \`cdktf-scf state rm ${address}\` forgets that this stack had it.`
  );
}

function markOf({ owner }: Pick<Live, "owner">): string {
  return owner === undefined ? "carries no mark of ownership" : "carries the mark of another stack";
}

function importing(address: string, kind: Kind): string {
  return kind.import
    ? `Run \`cdktf-scf import ${address} ID\` to manage it here (ID: ${kind.import.id}). `
    : "";
}
