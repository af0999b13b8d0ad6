/** How the handler of a runtime is written (RT-H1, RT-H2, RT-H3). */
export type HandlerForm = "file" | "file.function" | "package.class::method";

export interface RuntimeFacts {
  readonly handlerForm: HandlerForm;
  /** Ending of the handler's file, where the package holds source. */
  readonly extension?: ".js" | ".py" | ".php";
}

const node: RuntimeFacts = { handlerForm: "file.function", extension: ".js" };
const python: RuntimeFacts = { handlerForm: "file.function", extension: ".py" };
const php: RuntimeFacts = { handlerForm: "file.function", extension: ".php" };
const java: RuntimeFacts = { handlerForm: "package.class::method" };

/** The runtimes of the documents, by the platform's names (RT-LIST). */
export const runtimes: Readonly<Record<string, RuntimeFacts>> = {
  "Nodejs16.13": node,
  "Nodejs14.18": node,
  "Nodejs12.16": node,
  "Nodejs10.15": node,
  "Python3.7": python,
  "Python3.6": python,
  "Python2.7": python,
  "Php8.0": php,
  "Php7.4": php,
  Php7: php,
  Php5: php,
  Java11: java,
  Java8: java,
  Go1: { handlerForm: "file" },
};

/** The runtime that the platform gives functions made from a container image. */
export const IMAGE_RUNTIME = "CustomImage";

/**
 * Facts of a runtime. One that the documents do not name is told by the language at the front of its name, so that newer
 * versions are checked like the older ones; undefined for a language that nobody knows.
 */
export function runtimeFacts(name: string): RuntimeFacts | undefined {
  return (
    runtimes[name] ??
    (/^Nodejs/i.test(name)
      ? node
      : /^Python/i.test(name)
        ? python
        : /^Php/i.test(name)
          ? php
          : /^Java/i.test(name)
            ? java
            : undefined)
  );
}
