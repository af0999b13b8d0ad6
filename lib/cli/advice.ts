import type { Finding } from "../rules/finding";
import type { Project } from "./project";
import { renderAdvice } from "./render/findings";
import { Style } from "./render/style";
import type { Annotation } from "./synthesis";

interface Said {
  readonly findings: readonly Finding[];
  readonly annotations: readonly Annotation[];
}

/** What is to be said about a program, for standard error, where it does not get into what a command answers. */
export function advice(project: Project, said: Said): string | undefined {
  return renderAdvice(said.findings, said.annotations, {
    style: Style.for(process.stderr),
    baseDirectory: project.directory,
    width: process.stderr.columns,
  });
}

export function printAdvice(project: Project, said: Said): void {
  const text = advice(project, said);
  if (text !== undefined) process.stderr.write(`${text}\n\n`);
}
