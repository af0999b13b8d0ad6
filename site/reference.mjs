// The reference of what programs import: one page for each thing that an entry of the package exports.
import fs from "node:fs";
import path from "node:path";
import { Application, Comment, Converter, ReflectionKind } from "typedoc";
import { content, root } from "./content.mjs";

/** Sources of the entries with types. The entry for cdktn has the same as the first. */
function entryPoints() {
  const { exports } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
  return Object.entries(exports)
    .filter(([entry, { types }]) => types !== undefined && entry !== "./cdktn")
    .map(([, { types }]) => path.join(root, types.replace("./dist/", "lib/").replace(/\.d\.(m?ts)$/, ".$1")));
}

/** Writes content/api. Broken links, and things that say nothing of themselves, are errors. */
export async function writeReference() {
  const application = await Application.bootstrapWithPlugins({
    plugin: ["typedoc-plugin-markdown", "typedoc-vitepress-theme"],
    entryPoints: entryPoints(),
    tsconfig: path.join(root, "tsconfig.build.json"),
    basePath: root,
    readme: "none",
    name: "Reference",
    excludeExternals: true,
    excludePrivate: true,
    excludeProtected: true,
    excludeInternal: true,
    disableSources: true,
    // Types that others are inferred from are an inside matter: test/readme checks what a signature names.
    validation: { notExported: false, invalidLink: true, notDocumented: true },
    requiredToBeDocumented: ["Class", "Interface", "TypeAlias", "Function", "Variable", "Method", "Accessor"],
    logLevel: "Warn",
    // Types are checked by `npm run lint`.
    skipErrorChecking: true,
    router: "member",
    entryFileName: "index",
    hidePageHeader: true,
    hideBreadcrumbs: true,
    useCodeBlocks: true,
    expandObjects: true,
    parametersFormat: "table",
    interfacePropertiesFormat: "table",
    classPropertiesFormat: "table",
    tableColumnSettings: { hideModifiers: true, hideInherited: true, hideOverrides: true },
    typeDeclarationFormat: "table",
    enumMembersFormat: "table",
    out: path.join(content, "api"),
    docsRoot: content,
  });
  application.converter.on(Converter.EVENT_RESOLVE_BEGIN, documentAssertions);
  const project = await application.convert();
  if (!project) throw new Error("The reference could not be made: see above.");
  application.validate(project);
  await application.generateOutputs(project);
  if (application.logger.hasErrors() || application.logger.hasWarnings())
    throw new Error("The reference has mistakes: see above.");
}

/** TypeScript keeps no comment for what it makes of each of the main kinds: `hasFunction`, `toHaveFunction` and so on. */
function documentAssertions({ project }) {
  for (const property of project.getReflectionsByKind(ReflectionKind.Property)) {
    if (property.hasComment() || !/^(has|toHave)[A-Z]/.test(property.name)) continue;
    const text =
      "There is such a resource at this path (as much of its end as no other resource of the kind has), and its properties match.";
    property.comment = new Comment([{ kind: "text", text }]);
  }
}
