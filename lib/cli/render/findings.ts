import { modules } from "../commands/lazy";
import type { Annotation } from "../synthesis";
import type { Finding } from "../../rules/finding";
import type { Style } from "./style";

/** What the rules and cdktf's own annotations say; undefined when nobody needs to read anything. */
export function renderAdvice(
  findings: readonly Finding[],
  annotations: readonly Annotation[],
  options: { style: Style; baseDirectory: string; width: number | undefined },
): string | undefined {
  const parts = annotations.map((annotation) => renderAnnotation(annotation, options.style));
  if (findings.some((finding) => finding.acknowledged === undefined)) {
    const { style, baseDirectory, width } = options;
    const text = modules.report().renderFindings(findings, {
      color: style.color,
      baseDirectory,
      ...(width === undefined ? {} : { width }),
    });
    parts.push(text.trimEnd());
  }
  return parts.length === 0 ? undefined : parts.join("\n\n");
}

function renderAnnotation(annotation: Annotation, style: Style): string {
  const level = {
    info: style.paint("cyan", "INFO"),
    warn: style.yellow("WARNING"),
    error: style.red("ERROR"),
  }[annotation.level];
  return `${level}  ${annotation.message}\n  ${annotation.address}`;
}
