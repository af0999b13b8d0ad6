/** A program with one object of every kind that can be listed, on the platform that is given. */
export function worldProgram(platform: string, loadBalancerId: string): string {
  return `
const { App, TerraformStack } = require("cdktf");
const scf = require("cdktf-scf");
const app = new App();
const stack = new TerraformStack(app, "shop");
const region = scf.Region.GUANGZHOU;
new scf.ScfProvider(stack, "scf", { region, platform: ${platform} });

const batch = new scf.Namespace(stack, "batch", { name: "batch", description: "Runs at night", concurrencyMb: 25600 });
const run = new scf.Role(stack, "run", { name: "shop-run", description: "What orders runs with", tags: { team: "access" } });
run.attachPolicy(scf.Policy.presets.QcloudCOSFullAccess);
run.addToPolicy({ effect: "allow", actions: ["cls:pushLog"], resources: ["*"] });
const operators = new scf.Policy(stack, "operators", {
  name: "operators",
  statements: [
    {
      effect: "deny",
      actions: ["scf:UpdateFunction"],
      resources: ["*"],
      conditions: [scf.Condition.ipNotEqual("10.0.0.0/8")],
    },
  ],
});
operators.attachTo(scf.User.fromName("alice"));
operators.attachTo(scf.Group.fromId(1));

const deps = new scf.Layer(stack, "deps", {
  name: "deps",
  code: scf.Code.fromInline("exports.x = 1;"),
  compatibleRuntimes: [scf.Runtime.NODEJS_16_13],
  description: "Shared, by all",
});
const orders = new scf.Function(stack, "orders", {
  name: "orders",
  runtime: scf.Runtime.NODEJS_16_13,
  handler: "index.main_handler",
  code: scf.Code.fromInline("exports.main_handler = async () => 1;"),
  memory: 256,
  timeout: scf.Duration.seconds(10),
  environment: { TABLE: "table-of-orders", API_KEY: "k3y-of-orders" },
  timeZone: "Asia/Shanghai",
  layers: [deps],
  role: run,
  tags: { team: "shop" },
  vpc: scf.Vpc.fromAttributes({ vpcId: "vpc-shop", subnetId: "subnet-shop" }),
  asyncInvocation: { retryAttempts: 1, maximumEventAge: scf.Duration.hours(1) },
  deadLetterQueue: scf.DeadLetterQueue.queue("lost"),
});
orders.reserveConcurrency(scf.Concurrency.megabytes(25600));
orders.currentVersion.provision(
  scf.Provisioning.static({
    instances: 2,
    actions: [
      { name: "open", schedule: scf.Schedule.cron("0 55 7 * * * *"), instances: 40 },
      { name: "close", schedule: scf.Schedule.cron("0 0 22 * * * *"), instances: 2 },
    ],
  }),
);
const live = orders.addAlias("live", { version: orders.currentVersion, description: "For customers" });
orders.addTrigger("api", scf.Trigger.apiGateway());
orders.addTrigger("tick", scf.Trigger.timer({ schedule: scf.Schedule.cron("0 */5 * * * * *"), enabled: false }));
live.addTrigger("nightly", scf.Trigger.timer({ schedule: scf.Schedule.cron("0 0 2 * * * *"), message: 'close "the" day' }));
live.addTrigger("receipts", scf.Trigger.cos({
  bucket: "receipts-1250000000",
  events: ["cos:ObjectCreated:*", "cos:ObjectRemove:*"],
  prefix: "2026/",
  suffix: ".pdf",
}));
live.addTrigger("messages", scf.Trigger.ckafka({ instanceId: "ckafka-a1b2c3d4", topic: "orders", maxMessages: 50 }));
live.addTrigger("logs", scf.Trigger.cls({ topicId: "0f1e2d3c-0000-4000-8000-000000000001" }));
live.addTrigger("media", scf.Trigger.mps({ eventType: "WorkflowTask" }));

new scf.Function(stack, "report", {
  name: "orders",
  namespace: batch,
  runtime: scf.Runtime.PYTHON_3_7,
  handler: "index.main",
  code: scf.Code.fromInline("def main(event, context): return 1"),
});
const image = scf.ContainerImage.fromEnterpriseRegistry({ image: "registry.example.com/shop/resize:1.4.0", registryId: "tcr-shop" });
new scf.ImageFunction(stack, "resize", { name: "resize", image, command: "-u resize.py", memory: 1024 });
new scf.WebImageFunction(stack, "preview", { name: "preview", image, instanceConcurrency: 20 });
new scf.TestEvent(stack, "event", { name: "empty-order", event: { items: [], "a b": null }, function: orders });

const loadBalancer = scf.LoadBalancer.fromAttributes({ loadBalancerId: "${loadBalancerId}", region });
new scf.CrossRegionBinding(stack, "beyond", { loadBalancer, version: "2.0", cloudConnectNetwork: "ccn-office01" });
new scf.SnatAddress(stack, "snat", { loadBalancer, subnetId: "subnet-edge0001", address: "10.0.1.10" });
const http = new scf.LoadBalancerListener(stack, "http", { name: "http", loadBalancer, protocol: scf.Protocol.HTTP, port: 80 });
http.addRule("orders", { domain: "www.example.com", path: "/orders", targets: [{ target: live, weight: 20 }] });
http.addRule("files", {
  domain: "www.example.com",
  path: "/",
  healthCheck: { path: "/health", interval: scf.Duration.seconds(10) },
  targets: [scf.Backend.instance({ instanceId: "ins-web00001", port: 8080 })],
});
const queue = new scf.LoadBalancerListener(stack, "queue", {
  name: "queue",
  loadBalancer,
  protocol: scf.Protocol.TCP,
  port: 5672,
  scheduler: "LEAST_CONN",
});
queue.addTarget(scf.Backend.instance({ instanceId: "ins-queue001", port: 5672 }));
new scf.AlarmPolicy(stack, "alarm", {
  name: "orders-fail",
  conditions: [{ metric: live.metrics.errors(), comparison: ">", threshold: 5 }],
  noticeIds: ["notice-1"],
});
app.synth();
`;
}
