import { lockedProvider } from "../../../lib/cdktf/terraform/lock-file";

const ours = { source: "terraform.local/cdktf-scf/scf", version: "1.2.3", hashes: ["h1:a=", "h1:b="] };

const header = `# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.
`;
const block = `provider "terraform.local/cdktf-scf/scf" {
  version     = "1.2.3"
  constraints = "1.2.3"
  hashes = [
    "h1:a=",
    "h1:b=",
  ]
}
`;
const other = (source: string) => `provider "${source}" {
  version     = "3.2.1"
  constraints = "~> 3.2, != 3.2.0"
  hashes = [
    "h1:zzz=",
    "zh:0011",
  ]
}
`;

test("a new file has the provider and nothing else", () => {
  expect(lockedProvider("", ours)).toBe(`${header}\n${block}`);
});

test("blocks of other providers stay as they are, in the order of their names", () => {
  const [early, late] = [other("registry.example/a/a"), other("zone.example/z/z")];
  expect(lockedProvider(`${header}\n${early}\n${late}`, ours)).toBe(`${header}\n${early}\n${block}\n${late}`);
});

test("what an earlier version locked is replaced", () => {
  const earlier = lockedProvider(`${header}\n${other("registry.example/a/a")}`, {
    ...ours,
    version: "1.2.2",
  });
  expect(lockedProvider(earlier, ours)).toBe(`${header}\n${other("registry.example/a/a")}\n${block}`);
});

test("the bytes are the same when nothing has changed", () => {
  const text = lockedProvider(`${header}\n${other("registry.example/a/a")}`, ours);
  expect(lockedProvider(text, ours)).toBe(text);
});

test("the words of another tool above the blocks stay", () => {
  const theirs = `# This file is maintained automatically by "tofu init".\n# Manual edits may be lost in future updates.\n`;
  expect(lockedProvider(`${theirs}\n${other("registry.example/a/a")}`, ours)).toBe(
    `${theirs}\n${other("registry.example/a/a")}\n${block}`,
  );
});

test("lines of a machine that ends them otherwise are understood", () => {
  const text = lockedProvider(`${header}\n${other("registry.example/a/a")}`, ours);
  expect(lockedProvider(text.replaceAll("\n", "\r\n"), ours)).toBe(text);
});
