import * as fs from "node:fs";
import * as path from "node:path";

/** Compares a text with golden/<name>.txt; with UPDATE_GOLDEN=1 writes it there instead. */
export function expectGolden(name: string, text: string): void {
  const file = path.join(__dirname, "golden", `${name}.txt`);
  if (process.env.UPDATE_GOLDEN === "1") fs.writeFileSync(file, text);
  expect(text).toBe(fs.existsSync(file) ? fs.readFileSync(file, "utf8") : `${file} is missing`);
}
