import * as fs from "node:fs";
import * as path from "node:path";
import type { App } from "cdktf";
import * as scf from "cdktf-scf";
import { loadBalancer, node, type TestStack } from "./app";

/**
 * Programs that break one rule each. A comment `here <rule>` marks the line that the finding has to point to.
 */
export interface WrongProgram {
  readonly rule: string;
  readonly address: string;
  /** What the message has to say: the value, and the limit. */
  readonly says: readonly string[];
  readonly fix?: string;
  /**
   * Error code with which the platform refuses the same thing; absent where the platform never gets to see it (a time zone
   * and a variable are one variable there), or takes names that this library does not know yet.
   */
  readonly refused?: string;
  readonly declare: (stack: TestStack, app: App) => void;
}

function describedBalancer(facts: Partial<scf.LoadBalancerAttributes>): scf.LoadBalancer {
  return scf.LoadBalancer.fromAttributes({ loadBalancerId: "lb-3", region: "ap-guangzhou", ...facts });
}

export const wrongPrograms: readonly WrongProgram[] = [
  {
    rule: "FN-MEM",
    refused: "InvalidParameterValue.Memory",
    address: "shop/orders",
    says: ["320"],
    fix: "256",
    declare(stack) {
      new scf.Function(stack, "orders", { ...node, memory: 320 as scf.MemoryMb }); // here FN-MEM
    },
  },
  {
    rule: "FN-TIMEOUT",
    refused: "LimitExceeded.Timeout",
    address: "shop/orders",
    says: ["901", "900"],
    declare(stack) {
      new scf.Function(stack, "orders", { ...node, timeout: scf.Duration.seconds(901) }); // here FN-TIMEOUT
    },
  },
  {
    rule: "FN-INIT",
    refused: "InvalidParameterValue",
    address: "shop/orders",
    says: ["2", "3"],
    declare(stack) {
      new scf.Function(stack, "orders", { ...node, initTimeout: scf.Duration.seconds(2) }); // here FN-INIT
    },
  },
  {
    rule: "FN-NAME",
    refused: "InvalidParameterValue.FunctionName",
    address: "shop/orders",
    says: ["1-orders"],
    declare(stack) {
      new scf.Function(stack, "orders", { ...node, name: "1-orders" }); // here FN-NAME
    },
  },
  {
    rule: "FN-UNIQUE",
    refused: "CONFLICT",
    address: "shop/second",
    says: ["orders"],
    declare(stack) {
      new scf.Function(stack, "first", { ...node, name: "orders" });
      new scf.Function(stack, "second", { ...node, name: "orders" }); // here FN-UNIQUE
    },
  },
  {
    rule: "FN-ENV",
    refused: "InvalidParameterValue.EnvironmentExceededLimit",
    address: "shop/orders",
    says: ["4,097", "4 KB"],
    declare(stack) {
      new scf.Function(stack, "orders", { ...node, environment: { TABLE: "x".repeat(4092) } }); // here FN-ENV
    },
  },
  {
    rule: "FN-TZ",
    address: "shop/orders",
    says: ["Asia/Shanghai", "UTC"],
    declare(stack) {
      new scf.Function(stack, "orders", { ...node, timeZone: "Asia/Shanghai", environment: { TZ: "UTC" } }); // here FN-TZ
    },
  },
  {
    rule: "FN-ROLE",
    refused: "InvalidParameterValue",
    address: "shop/orders",
    says: ["scf.qcloud.com"],
    declare(stack) {
      const role = new scf.Role(stack, "run", { trustedServices: ["apigateway.qcloud.com"] });
      new scf.Function(stack, "orders", { ...node, role }); // here FN-ROLE
    },
  },
  {
    rule: "RT-LIST",
    address: "shop/orders",
    says: ["Nodejs16.31"],
    fix: "Nodejs16.13",
    declare(stack) {
      new scf.Function(stack, "orders", { ...node, runtime: scf.Runtime.of("Nodejs16.31") }); // here RT-LIST
    },
  },
  {
    rule: "RT-H2",
    refused: "InvalidParameterValue.Handler",
    address: "shop/orders",
    says: ["main"],
    declare(stack) {
      new scf.Function(stack, "orders", { ...node, handler: "main" }); // here RT-H2
    },
  },
  {
    rule: "LYR-BIND",
    refused: "InvalidParameterValue.Layers",
    address: "shop/orders",
    says: ["6", "5"],
    declare(stack) {
      const layers = [1, 2, 3, 4, 5, 6].map((version) => scf.Layer.fromVersion(`layer-${version}`, version));
      new scf.Function(stack, "orders", { ...node, layers }); // here LYR-BIND
    },
  },
  {
    rule: "LYR-MATCH",
    refused: "InvalidParameterValue.Layers",
    address: "shop/orders",
    says: ["Nodejs16.13", "Python3.7"],
    declare(stack) {
      const layer = new scf.Layer(stack, "deps", {
        code: node.code,
        compatibleRuntimes: [scf.Runtime.PYTHON_3_7],
      });
      new scf.Function(stack, "orders", { ...node, layers: [layer] }); // here LYR-MATCH
    },
  },
  {
    rule: "ALS-NAME",
    refused: "InvalidParameterValue.Name",
    address: "shop/orders/live-",
    says: ["live-"],
    declare(stack) {
      const orders = new scf.Function(stack, "orders", node);
      orders.addAlias("live-", { version: orders.currentVersion }); // here ALS-NAME
    },
  },
  {
    rule: "ALS-WEIGHT",
    refused: "InvalidParameterValue.AdditionalVersionWeights",
    address: "shop/orders/live",
    says: ["101", "100"],
    declare(stack) {
      const orders = new scf.Function(stack, "orders", node);
      const routing = scf.Routing.weighted(orders.currentVersion, scf.Weight.percent(101));
      orders.addAlias("live", { version: orders.latest, routing }); // here ALS-WEIGHT
    },
  },
  {
    rule: "ALS-SELF",
    refused: "ResourceNotFound.FunctionVersion",
    address: "shop/orders/live",
    says: ["catalogue"],
    declare(stack) {
      const orders = new scf.Function(stack, "orders", node);
      const catalogue = new scf.Function(stack, "catalogue", node);
      const routing = scf.Routing.weighted(catalogue.version("2"), scf.Weight.percent(10));
      orders.addAlias("live", { version: orders.version("1"), routing }); // here ALS-SELF
    },
  },
  {
    rule: "ALS-RANGE",
    refused: "InvalidParameterValue.RoutingConfig",
    address: "shop/orders/live",
    says: ["[50,1]"],
    declare(stack) {
      const orders = new scf.Function(stack, "orders", node);
      const routing = scf.Routing.range(orders.currentVersion, { header: "userHash", from: 50, to: 1 });
      orders.addAlias("live", { version: orders.latest, routing }); // here ALS-RANGE
    },
  },
  {
    rule: "TRG-CRON",
    refused: "InvalidParameterValue.TriggerDesc",
    address: "shop/orders/nightly",
    says: ["5", "7"],
    declare(stack) {
      const orders = new scf.Function(stack, "orders", node);
      orders.addTrigger("nightly", scf.Trigger.timer({ schedule: scf.Schedule.cron("0 2 * * *") })); // here TRG-CRON
    },
  },
  {
    rule: "CLB-REGION",
    refused: "InvalidParameter.LBIdNotFound",
    address: "shop/http/orders",
    says: ["ap-shanghai", "ap-guangzhou"],
    declare(stack) {
      const orders = new scf.Function(stack, "orders", node);
      const elsewhere = scf.LoadBalancer.fromAttributes({ loadBalancerId: "lb-1", region: "ap-shanghai" });
      const http = new scf.LoadBalancerListener(stack, "http", {
        loadBalancer: elsewhere,
        protocol: "HTTP",
        port: 80,
      });
      http.addRule("orders", { domain: "www.example.com", path: "/", targets: [orders.latest] }); // here CLB-REGION
    },
  },
  {
    rule: "CLB-PROTO",
    refused: "InvalidParameter",
    address: "shop/tcp/orders/Target",
    says: ["TCP"],
    declare(stack) {
      const orders = new scf.Function(stack, "orders", node);
      const protocol = "TCP" as "HTTP";
      const tcp = new scf.LoadBalancerListener(stack, "tcp", { loadBalancer, protocol, port: 80 });
      tcp.addRule("orders", { domain: "www.example.com", path: "/", targets: [orders.latest] }); // here CLB-PROTO
    },
  },
  {
    rule: "CLB-WEIGHT",
    refused: "InvalidParameterValue",
    address: "shop/http/orders/Target",
    says: ["5,000", "100"],
    declare(stack) {
      const orders = new scf.Function(stack, "orders", node);
      const http = new scf.LoadBalancerListener(stack, "http", { loadBalancer, protocol: "HTTP", port: 80 });
      const target = { target: orders.latest, weight: 5000 };
      http.addRule("orders", { domain: "www.example.com", path: "/", targets: [target] }); // here CLB-WEIGHT
    },
  },
  {
    rule: "CLB-DUP",
    refused: "InvalidParameterValue",
    address: "shop/http/again",
    says: ["www.example.com/orders"],
    declare(stack) {
      const http = new scf.LoadBalancerListener(stack, "http", { loadBalancer, protocol: "HTTP", port: 80 });
      http.addRule("orders", { domain: "www.example.com", path: "/orders" });
      http.addRule("again", { domain: "www.example.com", path: "/orders" }); // here CLB-DUP
    },
  },
  {
    rule: "CLB-GEN",
    refused: "InvalidParameterValue",
    address: "shop/http/orders/Target",
    says: ["classic"],
    declare(stack) {
      const orders = new scf.Function(stack, "orders", node);
      const classic = scf.LoadBalancer.fromAttributes({
        loadBalancerId: "lb-2",
        region: "ap-guangzhou",
        generation: "classic",
      });
      const http = new scf.LoadBalancerListener(stack, "http", {
        loadBalancer: classic,
        protocol: "HTTP",
        port: 80,
      });
      http.addRule("orders", { domain: "www.example.com", path: "/", targets: [orders.latest] }); // here CLB-GEN
    },
  },
  {
    rule: "BCK-CVM",
    refused: "InvalidParameterValue",
    address: "shop/http/static/Backends",
    says: ["5,000", "100", "ins-1:80"],
    fix: "100",
    declare(stack) {
      const http = new scf.LoadBalancerListener(stack, "http", { loadBalancer, protocol: "HTTP", port: 80 });
      const server = scf.Backend.instance({ instanceId: "ins-1", port: 80, weight: 5000 });
      http.addRule("static", { domain: "www.example.com", path: "/", targets: [server] }); // here BCK-CVM
    },
  },
  {
    rule: "BCK-ENI",
    address: "shop/tcp/Backends",
    says: ["10.0.0.7:80", "attached to no instance"],
    fix: "attach",
    declare(stack) {
      const tcp = new scf.LoadBalancerListener(stack, "tcp", { loadBalancer, protocol: "TCP", port: 80 });
      tcp.addTarget(scf.Backend.networkInterface({ address: "10.0.0.7", port: 80, attached: false })); // here BCK-ENI
    },
  },
  {
    rule: "BCK-X2",
    refused: "InvalidParameterValue",
    address: "shop/ccn",
    says: ["classic"],
    fix: "application",
    declare(stack) {
      const classic = describedBalancer({ generation: "classic" });
      const props = { loadBalancer: classic, version: "2.0", cloudConnectNetwork: "ccn-1" } as const;
      new scf.CrossRegionBinding(stack, "ccn", props); // here BCK-X2
    },
  },
  {
    rule: "BCK-X1",
    refused: "InvalidParameterValue",
    address: "shop/away",
    says: ["private", "public"],
    fix: "2.0",
    declare(stack) {
      const target = { version: "1.0", region: "ap-shanghai", vpcId: "vpc-1" } as const;
      const privateOne = describedBalancer({ scheme: "private" });
      new scf.CrossRegionBinding(stack, "away", { loadBalancer: privateOne, ...target }); // here BCK-X1
    },
  },
  {
    rule: "BCK-IDC",
    refused: "InvalidParameterValue",
    address: "shop/snat",
    says: ["classic"],
    declare(stack) {
      const classic = describedBalancer({ generation: "classic", crossRegion: "2.0" });
      const props = { loadBalancer: classic, subnetId: "subnet-1", address: "10.0.0.9" };
      new scf.SnatAddress(stack, "snat", props); // here BCK-IDC
    },
  },
  {
    rule: "BCK-XOR",
    refused: "FailedOperation",
    address: "shop/snat",
    says: ["1.0", "SNAT"],
    declare(stack) {
      const balancer = describedBalancer({});
      const target = { version: "1.0", region: "ap-shanghai", vpcId: "vpc-1" } as const;
      new scf.CrossRegionBinding(stack, "away", { loadBalancer: balancer, ...target });
      const props = { loadBalancer: balancer, subnetId: "subnet-1", address: "10.0.0.9" };
      new scf.SnatAddress(stack, "snat", props); // here BCK-XOR
    },
  },
  {
    rule: "BCK-ALOG",
    address: "shop/tcp",
    says: ["TCP", "HTTP and HTTPS"],
    declare(stack) {
      const protocol = "TCP" as "HTTP";
      const logged = { loadBalancer, protocol, port: 80, accessLogs: true };
      new scf.LoadBalancerListener(stack, "tcp", logged); // here BCK-ALOG
    },
  },
  {
    rule: "CAM-ACT",
    refused: "InvalidParameter.ActionNotExist",
    address: "shop/operators",
    says: ["InvokeFunktion"],
    fix: "scf:InvokeFunction",
    declare(stack) {
      const statements = [{ effect: "allow" as const, actions: ["scf:InvokeFunktion"], resources: ["*"] }];
      new scf.Policy(stack, "operators", { statements }); // here CAM-ACT
    },
  },
  {
    rule: "QTA-FN",
    refused: "LimitExceeded.Function",
    address: "shop",
    says: ["51", "50"],
    declare(stack) {
      for (let count = 1; count <= 51; count++) new scf.Function(stack, `function-${count}`, node); // here QTA-FN
    },
  },
];

export const programsFile = path.join(__dirname, "wrong-programs.ts");
const lines = fs.readFileSync(programsFile, "utf8").split("\n");

export function lineMarked(rule: string): number {
  return lines.findIndex((line) => line.includes(`// here ${rule}`) && !line.includes("lineMarked")) + 1;
}
