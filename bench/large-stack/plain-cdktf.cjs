// The same with cdktf alone and a generated binding: functions of another cloud, which have as many properties.
const { App, TerraformStack } = require("cdktf");
const { LambdaFunction } = require("@cdktf/provider-aws/lib/lambda-function");
const { AwsProvider } = require("@cdktf/provider-aws/lib/provider");
const { measure } = require("./measure.cjs");

measure((count, outdir) => {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "shop");
  new AwsProvider(stack, "aws", { region: "eu-west-1" });
  let previous;
  for (let index = 0; index < count; index++) {
    previous = new LambdaFunction(stack, `fn${index}`, {
      functionName: `shop-fn${index}`,
      description: `Function number ${index}`,
      runtime: "nodejs16.x",
      handler: "index.main_handler",
      filename: "orders.zip",
      sourceCodeHash: "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
      memorySize: 256,
      timeout: 10,
      packageType: "Zip",
      publish: false,
      role: "arn:aws:iam::123456789012:role/shop-run",
      layers: ["arn:aws:lambda:eu-west-1:123456789012:layer:deps:1"],
      architectures: ["arm64"],
      reservedConcurrentExecutions: 5,
      vpcConfig: { securityGroupIds: ["sg-1"], subnetIds: ["subnet-1"] },
      fileSystemConfig: {
        arn: "arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-1",
        localMountPath: "/mnt/data",
      },
      loggingConfig: { logFormat: "JSON", logGroup: "shop" },
      deadLetterConfig: { targetArn: "arn:aws:sqs:eu-west-1:123456789012:failed-orders" },
      tracingConfig: { mode: "Active" },
      ephemeralStorage: { size: 512 },
      environment: {
        variables: {
          TABLE: "orders",
          INDEX: String(index),
          REGION: "eu-west-1",
          LEVEL: "info",
          PREVIOUS: previous ? previous.arn : "none",
        },
      },
      tags: { team: "shop", cost: "a", env: "prod" },
    });
  }
  return () => app.synth();
});
