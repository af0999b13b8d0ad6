import * as fs from "node:fs";
import * as path from "node:path";
import { TerraformStack, type App } from "cdktf";
import * as scf from "cdktf-scf";
import { loadBalancer, node, START, web, type TestStack } from "./app";

const serviceId = "service-a1b2c3d4";
const cluster = { clusterId: "cls-1", subnetId: "subnet-1", clusterNamespace: "functions" };

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
   * and a variable are one variable there; what a program says of quotas stays with it), or takes names that this library does
   * not know yet.
   */
  readonly refused?: string;
  readonly declare: (stack: TestStack, app: App) => void;
}

function describedBalancer(facts: Partial<scf.LoadBalancerAttributes>): scf.LoadBalancer {
  return scf.LoadBalancer.fromAttributes({ loadBalancerId: "lb-3", region: "ap-guangzhou", ...facts });
}

const files = scf.FileSystem.fromAttributes({ fileSystemId: "cfs-1", mountTargetId: "cfs-1" });

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
    rule: "REL-STEPS",
    address: "shop/orders/live",
    says: ["step 2", "5 %"],
    declare(stack) {
      const orders = new scf.Function(stack, "orders", node);
      const steps = [10, 5].map((share) => ({ weight: scf.Weight.percent(share) }));
      const release = scf.Release.canary({ steps });
      orders.addAlias("live", { version: orders.currentVersion, release }); // here REL-STEPS
    },
  },
  {
    rule: "REL-GATE",
    address: "shop/orders/live",
    says: ["step 1", "no command"],
    declare(stack) {
      const orders = new scf.Function(stack, "orders", node);
      const release = scf.Release.blueGreen({ gate: scf.Gate.command("") });
      orders.addAlias("live", { version: orders.currentVersion, release }); // here REL-GATE
    },
  },
  {
    rule: "REL-PROV",
    address: "shop/orders/live",
    says: ["a setting of its own"],
    declare(stack) {
      const orders = new scf.Function(stack, "orders", node);
      const release = scf.Release.blueGreen({ gate: scf.Gate.command("npm run smoke") });
      orders.addAlias("live", { version: orders.currentVersion, release }); // here REL-PROV
      orders.currentVersion.provision(scf.Provisioning.static({ instances: 10 }));
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
    rule: "TRG-COUNT",
    refused: "LimitExceeded.Trigger",
    address: "shop/orders",
    says: ["11", "10"],
    declare(stack) {
      const orders = new scf.Function(stack, "orders", node); // here TRG-COUNT
      for (let count = 1; count <= 11; count++) {
        orders.addTrigger(`api-${count}`, scf.Trigger.apiGateway({ serviceId, path: `/${count}` }));
      }
    },
  },
  {
    rule: "TRG-CMQ",
    refused: "CMQ_DISCONTINUED",
    address: "shop/orders/messages",
    says: ["June 2022"],
    fix: "CKafka",
    declare(stack) {
      const orders = new scf.Function(stack, "orders", node);
      const discontinued: unknown = scf.Trigger.cmq({ topic: "orders" });
      orders.addTrigger("messages", discontinued as scf.Trigger<"event">); // here TRG-CMQ
    },
  },
  {
    rule: "TRG-COS",
    refused: "ResourceInUse.Cos",
    address: "shop/stock/uploads",
    says: ["cos:ObjectCreated:*", "uploads-1250000000"],
    declare(stack) {
      const upload = scf.Trigger.cos({ bucket: "uploads-1250000000", events: ["cos:ObjectCreated:*"] });
      const orders = new scf.Function(stack, "orders", node);
      orders.addTrigger("uploads", upload);
      const stock = new scf.Function(stack, "stock", node);
      stock.addTrigger("uploads", upload); // here TRG-COS
    },
  },
  {
    rule: "TRG-COSREG",
    refused: "InvalidParameterValue.Cos",
    address: "shop/orders/uploads",
    says: ["ap-shanghai", "ap-guangzhou"],
    declare(stack) {
      const orders = new scf.Function(stack, "orders", node);
      const upload = scf.Trigger.cos({
        bucket: "uploads-1250000000",
        events: ["cos:ObjectCreated:*"],
        region: scf.Region.SHANGHAI,
      });
      orders.addTrigger("uploads", upload); // here TRG-COSREG
    },
  },
  {
    rule: "WEB-TRG",
    refused: "UnsupportedOperation.Trigger",
    address: "shop/pages/nightly",
    says: ["web function", "timer"],
    declare(stack) {
      const pages = new scf.WebFunction(stack, "pages", web());
      const nightly: unknown = scf.Trigger.timer({ schedule: scf.Schedule.cron("0 0 2 * * * *") });
      pages.addTrigger("nightly", nightly as scf.Trigger<"web">); // here WEB-TRG
    },
  },
  {
    rule: "WEB-SVC",
    refused: "InvalidParameterValue.ApiGateway",
    address: "shop/pages/stock",
    says: ["2 services"],
    declare(stack) {
      const pages = new scf.WebFunction(stack, "pages", web());
      pages.addTrigger("shop", scf.Trigger.apiGateway({ serviceId }));
      pages.addTrigger("stock", scf.Trigger.apiGateway({ serviceId: "service-e5f6g7h8" })); // here WEB-SVC
    },
  },
  {
    rule: "WS-GW",
    refused: "InvalidParameterValue.ApiGateway",
    address: "shop/orders/api",
    says: ["WebSocket", "WSS"],
    fix: "HTTPS",
    declare(stack) {
      const orders = new scf.Function(stack, "orders", node);
      orders.addTrigger("api", scf.Trigger.apiGateway({ serviceId, protocol: "WSS" })); // here WS-GW
    },
  },
  {
    rule: "GW-BASIC",
    refused: "InvalidParameterValue.ApiGateway",
    address: "shop/orders/api",
    says: ["60 s", "15 s"],
    declare(stack) {
      const orders = new scf.Function(stack, "orders", node);
      const slow: object = { backendTimeout: scf.Duration.seconds(60) };
      orders.addTrigger("api", scf.Trigger.apiGateway(slow)); // here GW-BASIC
    },
  },
  {
    rule: "GW-ONE",
    refused: "FailedOperation.ApiGateway",
    address: "shop/stock/api",
    says: ["ANY /items", "service-a1b2c3d4"],
    declare(stack) {
      const items = scf.Trigger.apiGateway({ serviceId, path: "/items" });
      const orders = new scf.Function(stack, "orders", node);
      orders.addTrigger("api", items);
      const stock = new scf.Function(stack, "stock", node);
      stock.addTrigger("api", items); // here GW-ONE
    },
  },
  {
    rule: "QTA-CONC",
    refused: "LimitExceeded.UserTotalConcurrencyMemory",
    address: "shop/sale/Concurrency",
    says: ["128,001", "128,000"],
    declare(stack) {
      new scf.Namespace(stack, "sale", { concurrencyMb: 128_001 }); // here QTA-CONC
    },
  },
  {
    rule: "CON-RES",
    refused: "LimitExceeded.FunctionReservedConcurrencyMemory",
    address: "shop/orders/ReservedConcurrency",
    says: ["115,328", "115,200"],
    fix: "115,072 MB for shop-orders, 899 instances",
    declare(stack) {
      new scf.Function(stack, "other", node).reserveConcurrency(scf.Concurrency.instances(1));
      new scf.Function(stack, "orders", node).reserveConcurrency(scf.Concurrency.instances(900)); // here CON-RES
    },
  },
  {
    rule: "CON-PROV",
    refused: "InvalidParameterValue.Qualifier",
    address: "shop/warm",
    says: ["$LATEST"],
    fix: "currentVersion",
    declare(stack) {
      const version = new scf.Function(stack, "orders", node).latest as scf.IPublishedVersion;
      const provisioning = scf.Provisioning.static({ instances: 1 });
      new scf.ProvisionedConcurrency(stack, "warm", { version, provisioning }); // here CON-PROV
    },
  },
  {
    rule: "CON-PSUM",
    refused: "FailedOperation.ProvisionedExceedAvailable",
    address: "shop/orders/CurrentVersion/Instances",
    says: ["128,128", "128,000"],
    declare(stack) {
      const other = new scf.Function(stack, "other", node).currentVersion;
      other.provision(scf.Provisioning.static({ instances: 500 }));
      const orders = new scf.Function(stack, "orders", node).currentVersion;
      orders.provision(scf.Provisioning.static({ instances: 501 })); // here CON-PSUM
    },
  },
  {
    rule: "CON-KIND",
    address: "shop/again",
    says: ["twice", "static", "dynamic"],
    declare(stack) {
      const version = new scf.Function(stack, "orders", node).currentVersion;
      version.provision(scf.Provisioning.static({ instances: 10 }));
      const provisioning = scf.Provisioning.dynamic({ minimum: 1, maximum: 10, utilization: 0.8 });
      new scf.ProvisionedConcurrency(stack, "again", { version, provisioning }); // here CON-KIND
    },
  },
  {
    rule: "CON-SCHED",
    refused: "InvalidParameterValue.TriggerCronConfig",
    address: "shop/orders/CurrentVersion/Instances",
    says: ["open", "5", "7"],
    fix: "0 0 8 * * * *",
    declare(stack) {
      const version = new scf.Function(stack, "orders", node).currentVersion;
      const actions = [
        { name: "open", schedule: scf.Schedule.cron("0 8 * * *"), instances: 10 },
        { name: "close", schedule: scf.Schedule.cron("0 0 20 * * * *"), instances: 0 },
      ];
      version.provision(scf.Provisioning.static({ actions })); // here CON-SCHED
    },
  },
  {
    rule: "CON-DYN",
    refused: "InvalidParameterValue.TrackingTarget",
    address: "shop/orders/CurrentVersion/Instances",
    says: ["80"],
    fix: "0.8",
    declare(stack) {
      const version = new scf.Function(stack, "orders", node).currentVersion;
      version.provision(scf.Provisioning.dynamic({ minimum: 1, maximum: 10, utilization: 80 })); // here CON-DYN
    },
  },
  {
    rule: "K8S-NS",
    refused: "InvalidParameterValue",
    address: "shop/sale",
    says: ["subnet is empty"],
    declare(stack) {
      const hosting = scf.Hosting.kubernetes({ ...cluster, subnetId: "" });
      new scf.Namespace(stack, "sale", { hosting }); // here K8S-NS
    },
  },
  {
    rule: "K8S-NET",
    address: "shop/sale",
    says: ["9.1.0.0/24", "9.0.0.0/8"],
    declare(stack) {
      const hosting = scf.Hosting.kubernetes({ ...cluster, subnetCidr: "9.1.0.0/24" });
      new scf.Namespace(stack, "sale", { hosting }); // here K8S-NET
    },
  },
  {
    rule: "K8S-NODE",
    address: "shop/sale",
    says: ["1.6.4", "1.7"],
    declare(stack) {
      const nodeSelector = { pool: "functions" };
      const hosting = scf.Hosting.kubernetes({ ...cluster, nodeSelector, kubernetesVersion: "1.6.4" });
      new scf.Namespace(stack, "sale", { hosting }); // here K8S-NODE
    },
  },
  {
    rule: "K8S-LABEL",
    refused: "InvalidParameterValue",
    address: "shop/sale",
    says: ["my_pool"],
    declare(stack) {
      const hosting = scf.Hosting.kubernetes({ ...cluster, nodeSelector: { my_pool: "functions" } });
      new scf.Namespace(stack, "sale", { hosting }); // here K8S-LABEL
    },
  },
  {
    rule: "K8S-TOL",
    refused: "InvalidParameterValue",
    address: "shop/sale",
    says: ["Exists", "functions"],
    declare(stack) {
      const toleration = { ...scf.Toleration.exists({ key: "pool" }).planned, value: "functions" };
      const tolerations = [{ planned: toleration } as scf.Toleration];
      const hosting = scf.Hosting.kubernetes({ ...cluster, tolerations });
      new scf.Namespace(stack, "sale", { hosting }); // here K8S-TOL
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
    rule: "CAM-STAR",
    refused: "InvalidParameter.ResourceError",
    address: "shop/operators",
    says: ["scf:ListFunctions", "account"],
    declare(stack) {
      const orders = "qcs::scf:ap-guangzhou:uin/:namespace/default/function/orders";
      const statements = [{ effect: "allow" as const, actions: ["scf:ListFunctions"], resources: [orders] }];
      new scf.Policy(stack, "operators", { statements }); // here CAM-STAR
    },
  },
  {
    rule: "CAM-RES",
    refused: "InvalidParameter.ResourceQcsError",
    address: "shop/operators",
    says: ["function/orders"],
    declare(stack) {
      const orders = "qcs::scf:ap-guangzhou:uin/:function/orders";
      const statements = [{ effect: "allow" as const, actions: ["scf:GetFunction"], resources: [orders] }];
      new scf.Policy(stack, "operators", { statements }); // here CAM-RES
    },
  },
  {
    rule: "CAM-COND",
    refused: "InvalidParameter.ConditionContentError",
    address: "shop/operators",
    says: ["10.121.2.0/33"],
    fix: "10.121.2.0/24",
    declare(stack) {
      const policy = new scf.Policy(stack, "operators"); // here CAM-COND
      policy.addToPolicy({
        effect: "allow",
        actions: ["scf:ListFunctions"],
        resources: ["*"],
        conditions: scf.Condition.ipEqual("10.121.2.0/33"),
      });
    },
  },
  {
    rule: "CAM-PRESET",
    refused: "CONFLICT",
    address: "shop/operators",
    says: ["QcloudSCFFullAccess"],
    declare(stack) {
      const statements = [{ effect: "allow" as const, actions: ["scf:ListFunctions"], resources: ["*"] }];
      new scf.Policy(stack, "operators", { name: "QcloudSCFFullAccess", statements }); // here CAM-PRESET
    },
  },
  {
    rule: "CAM-ROLE",
    refused: "InvalidParameter.PrincipalError",
    address: "shop/nobody",
    says: ["trusts nobody"],
    declare(stack) {
      new scf.Role(stack, "nobody", { trustedServices: [] }); // here CAM-ROLE
    },
  },
  {
    rule: "MON-METRIC",
    refused: "InvalidParameterValue",
    address: "shop/alarms",
    says: ["Errors"],
    fix: "error",
    declare(stack) {
      const { metrics } = new scf.Function(stack, "orders", node);
      const metric = metrics.metric("Errors" as scf.MetricName);
      new scf.AlarmPolicy(stack, "alarms", { conditions: [{ metric, comparison: ">", threshold: 5 }] }); // here MON-METRIC
    },
  },
  {
    rule: "MON-PERIOD",
    refused: "InvalidParameterValue",
    address: "shop/alarms",
    says: ["10 minutes", "1 or 5"],
    fix: "use 5",
    declare(stack) {
      const metric = new scf.Function(stack, "orders", node).metrics.errors();
      const periodMinutes = 10 as scf.MetricPeriod;
      const condition = { metric, comparison: ">", threshold: 5, periodMinutes } as const;
      new scf.AlarmPolicy(stack, "alarms", { conditions: [condition] }); // here MON-PERIOD
    },
  },
  {
    rule: "MON-TARGET",
    refused: "InvalidParameterValue",
    address: "shop/alarms",
    says: ["whole region"],
    declare(stack) {
      const metric = scf.Metrics.ofRegion(stack).errors() as unknown as scf.IFunctionMetric;
      new scf.AlarmPolicy(stack, "alarms", { conditions: [{ metric, comparison: ">", threshold: 5 }] }); // here MON-TARGET
    },
  },
  {
    rule: "TYPE",
    refused: "LimitExceeded.RetryNum",
    address: "shop/orders/AsyncInvocation",
    says: ["3", "0 to 2"],
    fix: "2",
    declare(stack) {
      new scf.Function(stack, "orders", { ...node, asyncInvocation: { retryAttempts: 3 } }); // here TYPE
    },
  },
  {
    rule: "QTA-TEST",
    refused: "InvalidParameterValue.TestModelValue",
    address: "shop/order",
    says: ["65,538", "64 KB"],
    declare(stack) {
      const orders = new scf.Function(stack, "orders", node);
      new scf.TestEvent(stack, "order", { function: orders, event: "x".repeat(65_536) }); // here QTA-TEST
    },
  },
  {
    rule: "WEB-BOOT",
    refused: "InvalidParameterValue.Code",
    address: "shop/site",
    says: ["scf_bootstrap", "scf_bootstrap.sh"],
    fix: "rename",
    declare(stack) {
      new scf.WebFunction(stack, "site", web({ "scf_bootstrap.sh": START })); // here WEB-BOOT
    },
  },
  {
    rule: "WEB-MODE",
    refused: "InvalidParameterValue.Code",
    address: "shop/site",
    says: ["777", "755"],
    fix: "chmod 755",
    declare(stack) {
      new scf.WebFunction(stack, "site", web({ scf_bootstrap: START }, 0o644)); // here WEB-MODE
    },
  },
  {
    rule: "WEB-SHEBANG",
    refused: "InvalidParameterValue.Code",
    address: "shop/site",
    says: ["#!/bin/sh", "#!/bin/bash"],
    declare(stack) {
      new scf.WebFunction(stack, "site", web({ scf_bootstrap: START.replace("bash", "sh") })); // here WEB-SHEBANG
    },
  },
  {
    rule: "WEB-LF",
    refused: "InvalidParameterValue.Code",
    address: "shop/site",
    says: ["2 lines", "CR LF"],
    declare(stack) {
      new scf.WebFunction(stack, "site", web({ scf_bootstrap: START.replaceAll("\n", "\r\n") })); // here WEB-LF
    },
  },
  {
    rule: "WEB-PATH",
    refused: "InvalidParameterValue.Code",
    address: "shop/site",
    says: ["/var/lang/node14/bin/node", "Nodejs16.13"],
    fix: "/var/lang/node16/bin/node",
    declare(stack) {
      new scf.WebFunction(stack, "site", web({ scf_bootstrap: START.replace("node16", "node14") })); // here WEB-PATH
    },
  },
  {
    rule: "RT-NOH",
    refused: "InvalidParameterValue.Handler",
    address: "shop/site",
    says: ["handler", "web function"],
    declare(stack) {
      // Spread objects may have more than the type knows.
      const shared = { handler: "index.main_handler", memory: 256 as const };
      new scf.WebFunction(stack, "site", { ...web(), ...shared }); // here RT-NOH
    },
  },
  {
    rule: "WEB-ASYNC",
    refused: "UnsupportedOperation.AsyncRunEnable",
    address: "shop/site",
    says: ["asynchronous execution"],
    declare(stack) {
      const long = { asyncExecution: true };
      new scf.WebFunction(stack, "site", { ...web(), ...long }); // here WEB-ASYNC
    },
  },
  {
    rule: "WEB-DNS",
    refused: "InvalidParameterValue.DnsInfo",
    address: "shop/site",
    says: ["DNS cache"],
    fix: "nscd",
    declare(stack) {
      const cached = { dnsCache: true };
      new scf.WebFunction(stack, "site", { ...web(), ...cached }); // here WEB-DNS
    },
  },
  {
    rule: "LYR-IMG",
    refused: "InvalidParameterValue.Layers",
    address: "shop/resize",
    says: ["image"],
    declare(stack) {
      const image = scf.ContainerImage.fromPersonalRegistry("registry.example.com/team/resize:1");
      const shared = { layers: [scf.Layer.fromVersion("deps", 1)] };
      new scf.ImageFunction(stack, "resize", { image, ...shared }); // here LYR-IMG
    },
  },
  {
    rule: "WEB-CONC",
    refused: "InvalidParameterValue.MaxConcurrency",
    address: "shop/site",
    says: ["101", "2 to 100"],
    fix: "100",
    declare(stack) {
      new scf.WebFunction(stack, "site", { ...web(), instanceConcurrency: 101 }); // here WEB-CONC
    },
  },
  {
    rule: "WS-IDLE",
    refused: "InvalidParameterValue.IdleTimeOut",
    address: "shop/site",
    says: ["3 seconds", "60"],
    declare(stack) {
      const webSocket = { idleTimeout: scf.Duration.seconds(60) };
      new scf.WebFunction(stack, "site", { ...web(), webSocket }); // here WS-IDLE
    },
  },
  {
    rule: "EXE-TRACK",
    refused: "InvalidParameterValue.TraceEnable",
    address: "shop/orders",
    says: ["status"],
    declare(stack) {
      new scf.Function(stack, "orders", { ...node, statusTracking: true }); // here EXE-TRACK
    },
  },
  {
    rule: "EXE-RETRY",
    refused: "UnsupportedOperation.UpdateFunctionEventInvokeConfig",
    address: "shop/orders",
    says: ["2 retry attempts"],
    fix: "0",
    declare(stack) {
      const asyncInvocation = { retryAttempts: 2 };
      new scf.Function(stack, "orders", { ...node, asyncExecution: true, asyncInvocation }); // here EXE-RETRY
    },
  },
  {
    rule: "NET-VPC",
    refused: "InvalidParameterValue.Vpc",
    address: "shop/orders",
    says: ["subnet"],
    declare(stack) {
      const vpc = scf.Vpc.fromAttributes({ vpcId: "vpc-1", subnetId: "" });
      new scf.Function(stack, "orders", { ...node, vpc }); // here NET-VPC
    },
  },
  {
    rule: "NET-EIP",
    refused: "InvalidParameterValue.EipConfig",
    address: "shop/orders",
    says: ["public access"],
    declare(stack) {
      new scf.Function(stack, "orders", { ...node, publicAccess: false, fixedEgressIp: true }); // here NET-EIP
    },
  },
  {
    rule: "QTA-EIP",
    refused: "LimitExceeded.Eip",
    address: "shop/orders-6",
    says: ["6", "5"],
    declare(stack) {
      for (let count = 1; count <= 6; count++) {
        const vpc = scf.Vpc.fromAttributes({ vpcId: "vpc-1", subnetId: `subnet-${count}` });
        new scf.Function(stack, `orders-${count}`, { ...node, vpc, fixedEgressIp: true }); // here QTA-EIP
      }
    },
  },
  {
    rule: "NET-NS",
    refused: "InvalidParameterValue.Environment",
    address: "shop/orders",
    says: ["6", "5"],
    declare(stack) {
      const servers = [1, 2, 3, 4, 5, 6].map((last) => `10.0.0.${last}`).join(";");
      new scf.Function(stack, "orders", { ...node, environment: { OS_NAMESERVER: servers } }); // here NET-NS
    },
  },
  {
    rule: "STO-VPC",
    refused: "InvalidParameterValue.VpcNotSetWhenOpenCfs",
    address: "shop/orders",
    says: ["VPC"],
    declare(stack) {
      const fileSystems = [{ fileSystem: files, localDirectory: "/mnt/data" }];
      new scf.Function(stack, "orders", { ...node, fileSystems }); // here STO-VPC
    },
  },
  {
    rule: "STO-DIR",
    refused: "InvalidParameterValue.CfsLocalMountDir",
    address: "shop/orders",
    says: ["/data", "/mnt/"],
    fix: "/mnt/data",
    declare(stack) {
      const fileSystems = [{ fileSystem: files, localDirectory: "/data" }];
      const vpc = scf.Vpc.fromAttributes({ vpcId: "vpc-1", subnetId: "subnet-1" });
      new scf.Function(stack, "orders", { ...node, vpc, fileSystems }); // here STO-DIR
    },
  },
  {
    rule: "COD-IMG",
    refused: "InvalidParameterValue.ImageUri",
    address: "shop/resize",
    says: ["resize:1"],
    declare(stack) {
      const image = scf.ContainerImage.fromPersonalRegistry("resize:1");
      new scf.ImageFunction(stack, "resize", { image }); // here COD-IMG
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
  {
    rule: "QTA-VALUE",
    address: "stock",
    says: ["functionPerNamespace"],
    fix: "functionsPerNamespace",
    declare(_, app) {
      const quotas = { functionPerNamespace: 100 } as object;
      new scf.ScfProvider(new TerraformStack(app, "stock"), "scf", { region: "ap-guangzhou", quotas }); // here QTA-VALUE
    },
  },
  {
    rule: "QTA-SAME",
    address: "stock",
    says: ["namespaces", "10", "20", "ap-beijing"],
    declare(_, app) {
      const provider = { region: "ap-beijing" };
      const [stock, returns] = [new TerraformStack(app, "stock"), new TerraformStack(app, "returns")];
      new scf.ScfProvider(stock, "scf", { ...provider, quotas: { namespaces: 10 } }); // here QTA-SAME
      new scf.ScfProvider(returns, "scf", { ...provider, quotas: { namespaces: 20 } });
    },
  },
  {
    rule: "MOVED",
    address: "shop/orders",
    says: ["shop/old", "still declared"],
    declare(stack) {
      new scf.Function(stack, "old", node);
      const orders = new scf.Function(stack, "orders", node); // here MOVED
      scf.Lifecycle.of(orders).moveFrom("shop/old");
    },
  },
];

export const programsFile = path.join(__dirname, "wrong-programs.ts");
const lines = fs.readFileSync(programsFile, "utf8").split("\n");

export function lineMarked(rule: string): number {
  return lines.findIndex((line) => line.includes(`// here ${rule}`) && !line.includes("lineMarked")) + 1;
}
