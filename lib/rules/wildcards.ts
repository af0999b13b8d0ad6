/** Patterns of the policy language, in which `*` stands for any text. */

/** Whether a pattern stands for a name. */
export function matchesPattern(pattern: string, name: string): boolean {
  // Walked part by part: a pattern of many stars turned into an expression can take forever.
  const parts = pattern.split("*");
  if (parts.length === 1) return name === pattern;
  let position = 0;
  for (const [index, part] of parts.entries()) {
    if (index === 0) {
      if (!name.startsWith(part)) return false;
      position = part.length;
    } else if (index === parts.length - 1) {
      return name.length - part.length >= position && name.endsWith(part);
    } else {
      const found = name.indexOf(part, position);
      if (found < 0) return false;
      position = found + part.length;
    }
  }
  return true;
}

/** Whether there is a text that both patterns stand for. */
export function patternsOverlap(left: string, right: string): boolean {
  // A row of the table for each letter of `left`: whether what stands before it can be the same as each beginning of `right`.
  let row = Array.from({ length: right.length + 1 }, (_, length) => /^\**$/.test(right.slice(0, length)));
  for (const letter of left) {
    const next = [letter === "*" && row[0] === true];
    for (let length = 1; length < row.length; length++) {
      const other = right[length - 1];
      next.push(
        letter === "*" || other === "*"
          ? row[length] === true || next[length - 1] === true
          : row[length - 1] === true && letter === other,
      );
    }
    row = next;
  }
  return row[right.length] === true;
}
