import { refuse } from "../context";
import type { Package } from "./package";

/** How handlers look in a language: RT-H1, RT-H2, RT-H3. */
interface HandlerForm {
  readonly form: string;
  readonly example: string;
  readonly pattern: RegExp;
  /** Extension of the file that the first part names. */
  readonly extension?: string;
}

const onePart: HandlerForm = { form: "[file]", example: "main", pattern: /^[^.:/\\\s]+$/ };
const threePart: HandlerForm = {
  form: "[package].[class]::[method]",
  example: "example.Hello::mainHandler",
  pattern: /^[^:/\\\s]+\.[^.:/\\\s]+::[^.:/\\\s]+$/,
};
function twoPart(extension: string): HandlerForm {
  return {
    form: "[file].[function]",
    example: "index.main_handler",
    pattern: /^[^.:/\\\s]+\.[^.:/\\\s]+$/,
    extension,
  };
}

/** By what a runtime's name begins with. A language that is not here is new: its handlers are not checked. */
const forms: readonly (readonly [string, HandlerForm])[] = [
  ["Nodejs", twoPart(".js")],
  ["Python", twoPart(".py")],
  ["Php", twoPart(".php")],
  ["Java", threePart],
  ["Go", onePart],
];

function formOf(runtime: string): HandlerForm | undefined {
  return forms.find(([prefix]) => runtime.startsWith(prefix))?.[1];
}

/** RT-LIST: names grow with the platform, so only their form is checked. */
export function checkRuntime(runtime: string): void {
  if (/^[A-Z][A-Za-z0-9.]{1,39}$/.test(runtime)) return;
  refuse(
    "InvalidParameterValue.Runtime",
    `"${runtime.slice(0, 80)}" is not the name of a runtime, for example Nodejs16.13`,
  );
}

export function checkHandler(runtime: string, handler: string | undefined): void {
  const form = formOf(runtime);
  if (!form) return;
  if (handler === undefined || handler === "") {
    refuse("InvalidParameterValue.Handler", `A function for ${runtime} needs a handler ${form.form}`);
  }
  if (form.pattern.test(handler)) return;
  refuse(
    "InvalidParameterValue.Handler",
    `A handler for ${runtime} has the form ${form.form}, for example ${form.example}; "${handler.slice(0, 130)}" does not`,
  );
}

/** RT-H2: the handler's file lies at the root of the archive. */
export function checkHandlerFile(runtime: string, handler: string | undefined, code: Package): void {
  const extension = formOf(runtime)?.extension;
  if (!extension || handler === undefined || !code.paths) return;
  const file = `${handler.split(".")[0] ?? ""}${extension}`;
  if (code.paths.has(file)) return;
  const elsewhere = [...code.paths].find((path) => path.endsWith(`/${file}`));
  refuse(
    "InvalidParameterValue.Handler",
    `The handler ${handler} needs the file ${file} at the root of the package` +
      (elsewhere === undefined ? "" : `; it is at ${elsewhere}`),
  );
}
