const eslint = require("@eslint/js");
const typescript = require("typescript-eslint");

/**
 * Which room of lib/ may import which: the table of docs/architecture.md, as a rule that fails the build.
 * A room not named for a folder is out of its reach.
 */
const mayImport = {
  model: [],
  rules: ["model"],
  assets: ["model"],
  cdktf: ["model", "rules", "assets"],
  constructs: ["model", "rules", "assets", "cdktf"],
  platform: ["model"],
  kinds: ["model", "platform"],
  reconciler: ["model", "kinds/kind"],
  cli: ["model", "rules", "assets", "cdktf", "constructs", "platform", "kinds", "reconciler"],
};

const rooms = Object.keys(mayImport);

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
  if (room !== "cdktf")
    patterns.push({ regex: "^cdktf(/|$)", message: "Only lib/cdktf knows cdktf (docs/architecture.md)." });
  return { files: [`lib/${room}/**/*.ts`], rules: { "no-restricted-imports": ["error", { patterns }] } };
});

module.exports = typescript.config(
  { ignores: ["dist/", "cdktf.out/", ".quickstart/", "node_modules/", "**/.cdktf-scf/"] },
  eslint.configs.recommended,
  ...typescript.configs.recommended,
  {
    files: ["**/*.js", "**/*.mjs"],
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
        URL: "readonly",
      },
    },
    rules: { "@typescript-eslint/no-require-imports": "off" },
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
);
