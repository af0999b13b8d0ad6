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
      },
      globalSetup: "<rootDir>/test/global-setup.ts",
      globalTeardown: "<rootDir>/test/global-teardown.ts",
    },
    {
      ...common,
      displayName: "cdktn",
      // The constructs once more, as programs for cdktn load them.
      testMatch: ["<rootDir>/test/constructs/**/*.test.ts", "<rootDir>/test/rules/report.test.ts"],
      moduleNameMapper: {
        "^cdktf$": "cdktn",
        "^cdktf-scf$": "<rootDir>/dist/cdktn/index.js",
        "^cdktf-scf/testing$": "<rootDir>/dist/testing/index.js",
      },
    },
  ],
  testSequencer: "<rootDir>/test/slow-first.js",
  testTimeout: 60_000,
  // Many tests wait for processes that they start: a core kept for Jest itself would be idle.
  maxWorkers: "100%",
};
