import fs from "node:fs";
import path from "node:path";

const call = /\brequire\("(\.[^"]+)"\)/g;

/**
 * Puts a compiled module and all that it requires by relative paths into one file of the same folder: one file is found, read and
 * compiled faster than a dozen. Modules in `apart` stay files of their own, for they are required late.
 *
 * @param {string} entry
 * @param {string} output
 * @param {string[]} apart
 */
export function bundle(entry, output, apart) {
  const folder = path.dirname(output);
  const parts = [];
  const numbers = new Map();
  add(entry);
  const head = '"use strict";\nconst modules = [];\n';
  fs.writeFileSync(output, `${head}${parts.join("")}`);

  function add(file) {
    if (numbers.has(file)) return numbers.get(file);
    numbers.set(file, undefined);
    const source = fs.readFileSync(file, "utf8").replace(/^\/\/# sourceMappingURL=.*$/gm, "");
    const text = source.replace(call, (whole, specifier) => {
      const target = resolve(path.dirname(file), specifier);
      if (apart.includes(target)) return `require(${JSON.stringify(relative(folder, target))})`;
      const number = add(target);
      if (number === undefined) throw new Error(`${file} and ${target} require each other.`);
      return `modules[${number}]`;
    });
    const number = parts.length;
    numbers.set(file, number);
    // V8 compiles a function in parentheses at once, which saves looking at it twice.
    parts.push(`(function (exports) {\n${text}\n})((modules[${number}] = {}));\n`);
    return number;
  }
}

function resolve(folder, specifier) {
  const base = path.resolve(folder, specifier);
  const found = [`${base}.js`, path.join(base, "index.js")].find((file) => fs.existsSync(file));
  if (found === undefined) throw new Error(`There is no ${base}.`);
  return found;
}

function relative(folder, file) {
  return `./${path.relative(folder, file).split(path.sep).join("/")}`;
}
