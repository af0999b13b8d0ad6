// The same with aws-cdk-lib: function, version, alias and a listener rule each.
const { App, Stack } = require("aws-cdk-lib");
const ec2 = require("aws-cdk-lib/aws-ec2");
const elb = require("aws-cdk-lib/aws-elasticloadbalancingv2");
const targets = require("aws-cdk-lib/aws-elasticloadbalancingv2-targets");
const lambda = require("aws-cdk-lib/aws-lambda");
const { measure } = require("./measure.cjs");

measure((count, outdir) => {
  // Its own limit of resources in a stack would be reached.
  const app = new App({ outdir, context: { "@aws-cdk/core:stackResourceLimit": 0 } });
  const stack = new Stack(app, "shop", { env: { account: "123456789012", region: "eu-west-1" } });
  const vpc = ec2.Vpc.fromVpcAttributes(stack, "vpc", {
    vpcId: "vpc-1",
    availabilityZones: ["eu-west-1a", "eu-west-1b"],
    publicSubnetIds: ["subnet-1", "subnet-2"],
  });
  const balancer = new elb.ApplicationLoadBalancer(stack, "balancer", { vpc });
  const listener = balancer.addListener("http", {
    port: 80,
    defaultAction: elb.ListenerAction.fixedResponse(404),
  });
  const code = lambda.Code.fromInline("exports.main_handler = async () => 1;\n");
  for (let index = 0; index < count; index++) {
    const orders = new lambda.Function(stack, `fn${index}`, {
      runtime: lambda.Runtime.NODEJS_24_X,
      handler: "index.main_handler",
      code,
      environment: { TABLE: "orders" },
    });
    const live = orders.addAlias("live");
    listener.addTargets(`rule${index}`, {
      priority: index + 1,
      conditions: [elb.ListenerCondition.pathPatterns([`/orders${index}`])],
      targets: [new targets.LambdaTarget(live)],
    });
  }
  return () => app.synth();
});
