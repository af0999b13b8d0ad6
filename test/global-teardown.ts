import * as fs from "node:fs";
import { SHARED_FOLDER } from "./installed";

export default function tearDown(): void {
  const folder = process.env[SHARED_FOLDER];
  if (folder !== undefined) fs.rmSync(folder, { recursive: true, force: true });
}
