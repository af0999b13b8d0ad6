// Modules are loaded late here, and only here: help and mistakes in a command line answer without waiting for what synthesis
// and the platforms load.

/** What each command does, loaded when it runs. */
export const commands = {
  init: () => require("./init") as typeof import("./init"),
  synth: () => require("./synth") as typeof import("./synth"),
  validate: () => require("./validate") as typeof import("./validate"),
  diff: () => require("./diff") as typeof import("./diff"),
  deploy: () => require("./deploy") as typeof import("./deploy"),
  deploySaved: () => require("./deploy-saved") as typeof import("./deploy-saved"),
  drift: () => require("./drift") as typeof import("./drift"),
  refresh: () => require("./refresh") as typeof import("./refresh"),
  destroy: () => require("./destroy") as typeof import("./destroy"),
  import: () => require("./import") as typeof import("./import"),
  importAll: () => require("./import-all") as typeof import("./import-all"),
  output: () => require("./output") as typeof import("./output"),
  state: () => require("./state") as typeof import("./state"),
  stateEdit: () => require("./state-edit") as typeof import("./state-edit"),
  stateMoves: () => require("./state-moves") as typeof import("./state-moves"),
  unlock: () => require("./unlock") as typeof import("./unlock"),
  graph: () => require("./graph") as typeof import("./graph"),
  explain: () => require("./explain") as typeof import("./explain"),
  quota: () => require("./quota") as typeof import("./quota"),
  localFault: () => require("./local-fault") as typeof import("./local-fault"),
  local: () => require("./local") as typeof import("./local"),
  terraform: () => require("./terraform") as typeof import("./terraform"),
};

/** Modules that a command needs only sometimes, or only after something else was checked. */
export const modules = {
  failure: () => require("../failure") as typeof import("../failure"),
  report: () => require("../../rules/report") as typeof import("../../rules/report"),
  graphPage: () => require("../graph/page") as typeof import("../graph/page"),
  assets: () => require("../../assets") as typeof import("../../assets"),
  reconciler: () => require("../../reconciler") as typeof import("../../reconciler"),
  kinds: () => require("../../kinds") as typeof import("../../kinds"),
  stateMoves: () => require("../../terraform/moves") as typeof import("../../terraform/moves"),
  platform: () => require("../../platform/open") as typeof import("../../platform/open"),
  localPlatform: () => require("../../platform/local") as typeof import("../../platform/local"),
  account: () => require("../account") as typeof import("../account"),
  tencentCloud: () => require("../../platform/tencentcloud") as typeof import("../../platform/tencentcloud"),
};
