import { BegunCreateFiles } from "../../../lib/terraform/provider/begun-creates";
import type { UnfinishedOperation } from "../../../lib/reconciler";
import { temporaryFolder } from "../../temporary-folder";

const begun = (generation: number): UnfinishedOperation =>
  ({ operation: "create", generation }) as unknown as UnfinishedOperation;

describe("creates that have begun", () => {
  it("are known to the next process, as they were kept last", () => {
    const folder = temporaryFolder();
    const files = new BegunCreateFiles(folder);
    files.keep("scf_function a", begun(1));
    files.keep("scf_function a", begun(2));
    files.keep("scf_function b", begun(3));
    const next = new BegunCreateFiles(folder);
    expect([next.find("scf_function a"), next.find("scf_function b")]).toEqual([begun(2), begun(3)]);
    expect(next.find("scf_function c")).toBeUndefined();
  });

  it("are forgotten at once, though a disk takes its time", async () => {
    const folder = temporaryFolder();
    const files = new BegunCreateFiles(folder);
    files.keep("scf_function a", begun(1));
    files.forget("scf_function a");
    expect(files.find("scf_function a")).toBeUndefined();
    files.keep("scf_function a", begun(2));
    expect(files.find("scf_function a")).toEqual(begun(2));
    expect(new BegunCreateFiles(folder).find("scf_function a")).toEqual(begun(2));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(new BegunCreateFiles(folder).find("scf_function a")).toEqual(begun(2));
  });
});
