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
  const closed = rooms.filter((other) => other !== room && !mayImport[room].includes(other));
  const opened = mayImport[room].filter((entry) => entry.includes("/"));
  const patterns = closed.map((other) => ({
    group: [`**/${other}/**`, `**/${other}`, ...opened.map((entry) => `!**/${entry}`)],
    message: `lib/${room} may import only: ${mayImport[room].join(", ") || "nothing of ours"} (docs/architecture.md).`,
  }));
  if (room !== "cdktf") {
    patterns.push({ group: ["cdktf", "cdktf/*"], message: "Only lib/cdktf and lib/constructs know cdktf (docs/architecture.md)." });
  }
  return {
    files: [`lib/${room}/**/*.ts`],
    rules: { "no-restricted-imports": ["error", { patterns }] },
  };
});

module.exports = typescript.config(
  { ignores: ["dist/", "cdktf.out/", "node_modules/", "**/.cdktf-scf/"] },
  eslint.configs.recommended,
  ...typescript.configs.recommended,
  {
    files: ["**/*.js", "**/*.mjs"],
    languageOptions: {
      globals: { process: "readonly", console: "readonly", require: "readonly", module: "writable", __dirname: "readonly", setTimeout: "readonly", URL: "readonly" },
    },
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
  {
    files: ["**/*.ts"],
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      eqeqeq: "error",
    },
  },
  ...restrictions,
);
