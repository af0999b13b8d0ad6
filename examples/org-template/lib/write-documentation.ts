import * as fs from "node:fs";
import * as path from "node:path";
import { guardrailDocumentation } from "cdktf-scf";
import { guardrails } from "./guardrails";

fs.writeFileSync(path.join(__dirname, "..", "GUARDRAILS.md"), guardrailDocumentation(guardrails));
