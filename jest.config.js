/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  // Types are checked once for the whole tree by `npm run lint`; tests only translate.
  transform: { "^.+\\.ts$": ["ts-jest", { tsconfig: "tsconfig.json", diagnostics: false }] },
  moduleNameMapper: { "^cdktf-scf$": "<rootDir>/lib/index.ts" },
  globalSetup: "<rootDir>/test/global-setup.ts",
  globalTeardown: "<rootDir>/test/global-teardown.ts",
  testSequencer: "<rootDir>/test/slow-first.js",
  testTimeout: 60_000,
  // Many tests wait for processes that they start: a core kept for Jest itself would be idle.
  maxWorkers: "100%",
};
