import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { installations, installInto, SHARED_FOLDER, sharedModules } from "./installed";

/** Test files run in processes that inherit the environment. */
export default function setUp(): void {
  // Node reads the certificates that it names at every start, which can take longer than the start itself. No test needs them:
  // none leaves this machine.
  delete process.env.NODE_EXTRA_CA_CERTS;
  process.env[SHARED_FOLDER] = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "cdktf-scf-tests-")));
  for (const installation of installations) installInto(sharedModules(installation));
}
