/** What Terraform's lock file says of one provider. */
export interface LockedProvider {
  readonly source: string;
  readonly version: string;
  /** Of every package that is this version, sorted. */
  readonly hashes: readonly string[];
}

const HEADER = `# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.
`;

/** A provider's block, from its first line to its last: Terraform writes both without indentation. */
const BLOCK = /^provider "([^"]+)" \{\n(?:.*\n)*?\}\n?/gm;

/**
 * The text of a lock file with the block of one provider in it, in the layout that Terraform itself writes. What it says of
 * other providers stays as it is.
 */
export function lockedProvider(text: string, provider: LockedProvider): string {
  const unix = text.replaceAll("\r\n", "\n");
  const header = unix.slice(0, unix.search(/^provider "/m) >>> 0) || HEADER;
  const blocks = new Map<string, string>();
  for (const [block, source] of unix.matchAll(BLOCK)) blocks.set(source as string, block.trimEnd());
  blocks.set(provider.source, blockOf(provider));
  const sorted = [...blocks].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, block]) => block);
  return `${[header.trimEnd(), ...sorted].join("\n\n")}\n`;
}

function blockOf({ source, version, hashes }: LockedProvider): string {
  return `provider "${source}" {
  version     = "${version}"
  constraints = "${version}"
  hashes = [
${hashes.map((hash) => `    "${hash}",`).join("\n")}
  ]
}`;
}
