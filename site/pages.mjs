/**
 * The guides of the site, in the order in which they are read: title, and file below docs/. A page that is listed and missing
 * stops the build, and so does one that is there and not listed.
 */
export const guides = [
  {
    text: "Begin",
    pages: [
      ["First stack", "first-stack.md"],
      ["Overview", "../README.md"],
      ["Constructs", "constructs.md"],
    ],
  },
  {
    text: "Test",
    pages: [
      ["Assertions", "testing.md"],
      ["Deploying in a test", "testing-deployments.md"],
      ["Simulation", "simulation.md"],
    ],
  },
  {
    text: "Share",
    pages: [
      ["Organizations", "organizations.md"],
      ["The picture of a program", "graph.md"],
    ],
  },
  {
    text: "Deploy",
    pages: [
      ["Releases in steps", "releases.md"],
      ["Terraform or not", "terraform.md"],
      ["Taking over what exists", "import.md"],
      ["Errors and exit codes", "errors.md"],
    ],
  },
  {
    text: "Look inside",
    pages: [
      ["Performance", "performance.md"],
      ["Architecture", "architecture.md"],
    ],
  },
];

/** Folders below docs/ whose README.md lists their pages. */
export const collections = [
  { text: "Rules", folder: "rules" },
  { text: "Resources", folder: "resources" },
  { text: "Decisions", folder: "decisions" },
];
