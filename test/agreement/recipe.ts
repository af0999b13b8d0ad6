import * as fc from "fast-check";

/** What a random program declares. Indexes wrap around, so that any number names something. */
export interface Recipe {
  readonly namespaces: readonly string[];
  readonly layers: readonly LayerRecipe[];
  readonly roles: readonly { readonly name: string; readonly trusted: readonly string[] }[];
  readonly functions: readonly FunctionRecipe[];
  readonly aliases: readonly AliasRecipe[];
  readonly timers: readonly TimerRecipe[];
  readonly balancer: BalancerRecipe;
  readonly listeners: readonly { readonly protocol: string; readonly port: number }[];
  readonly rules: readonly RuleRecipe[];
  readonly policies: readonly PolicyRecipe[];
}

export interface LayerRecipe {
  readonly name: string;
  readonly runtimes: readonly string[];
  readonly description: string | undefined;
}

export interface FunctionRecipe {
  readonly namespace: number;
  readonly name: string;
  readonly program: ProgramRecipe;
  readonly memory: number;
  readonly timeout: number;
  readonly initTimeout: number;
  readonly description: string | undefined;
  readonly environmentBytes: number | undefined;
  readonly layers: readonly number[];
  readonly role: number | undefined;
  readonly asyncExecution: boolean;
  readonly published: boolean;
}

export interface ProgramRecipe {
  readonly runtime: string;
  readonly handler: string;
  readonly files: readonly string[];
}

export interface AliasRecipe {
  readonly fn: number;
  readonly name: string;
  /** Of a function of its own, or of another one. */
  readonly versionOf: number | undefined;
  readonly routing:
    | { readonly type: "weighted"; readonly percent: number }
    | { readonly type: "exact"; readonly key: string; readonly value: string }
    | { readonly type: "range"; readonly key: string; readonly expression: string }
    | undefined;
  readonly description: string | undefined;
}

export interface TimerRecipe {
  readonly fn: number;
  readonly name: string;
  readonly qualifier: string;
  readonly cron: string;
}

export interface BalancerRecipe {
  readonly generation: "application" | "classic";
  readonly network: "vpc" | "basic";
  readonly addressType: "ipv4" | "ipv6-nat64" | "ipv6";
}

export interface RuleRecipe {
  readonly listener: number;
  readonly domain: string;
  readonly path: string;
  readonly binding: { readonly fn: number; readonly qualifier: string; readonly weight: number } | undefined;
}

export interface PolicyRecipe {
  readonly name: string;
  readonly effect: string;
  readonly action: readonly string[];
  readonly resource: readonly string[];
}

/** Mostly what is right, so that programs get far enough for two things to go wrong together. */
function mostly<T>(right: fc.Arbitrary<T>, wrong: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 60, arbitrary: right }, { weight: 1, arbitrary: wrong });
}

function often<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(arbitrary, { nil: undefined, freq: 2 });
}

const index = fc.nat({ max: 3 });
const from = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

const name = mostly(
  from("orders", "stock", "a-b", "A_1", "zz", "x".repeat(60), "live"),
  from("1orders", "o", "orders-", "or ders", "", "x".repeat(61), "_a", "ünder"),
);
const description = often(
  mostly(from("Takes orders.", "a, b", "x".repeat(900)), from("no!", "x".repeat(1001), "semi;colon")),
);

const program: fc.Arbitrary<ProgramRecipe> = mostly<ProgramRecipe>(
  from(
    { runtime: "Nodejs16.13", handler: "index.main_handler", files: ["index.js"] },
    { runtime: "Python3.7", handler: "index.main_handler", files: ["index.py", "lib/a.py"] },
    { runtime: "Php7", handler: "index.main", files: ["index.php"] },
    { runtime: "Java11", handler: "example.Hello::mainHandler", files: ["hello.jar"] },
    { runtime: "Go1", handler: "main", files: ["main"] },
  ),
  fc.record({
    runtime: from("Nodejs16.13", "Python3.6", "Java8", "Go1", "Php8.0"),
    handler: from(
      "index",
      "index.main_handler",
      "a.b.c",
      "example.Hello::main",
      "",
      "index.",
      "src/index.main",
    ),
    files: from(["index.js"], ["src/index.js"], ["index.py"], ["main"], ["index.php"]),
  }),
);

const functions = fc.array(
  fc.record<FunctionRecipe>({
    namespace: index,
    name,
    program,
    memory: mostly(
      from(64, 128, 256, 512, 3072),
      from(0, 63, 65, 127, 129, 192, 320, 3071, 3200, 4096, 128.5),
    ),
    timeout: mostly(from(1, 3, 60, 900), from(0, 901, 86_400, 86_401, -1, 1.5)),
    initTimeout: mostly(from(3, 60, 90, 300), from(2, 301, 0, 3.5)),
    description,
    environmentBytes: often(mostly(from(10, 4096), from(4097, 9000))),
    layers: mostly(fc.uniqueArray(index, { maxLength: 3 }), fc.array(index, { maxLength: 6 })),
    role: often(index),
    asyncExecution: mostly(fc.constant(false), fc.constant(true)),
    published: fc.boolean(),
  }),
  { minLength: 1, maxLength: 4 },
);

const routing = fc.oneof(
  fc.record({
    type: fc.constant("weighted" as const),
    percent: mostly(from(0, 1, 10, 50, 99, 100), from(-1, 101, 0.5, 1000)),
  }),
  fc.record({
    type: fc.constant("exact" as const),
    key: mostly(
      from("invoke.headers.user", "invoke.headers.X-Group"),
      from("user", "headers.user", "invoke.headers.", ""),
    ),
    value: mostly(from("Bob", "1"), from("")),
  }),
  fc.record({
    type: fc.constant("range" as const),
    key: mostly(from("invoke.headers.userHash"), from("invoke.header.user")),
    expression: mostly(
      from("[1,50]", "(1,50)", "[3,3]", "[-5,5]"),
      from("[50,1]", "(1,50]", "[1;50]", "[a,b]", "1,50", "[1.5,2]", "[,5]", ""),
    ),
  }),
);

const crons = mostly(
  from("0 0 2 * * * *", "*/5 * * * * * *", "0 0 8-18 * * MON-FRI *", "0 15 10 1 JAN,jul * 2025-2030"),
  from(
    "0 0 2 * *",
    "60 0 2 * * * *",
    "0 0 24 * * * *",
    "",
    "0 0 2 32 * * *",
    "a b c d e f g",
    "0 0 2 * 13 * *",
  ),
);

export const recipes: fc.Arbitrary<Recipe> = fc.record<Recipe>({
  namespaces: fc.uniqueArray(mostly(from("team", "shop", "a1", "b2", "c3"), from("default", "1x", "x")), {
    maxLength: 5,
  }),
  layers: fc.array(
    fc.record({
      name,
      runtimes: mostly(
        from(["Nodejs16.13"], ["Nodejs16.13", "Python3.7", "Php7", "Java11", "Go1"]),
        from([], ["Nodejs16.13", "Python3.7", "Php7", "Java11", "Go1", "Java8"], ["Python3.6"]),
      ),
      description: often(mostly(from("Shared."), from("no!"))),
    }),
    { maxLength: 3 },
  ),
  roles: fc.array(
    fc.record({
      name: mostly(from("run", "run-2"), from("", "a b")),
      trusted: mostly(
        from(["scf.qcloud.com"], ["scf.qcloud.com", "apigateway.qcloud.com"]),
        from(["cvm.qcloud.com"]),
      ),
    }),
    { maxLength: 2 },
  ),
  functions,
  aliases: fc.array(
    fc.record<AliasRecipe>({
      fn: index,
      name: mostly(from("live", "test", "a1"), from("$DEFAULT", "1live", "l", "li ve", "$LATEST", "7")),
      versionOf: often(index),
      routing: often(routing),
      description,
    }),
    { maxLength: 3 },
  ),
  timers: fc.array(
    fc.record({
      fn: index,
      name: mostly(
        from("nightly", "hourly", "t-1", "x".repeat(100)),
        from("", "night ly", "x".repeat(101), "ä"),
      ),
      qualifier: mostly(from("$LATEST", "$DEFAULT"), from("$latest", "0", "a b")),
      cron: crons,
    }),
    { maxLength: 3 },
  ),
  balancer: fc.record<BalancerRecipe>({
    generation: mostly<BalancerRecipe["generation"]>(fc.constant("application"), fc.constant("classic")),
    network: mostly<BalancerRecipe["network"]>(fc.constant("vpc"), fc.constant("basic")),
    addressType: mostly<BalancerRecipe["addressType"]>(from("ipv4", "ipv6-nat64"), fc.constant("ipv6")),
  }),
  listeners: fc.array(
    fc.record({
      protocol: mostly(from("HTTP"), from("TCP", "UDP", "QUIC", "TCP_SSL")),
      port: mostly(from(80, 8080, 1, 65_535), from(0, 65_536, -1, 80.5)),
    }),
    { maxLength: 2 },
  ),
  rules: fc.array(
    fc.record<RuleRecipe>({
      listener: index,
      domain: mostly(
        from("www.example.com", "*.example.com", "a.cn"),
        from("", "WWW.example.com", "exa mple.com"),
      ),
      path: mostly(from("/", "/orders", "/a/b"), from("orders", "", "/a b")),
      binding: often(
        fc.record({
          fn: index,
          qualifier: mostly(from("$LATEST"), from("$latest")),
          weight: mostly(from(0, 10, 100), from(-1, 101, 5000, 1.5)),
        }),
      ),
    }),
    { maxLength: 3 },
  ),
  policies: fc.array(
    fc.record({
      name: mostly(from("ops", "dev"), from("", "x".repeat(129))),
      effect: mostly(from("allow", "deny"), from("alow")),
      action: mostly(
        from(["scf:InvokeFunction"], ["scf:Get*"], ["scf:ListFunctions"]),
        from(["scf:Nothing"], []),
      ),
      resource: mostly(
        from(["*"], ["qcs::scf:ap-guangzhou:uin/100000000001:namespace/default/function/orders"]),
        from(["qcs::scf"], [], ["orders"]),
      ),
    }),
    { maxLength: 2 },
  ),
});
