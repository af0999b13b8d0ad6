import { App } from "cdktf";
import { Operations } from "./operations";

// Users and groups exist before functions do. On the local platform:
//   cdktf-scf local call cam AddUser '{"Name":"alice"}'
//   cdktf-scf local call cam CreateGroup '{"GroupName":"on-call"}'
const app = new App();
const context = (name: string): string | undefined => app.node.tryGetContext(name) as string | undefined;

new Operations(app, "operations", {
  operator: context("operator") ?? "alice",
  onCall: Number(context("onCall") ?? 1),
  office: context("office") ?? "10.121.2.0/24",
  noticeId: context("noticeId") ?? "notice-oncall",
});
app.synth();
