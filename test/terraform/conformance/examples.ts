import type { Attributes, Resources } from "./terraform-world";

/** What exists outside of Terraform, for all examples. */
export interface Around {
  readonly loadBalancerId: string;
  readonly otherLoadBalancerId: string;
  /** One per listener of a load balancer and name. */
  readonly groupId: number;
  readonly otherGroupId: number;
  /** A load balancer of its own for what a load balancer has once. */
  ownLoadBalancer(of: string): string;
}

/** A resource as it could be declared, and for every attribute that can be configured what it could be changed to. */
export interface Example {
  readonly type: string;
  /** Tells examples of one type apart. */
  readonly of?: string;
  /** @param name of this one: what the platform has once is named after it */
  readonly declared: (name: string, around: Around) => Declared;
  /** New values; what else has to change with one stands in `together`. */
  readonly changes: (name: string, around: Around) => Readonly<Record<string, Change>>;
}

export interface Declared {
  readonly attributes: Attributes;
  /** What it lives in or refers to, by address. */
  readonly needs: Resources;
}

export type Change = unknown;

/** A change of several attributes, of which one is the point. */
export class Together {
  constructor(
    readonly value: unknown,
    readonly others: Attributes,
  ) {}
}
const together = (value: unknown, others: Attributes): Together => new Together(value, others);

export const code = { bucket: "code-1250000000", object: "/orders.zip", region: "ap-guangzhou" };
export const otherCode = { ...code, object: "/orders-2.zip" };

export const aFunction: Attributes = {
  namespace: "default",
  function_name: "orders",
  type: "Event",
  runtime: "Nodejs16.13",
  handler: "index.main_handler",
  code,
  memory: 256,
  timeout: 10,
  init_timeout: 60,
  async_execution: false,
};
const webFunction: Attributes = {
  ...aFunction,
  type: "HTTP",
  handler: null,
  timeout: 900,
  web_socket: true,
  web_socket_idle_timeout: 60,
};
const image = { image: "registry.example.com/team/resize:1", registry: "personal" };
const imageFunction: Attributes = {
  ...aFunction,
  runtime: "CustomImage",
  handler: null,
  code: image,
  async_execution: true,
  status_tracking: true,
};

export const attribute = (address: string, name: string): string => `\${${address}.${name}}`;

/** A function to hang something on. */
function functionFor(name: string): { on: Attributes; needs: Resources; address: string } {
  const address = `scf_function.${name}_on`;
  return {
    address,
    on: { namespace: "default", function_name: attribute(address, "function_name") },
    needs: { [address]: { ...aFunction, function_name: `${name}-on`.replaceAll("_", "-") } },
  };
}

/** Two functions that are alike, each with a version and two aliases. */
function twoFunctions(name: string): { on: Attributes; other: string; needs: Resources } {
  const one = functionFor(name);
  const two = functionFor(`${name}_2`);
  return {
    on: one.on,
    other: two.on["function_name"] as string,
    needs: { ...withVersion(`${name}_on`, one), ...withVersion(`${name}_2_on`, two) },
  };
}

function withVersion(name: string, { on, needs }: ReturnType<typeof functionFor>): Resources {
  const version = attribute(`scf_version.${name}_first`, "version");
  return {
    ...needs,
    [`scf_version.${name}_first`]: { ...on, content: "a".repeat(64) },
    [`scf_alias.${name}_live`]: { ...on, name: "live", version },
    [`scf_alias.${name}_next`]: { ...on, name: "next", version },
  };
}

const dashed = (name: string): string => name.replaceAll("_", "-");
const fileSystem = {
  file_system_id: "cfs-1",
  mount_target_id: "cfs-1-a",
  local_directory: "/mnt/orders",
  remote_directory: "/",
  user_id: 10_000,
  group_id: 10_000,
};
const statement = [{ effect: "allow", action: ["scf:InvokeFunction"], resource: ["*"] }];
const healthCheck = {
  enabled: true,
  protocol: "HTTP",
  timeout_seconds: 4,
  interval_seconds: 9,
  healthy_threshold: 2,
  unhealthy_threshold: 4,
  port: 9000,
  path: "/health",
  domain: "www.example.com",
  method: "GET",
  http_version: "HTTP/1.1",
  healthy_statuses: ["3xx", "2xx"],
};
const condition = {
  metric: "error",
  comparison: ">",
  threshold: 5,
  period_minutes: 1,
  occurrences: 1,
  repeat_seconds: 3600,
};

/** Ports of listeners: every example has its own. */
const ports = new Map<string, number>();
function portOf(name: string): number {
  const known = ports.get(name) ?? 1000 + ports.size;
  ports.set(name, known);
  return known;
}

function listenerFor(name: string, { loadBalancerId }: Around): Resources {
  return {
    [`scf_listener.${name}_on`]: {
      load_balancer_id: loadBalancerId,
      name: `${name}-on`,
      protocol: "HTTP",
      port: portOf(`${name}_on`),
    },
  };
}

function ruleFor(name: string, around: Around): { on: Attributes; needs: Resources } {
  const listener_id = attribute(`scf_listener.${name}_on`, "listener_id");
  const { loadBalancerId: load_balancer_id } = around;
  return {
    on: { load_balancer_id, listener_id, location_id: attribute(`scf_rule.${name}_on`, "location_id") },
    needs: {
      ...listenerFor(name, around),
      [`scf_rule.${name}_on`]: { load_balancer_id, listener_id, domain: "www.example.com", path: "/orders" },
    },
  };
}

/** On another load balancer. */
function elsewhere(name: string, around: Around): { on: Attributes; needs: Resources } {
  return ruleFor(`${name}_2`, { ...around, loadBalancerId: around.otherLoadBalancerId });
}

function roleFor(name: string): Resources {
  return {
    [`scf_role.${name}_role`]: { role_name: `${name}-role`, trusted_services: ["scf.qcloud.com"] },
    [`scf_role.${name}_role_2`]: { role_name: `${name}-role-2`, trusted_services: ["scf.qcloud.com"] },
  };
}
function policyFor(name: string): Resources {
  return {
    [`scf_policy.${name}_policy`]: { policy_name: `${name}-policy`, version: "2.0", statement },
    [`scf_policy.${name}_policy_2`]: { policy_name: `${name}-policy-2`, version: "2.0", statement },
  };
}
const policyName = (name: string): string => attribute(`scf_policy.${name}_policy`, "policy_name");

const trigger = { namespace: "default", qualifier: "$LATEST" };

/** Another function and another of its versions. */
function otherTarget(name: string): Record<string, Change> {
  const { other } = twoFunctions(name);
  return { function_name: other, qualifier: "$DEFAULT" };
}

export const examples: readonly Example[] = [
  {
    type: "scf_function",
    of: "event",
    declared: (name) => ({
      attributes: {
        ...aFunction,
        function_name: dashed(name),
        description: "Takes orders.",
        environment: { TABLE: "orders" },
        time_zone: "Asia/Shanghai",
        vpc: { vpc_id: "vpc-1", subnet_id: "subnet-1" },
        tags: { team: "shop" },
      },
      needs: {
        "scf_namespace.shared": { name: "shared" },
        "scf_role.shared": { role_name: "shared", trusted_services: ["scf.qcloud.com"] },
        "scf_layer.shared": { layer_name: "shared", compatible_runtimes: ["Nodejs16.13"], code },
      },
    }),
    changes: (name) => ({
      namespace: attribute("scf_namespace.shared", "name"),
      function_name: `${dashed(name)}-new`,
      type: together("HTTP", { handler: null }),
      description: "Takes all orders.",
      runtime: "Nodejs12.16",
      handler: "orders.main_handler",
      code: otherCode,
      memory: 512,
      timeout: 20,
      init_timeout: 90,
      environment: { TABLE: "all-orders", EXTRA: "1" },
      time_zone: "UTC",
      layers: [{ name: "shared", version: attribute("scf_layer.shared", "version") }],
      role: attribute("scf_role.shared", "role_name"),
      async_execution: true,
      status_tracking: together(true, { async_execution: true }),
      gpu_node: "GPU.1",
      dns_cache: true,
      public_access: false,
      fixed_egress_ip: true,
      vpc: { vpc_id: "vpc-2", subnet_id: "subnet-2" },
      file_systems: [fileSystem, { ...fileSystem, local_directory: "/mnt/stock", user_id: 0, group_id: 7 }],
      log_topic: { logset_id: "set-1", topic_id: "topic-1" },
      dead_letter_queue: { type: "topic", name: "dead", filter_type: "1" },
      tags: { owner: "orders" },
    }),
  },
  {
    type: "scf_function",
    of: "web",
    declared: (name) => ({ attributes: { ...webFunction, function_name: dashed(name) }, needs: {} }),
    changes: () => ({
      timeout: 60,
      web_socket: together(false, { web_socket_idle_timeout: null }),
      web_socket_idle_timeout: 900,
      instance_concurrency: "10",
    }),
  },
  {
    type: "scf_function",
    of: "dynamic",
    declared: (name) => ({
      attributes: { ...webFunction, function_name: dashed(name), instance_concurrency: "10" },
      needs: {},
    }),
    changes: () => ({ instance_concurrency: "dynamic" }),
  },
  {
    type: "scf_function",
    of: "image",
    declared: (name) => ({ attributes: { ...imageFunction, function_name: dashed(name) }, needs: {} }),
    changes: () => ({
      code: {
        image: "registry.example.com/team/resize:2",
        registry: "enterprise",
        registry_id: "tcr-1",
        entry_point: "python",
        command: "-u app.py",
        acceleration: true,
      },
      memory: 512,
    }),
  },
  {
    type: "scf_async_invocation",
    declared: (name) => {
      const { on, needs } = twoFunctions(name);
      return { attributes: { ...on, retry_attempts: 1, maximum_event_age: 3600 }, needs };
    },
    changes: (name) => ({
      function_name: twoFunctions(name).other,
      retry_attempts: 0,
      maximum_event_age: 60,
    }),
  },
  {
    type: "scf_test_event",
    declared: (name) => {
      const { on, needs } = twoFunctions(name);
      return { attributes: { ...on, name: dashed(name), event: '{"item":"lamp"}' }, needs };
    },
    changes: (name) => ({
      name: `${dashed(name)}-new`,
      event: "[1]",
      function_name: twoFunctions(name).other,
    }),
  },
  {
    type: "scf_namespace",
    declared: (name) => ({ attributes: { name: dashed(name), description: "Shop." }, needs: {} }),
    changes: (name) => ({ name: `${dashed(name)}-new`, description: "The shop." }),
  },
  {
    type: "scf_namespace_concurrency",
    declared: (name) => ({
      attributes: { namespace: attribute(`scf_namespace.${name}_on`, "name"), total_mb: 12_800 },
      needs: {
        [`scf_namespace.${name}_on`]: { name: `${dashed(name)}-on` },
        [`scf_namespace.${name}_on_2`]: { name: `${dashed(name)}-on-2` },
      },
    }),
    changes: (name) => ({ namespace: attribute(`scf_namespace.${name}_on_2`, "name"), total_mb: 25_600 }),
  },
  {
    type: "scf_layer",
    declared: (name) => ({
      attributes: {
        layer_name: dashed(name),
        compatible_runtimes: ["Nodejs16.13", "Nodejs12.16"],
        code,
        description: "Shared files.",
      },
      needs: {},
    }),
    changes: (name) => ({
      layer_name: `${dashed(name)}-new`,
      compatible_runtimes: ["Nodejs16.13"],
      code: otherCode,
      description: "Files.",
    }),
  },
  {
    type: "scf_version",
    declared: (name) => {
      const { on, needs } = twoFunctions(name);
      return {
        attributes: {
          ...on,
          content: "c".repeat(64),
          description: "First.",
        },
        needs,
      };
    },
    changes: (name) => ({
      function_name: twoFunctions(name).other,
      content: "d".repeat(64),
      description: "Second.",
    }),
  },
  {
    type: "scf_alias",
    declared: (name) => {
      const { on, needs } = twoFunctions(name);
      const version = attribute(`scf_version.${name}_on_first`, "version");
      return { attributes: { ...on, name: "stable", version, description: "What callers use." }, needs };
    },
    changes: (name) => ({
      function_name: together(twoFunctions(name).other, {
        version: attribute(`scf_version.${name}_2_on_first`, "version"),
      }),
      name: "steady",
      version: "$LATEST",
      routing: { type: "weighted", version: "$LATEST", percent: 7 },
      release: { steps: [{ percent: 10, wait_seconds: 0 }] },
      provisioned: 1,
      description: "Callers use it.",
    }),
  },
  {
    type: "scf_timer_trigger",
    declared: (name) => {
      const { on, needs } = twoFunctions(name);
      return {
        attributes: {
          ...trigger,
          ...on,
          trigger_name: "nightly",
          cron: "0 0 2 * * * *",
          enabled: true,
          message: "go",
        },
        needs,
      };
    },
    changes: (name) => ({
      ...otherTarget(name),
      trigger_name: "daily",
      cron: "0 30 2 * * * *",
      enabled: false,
      message: "stop",
      description: "Every night.",
    }),
  },
  {
    type: "scf_cos_trigger",
    declared: (name) => {
      const { on, needs } = twoFunctions(name);
      return {
        attributes: {
          ...trigger,
          ...on,
          bucket: `${dashed(name).slice(0, 30)}-1250000000`,
          bucket_region: "ap-guangzhou",
          event: "cos:ObjectCreated:*",
          prefix: "images/",
          suffix: ".jpg",
          enabled: true,
        },
        needs,
      };
    },
    changes: (name) => ({
      ...otherTarget(name),
      bucket: `x${dashed(name).slice(0, 30)}-1250000000`,
      event: "cos:ObjectRemove:*",
      prefix: "pictures/",
      suffix: ".png",
      enabled: false,
    }),
  },
  {
    type: "scf_ckafka_trigger",
    declared: (name) => {
      const { on, needs } = twoFunctions(name);
      return {
        attributes: {
          ...trigger,
          ...on,
          instance_id: "ckafka-a1b2c3d4",
          topic: "orders",
          offset: "1700000000000",
          consumer_group: "shop",
          max_messages: 100,
          retries: 5,
          max_wait: 10,
          enabled: true,
        },
        needs,
      };
    },
    changes: (name) => ({
      ...otherTarget(name),
      instance_id: "ckafka-e5f6a7b8",
      topic: "stock",
      offset: "latest",
      consumer_group: "store",
      max_messages: 200,
      retries: 0,
      max_wait: 60,
      enabled: false,
      description: "Orders.",
    }),
  },
  {
    type: "scf_cls_trigger",
    declared: (name) => {
      const { on, needs } = twoFunctions(name);
      const topic_id = "0f1e2d3c-0000-4000-8000-000000000001";
      return { attributes: { ...trigger, ...on, topic_id, max_wait: 30, max_messages: 500 }, needs };
    },
    changes: (name) => ({
      ...otherTarget(name),
      topic_id: "0f1e2d3c-0000-4000-8000-000000000002",
      max_wait: 60,
      max_messages: 100,
    }),
  },
  {
    type: "scf_mps_trigger",
    declared: (name) => {
      const { on, needs } = twoFunctions(name);
      return { attributes: { ...trigger, ...on, event_type: "EditMediaTask" }, needs };
    },
    changes: (name) => ({ ...otherTarget(name), event_type: "WorkflowTask" }),
  },
  {
    type: "scf_api_gateway_trigger",
    declared: (name) => {
      const { on, needs } = twoFunctions(name);
      return {
        attributes: {
          ...trigger,
          ...on,
          service_id: "service-a1b2c3d4",
          path: `/${dashed(name)}`,
          method: "POST",
          environment: "prepub",
          protocol: "HTTP",
          backend_timeout: 30,
          integrated_response: true,
          authentication: true,
        },
        needs,
      };
    },
    changes: (name) => ({
      ...otherTarget(name),
      service_id: "service-e5f6a7b8",
      path: `/new-${dashed(name)}`,
      method: "GET",
      environment: "release",
      protocol: "HTTPS",
      backend_timeout: 20,
      integrated_response: false,
      authentication: false,
    }),
  },
  {
    type: "scf_reserved_concurrency",
    declared: (name) => {
      const { on, needs } = twoFunctions(name);
      return { attributes: { ...on, reserved_mb: 1024 }, needs };
    },
    changes: (name) => ({ function_name: twoFunctions(name).other, reserved_mb: 2048 }),
  },
  {
    type: "scf_provisioned_concurrency",
    declared: (name) => {
      const { on, needs } = twoFunctions(name);
      const qualifier = attribute(`scf_version.${name}_on_first`, "version");
      return { attributes: { ...on, qualifier, provisioning: { type: "static", instances: 2 } }, needs };
    },
    changes: (name) => ({
      function_name: together(twoFunctions(name).other, {
        qualifier: attribute(`scf_version.${name}_2_on_first`, "version"),
      }),
      provisioning: {
        type: "static",
        instances: 1,
        actions: [
          { name: "open", cron: "0 0 8 * * * *", instances: 3 },
          { name: "close", cron: "0 0 20 * * * *", instances: 0 },
        ],
      },
    }),
  },
  {
    type: "scf_listener",
    of: "layer4",
    declared: (name, { loadBalancerId }) => ({
      attributes: {
        load_balancer_id: loadBalancerId,
        name: dashed(name),
        protocol: "TCP",
        port: portOf(name),
        health_check: { interval_seconds: 7 },
      },
      needs: {},
    }),
    changes: (name, { otherLoadBalancerId }) => ({
      load_balancer_id: otherLoadBalancerId,
      name: `${dashed(name)}-new`,
      protocol: "UDP",
      port: portOf(`${name}_new`),
      scheduler: "LEAST_CONN",
      session_expire_seconds: 60,
      health_check: healthCheck,
    }),
  },
  {
    type: "scf_listener",
    of: "https",
    declared: (name, { loadBalancerId }) => ({
      attributes: {
        load_balancer_id: loadBalancerId,
        name: dashed(name),
        protocol: "HTTPS",
        port: portOf(name),
        certificate_id: "cert-1",
      },
      needs: {},
    }),
    changes: () => ({
      certificate_id: "cert-2",
      server_name_indication: together(true, { certificate_id: null }),
    }),
  },
  {
    type: "scf_rule",
    declared: (name, around) => ({
      attributes: {
        load_balancer_id: around.loadBalancerId,
        listener_id: attribute(`scf_listener.${name}_on`, "listener_id"),
        domain: "www.example.com",
        path: "/stock",
      },
      needs: { ...ruleFor(name, around).needs, ...elsewhere(name, around).needs },
    }),
    changes: (name, around) => {
      const { load_balancer_id, listener_id } = elsewhere(name, around).on;
      return {
        load_balancer_id: together(load_balancer_id, { listener_id }),
        listener_id: together(listener_id, { load_balancer_id }),
        domain: "example.com",
        path: "/stores",
        scheduler: "IP_HASH",
        session_expire_seconds: 86_400,
        health_check: { path: "/health" },
      };
    },
  },
  {
    type: "scf_backend_binding",
    declared: (name, around) => {
      const { on, needs } = ruleFor(name, around);
      const backends = [
        { address: "10.0.0.7", port: 80, weight: 10 },
        ...Array.from({ length: 24 }, (_, index) => ({
          instance_id: `ins-${10 + index}`,
          port: 80,
          weight: 5,
        })),
      ];
      return {
        attributes: { ...on, backends },
        needs: {
          ...needs,
          ...elsewhere(name, around).needs,
          [`scf_rule.${name}_other`]: {
            ...on,
            location_id: undefined,
            domain: "www.example.com",
            path: "/other",
          },
        },
      };
    },
    changes: (name, around) => {
      const other = elsewhere(name, around).on;
      return {
        load_balancer_id: together(other["load_balancer_id"], other),
        listener_id: together(other["listener_id"], other),
        location_id: attribute(`scf_rule.${name}_other`, "location_id"),
        backends: [
          { address: "10.0.0.8", port: 80, weight: 10 },
          { instance_id: "ins-10", port: 80, weight: 0 },
          { instance_id: "ins-11", port: 81, weight: 5 },
        ],
      };
    },
  },
  {
    type: "scf_function_binding",
    declared: (name, around) => {
      const { on, needs } = ruleFor(name, around);
      const target = twoFunctions(name);
      return {
        attributes: {
          ...on,
          ...target.on,
          qualifier: attribute(`scf_alias.${name}_on_live`, "name"),
          qualifier_type: "alias",
          weight: 20,
        },
        needs: {
          ...needs,
          ...target.needs,
          ...elsewhere(name, around).needs,
          [`scf_rule.${name}_other`]: {
            ...on,
            location_id: undefined,
            domain: "www.example.com",
            path: "/other",
          },
        },
      };
    },
    changes: (name, around) => {
      const other = elsewhere(name, around).on;
      return {
        load_balancer_id: together(other["load_balancer_id"], other),
        listener_id: together(other["listener_id"], other),
        location_id: attribute(`scf_rule.${name}_other`, "location_id"),
        function_name: together(twoFunctions(name).other, {
          qualifier: attribute(`scf_alias.${name}_2_on_live`, "name"),
        }),
        qualifier: attribute(`scf_alias.${name}_on_next`, "name"),
        qualifier_type: together("version", {
          qualifier: attribute(`scf_version.${name}_on_first`, "version"),
        }),
        weight: 0,
      };
    },
  },
  {
    type: "scf_cross_region",
    declared: (name, around) => ({
      attributes: {
        load_balancer_id: around.ownLoadBalancer(name),
        version: "1.0",
        region: "ap-shanghai",
        vpc_id: "vpc-1",
        retain: true,
      },
      needs: {},
    }),
    changes: () => ({ region: "ap-beijing", vpc_id: "vpc-2" }),
  },
  {
    type: "scf_snat_address",
    declared: (name, around) => ({
      attributes: {
        load_balancer_id: around.ownLoadBalancer(name),
        subnet_id: "subnet-1",
        address: "10.0.0.10",
      },
      needs: {},
    }),
    changes: (name, around) => ({
      load_balancer_id: around.ownLoadBalancer(`${name}_2`),
      subnet_id: "subnet-2",
      address: "10.0.0.11",
    }),
  },
  {
    type: "scf_policy",
    declared: (name) => ({
      attributes: { policy_name: dashed(name), version: "2.0", statement, description: "Operators." },
      needs: {},
    }),
    changes: (name) => ({
      policy_name: `${dashed(name)}-new`,
      statement: [{ effect: "deny", action: ["scf:DeleteFunction", "scf:InvokeFunction"], resource: ["*"] }],
      description: "All operators.",
    }),
  },
  {
    type: "scf_role",
    declared: (name) => ({
      attributes: {
        role_name: dashed(name),
        trusted_services: ["scf.qcloud.com"],
        description: "Runs.",
        tags: { team: "shop", stage: "test" },
      },
      needs: {},
    }),
    changes: (name) => ({
      role_name: `${dashed(name)}-new`,
      trusted_services: ["scf.qcloud.com", "apigateway.qcloud.com"],
      trusted_accounts: ["100000000003", "100000000002"],
      description: "Runs functions.",
      tags: { team: "orders", cost: "4711" },
    }),
  },
  {
    type: "scf_policy_attachment",
    declared: (name) => ({
      attributes: {
        role_name: attribute(`scf_role.${name}_role`, "role_name"),
        policy_name: policyName(name),
      },
      needs: { ...roleFor(name), ...policyFor(name) },
    }),
    changes: (name) => ({
      role_name: attribute(`scf_role.${name}_role_2`, "role_name"),
      policy_name: attribute(`scf_policy.${name}_policy_2`, "policy_name"),
    }),
  },
  {
    type: "scf_user_policy_attachment",
    declared: (name) => ({
      attributes: { user_name: "alice", policy_name: policyName(name) },
      needs: policyFor(name),
    }),
    changes: (name) => ({
      user_name: "bob",
      policy_name: attribute(`scf_policy.${name}_policy_2`, "policy_name"),
    }),
  },
  {
    type: "scf_group_policy_attachment",
    declared: (name, { groupId }) => ({
      attributes: { group_id: groupId, policy_name: policyName(name) },
      needs: policyFor(name),
    }),
    changes: (name, { otherGroupId }) => ({
      group_id: otherGroupId,
      policy_name: attribute(`scf_policy.${name}_policy_2`, "policy_name"),
    }),
  },
  {
    type: "scf_alarm_policy",
    declared: (name) => {
      const { on, needs } = twoFunctions(name);
      return {
        attributes: {
          policy_name: dashed(name).slice(0, 20),
          target_type: "alias",
          target: { ...on, qualifier: attribute(`scf_alias.${name}_on_live`, "name") },
          conditions: [{ ...condition, metric: "duration", threshold: 2500.5 }, condition],
          match: "any",
          notice_ids: ["notice-1"],
          enabled: true,
          description: "orders",
        },
        needs,
      };
    },
    changes: (name) => {
      const { on } = twoFunctions(name);
      return {
        policy_name: `${dashed(name).slice(0, 18)}-n`,
        target: { ...on, qualifier: attribute(`scf_alias.${name}_on_next`, "name") },
        conditions: [{ ...condition, comparison: ">=", threshold: 10, period_minutes: 5, occurrences: 3 }],
        match: "all",
        notice_ids: ["notice-3", "notice-2"],
        enabled: false,
        description: "all_orders",
      };
    },
  },
];
