const { availableParallelism } = require("node:os");

/** @type {import("jest").Config} */
const common = {
  rootDir: __dirname,
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  // Types are checked once for the whole tree by `npm run lint`; tests only translate.
  transform: { "^.+\\.ts$": ["ts-jest", { tsconfig: "tsconfig.json", diagnostics: false }] },
};

/** @type {import("jest").Config} */
module.exports = {
  projects: [
    {
      ...common,
      displayName: "cdktf",
      testMatch: ["**/*.test.ts"],
      moduleNameMapper: {
        "^cdktf-scf$": "<rootDir>/lib/index.ts",
        "^cdktf-scf/testing$": "<rootDir>/lib/testing/index.ts",
        "^cdktf-scf/testing/jest$": "<rootDir>/lib/testing/jest.ts",
      },
      globalSetup: "<rootDir>/test/global-setup.ts",
      globalTeardown: "<rootDir>/test/global-teardown.ts",
    },
    {
      ...common,
      displayName: "cdktn",
      // The constructs once more, as programs for cdktn load them.
      testMatch: [
        "<rootDir>/test/constructs/**/*.test.ts",
        "<rootDir>/test/rules/report.test.ts",
        "<rootDir>/test/testing/{plan,findings,prepare}.test.ts",
      ],
      moduleNameMapper: {
        "^cdktf$": "cdktn",
        "^cdktf-scf$": "<rootDir>/dist/cdktn/index.js",
        "^cdktf-scf/testing$": "<rootDir>/dist/testing/index.js",
        "^cdktf-scf/testing/jest$": "<rootDir>/dist/testing/jest.js",
      },
    },
  ],
  testSequencer: "<rootDir>/test/slow-first.js",
  // A machine that stood still for a minute has broken nothing.
  testTimeout: 300_000,
  // Many tests wait for what takes its time on the local platform: with one worker per core, cores would be idle.
  maxWorkers: Math.ceil(1.5 * availableParallelism()),
  // What a test file has loaded stays in its worker, and garbage collection takes ever longer. A new worker starts in a second.
  workerIdleMemoryLimit: "300MB",
};
