import * as fs from "node:fs";
import * as path from "node:path";

const folder = path.join(__dirname, "golden");

/** Compares with a file of `golden/`; `UPDATE_GOLDEN=1` writes it, for a person to read the difference. */
export function expectGolden(name: string, text: string): void {
  const file = path.join(folder, name);
  if (process.env["UPDATE_GOLDEN"]) {
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(file, text);
  }
  expect(text).toBe(fs.readFileSync(file, "utf8"));
}
