// Functions with every property that a function commonly has, each naming the one before, all rules on.
const { App, TerraformStack } = require("cdktf");
const scf = require("cdktf-scf");
const { measure } = require("./measure.cjs");

measure((count, outdir) => {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "shop");
  const quotas = { functionsPerNamespace: count, codeBytes: Number.MAX_SAFE_INTEGER, concurrencyMb: 1e9 };
  new scf.ScfProvider(stack, "scf", { region: scf.Region.GUANGZHOU, quotas });
  const role = new scf.Role(stack, "run");
  const code = scf.Code.fromInline("exports.main_handler = async () => 1;\n");
  const deps = new scf.Layer(stack, "deps", { code, compatibleRuntimes: [scf.Runtime.NODEJS_16_13] });
  const vpc = scf.Vpc.fromAttributes({ vpcId: "vpc-1", subnetId: "subnet-1" });
  const logTopic = scf.LogTopic.fromAttributes({ logsetId: "logset-1", topicId: "topic-1" });
  let previous;
  for (let index = 0; index < count; index++) {
    previous = new scf.Function(stack, `fn${index}`, {
      name: `shop-fn${index}`,
      description: `Function number ${index}`,
      runtime: scf.Runtime.NODEJS_16_13,
      handler: "index.main_handler",
      code,
      memory: 256,
      timeout: scf.Duration.seconds(10),
      initTimeout: scf.Duration.seconds(60),
      timeZone: "Asia/Shanghai",
      role,
      layers: [deps],
      dnsCache: true,
      publicAccess: true,
      vpc,
      logTopic,
      deadLetterQueue: scf.DeadLetterQueue.queue("failed-orders"),
      environment: {
        TABLE: "orders",
        INDEX: String(index),
        REGION: "ap-guangzhou",
        LEVEL: "info",
        PREVIOUS: previous ? previous.functionId : "none",
      },
      tags: { team: "shop", cost: "a", env: "prod" },
    });
  }
  return () => app.synth();
});
