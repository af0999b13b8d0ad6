const eslint = require("@eslint/js");
const typescript = require("typescript-eslint");

/**
 * Which room of lib/ may import which: the table of docs/architecture.md, as a rule that fails the build.
 * A room not named for a folder is out of its reach.
 */
const mayImport = {
  model: [],
  start: [],
  rules: ["model"],
  assets: ["model"],
  cdktf: ["model", "rules", "assets"],
  constructs: ["model", "rules", "assets", "cdktf"],
  platform: ["model"],
  kinds: ["model", "platform"],
  reconciler: ["model", "kinds/kind"],
  terraform: ["model", "start", "rules", "assets", "platform", "kinds", "reconciler"],
  testing: ["model", "rules", "platform", "kinds", "reconciler", "assets"],
  cli: [
    "model",
    "start",
    "rules",
    "assets",
    "cdktf",
    "constructs",
    "platform",
    "kinds",
    "reconciler",
    "terraform",
  ],
};

const rooms = Object.keys(mayImport);

const rule = (patterns) => ({
  "no-restricted-imports": ["error", { patterns }],
  // Late loading is an import as well. A type that is named by `import("…")` is no call, and is caught by none of these.
  "no-restricted-syntax": [
    "error",
    ...patterns.flatMap(({ regex, message }) => {
      const literal = `Literal[value=/${regex.replaceAll("/", "\\u002f")}/]`;
      return [
        { selector: `CallExpression[callee.name="require"] > ${literal}`, message },
        { selector: `ImportExpression > ${literal}`, message },
      ];
    }),
  ],
});

const restrictions = rooms.map((room) => {
  const may = mayImport[room];
  const message = `lib/${room} may import only: ${may.join(", ") || "nothing of ours"} (docs/architecture.md).`;
  const patterns = rooms
    .filter((other) => other !== room && !may.includes(other))
    .map((other) => {
      // `kinds/kind` opens one file of a room that is closed otherwise.
      const opened = may
        .filter((entry) => entry.startsWith(`${other}/`))
        .map((entry) => `(?!${entry.slice(other.length)}$)`);
      return { regex: `^(\\.\\./)+${other}${opened.join("")}(/|$)`, message };
    });
  patterns.push({ regex: "^(\\.\\./)+(index)?$", message });
  patterns.push({
    regex: "^(cdktn|@cdkt[fn])(/|$)",
    message:
      "The build writes what programs for cdktn load (docs/decisions/0034-two-engines.md): import cdktf.",
  });
  if (room !== "cdktf")
    patterns.push({ regex: "^cdktf(/|$)", message: "Only lib/cdktf knows cdktf (docs/architecture.md)." });
  return { files: [`lib/${room}/**/*.ts`], rules: rule(patterns) };
});

/** A folder that is not in the table may import nothing of ours: it has to be put there first. */
const unknownRooms = {
  files: ["lib/*/**/*.ts"],
  ignores: rooms.map((room) => `lib/${room}/**`),
  rules: rule([
    { regex: "^\\.\\./|^cdktf(/|$)", message: "This folder is not in the table of docs/architecture.md." },
  ]),
};

module.exports = typescript.config(
  {
    ignores: [
      "**/dist/",
      "cdktf.out/",
      ".quickstart/",
      "**/node_modules/",
      "**/.cdktf-scf/",
      "site/.cache/",
      "site/content/",
    ],
  },
  eslint.configs.recommended,
  ...typescript.configs.recommended,
  {
    files: ["**/*.js", "**/*.mjs", "**/*.cjs"],
    languageOptions: {
      globals: {
        process: "readonly",
        console: "readonly",
        require: "readonly",
        exports: "writable",
        Buffer: "readonly",
        module: "writable",
        __dirname: "readonly",
        setTimeout: "readonly",
        globalThis: "readonly",
        URL: "readonly",
      },
    },
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
  {
    // What a browser runs: plain scripts, one after the other.
    files: ["lib/cli/graph/page/*.js", "test/end-to-end/picture-checks.js"],
    languageOptions: {
      sourceType: "script",
      globals: {
        document: "readonly",
        innerWidth: "readonly",
        innerHeight: "readonly",
        matchMedia: "readonly",
        getComputedStyle: "readonly",
        CSS: "readonly",
        HTMLInputElement: "readonly",
      },
    },
  },
  {
    files: ["**/*.ts"],
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // Modules that are heavy or seldom used are required where they are used: start-up time counts.
      "@typescript-eslint/no-require-imports": "off",
      eqeqeq: "error",
    },
  },
  ...restrictions,
  unknownRooms,
);
