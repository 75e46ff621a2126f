const isLetter = /[a-z]/i;
const isNamePart = /[a-z0-9]/i;

/**
 * Text without tags and comments: what nunjucks' pattern `<\/?([a-z][a-z0-9]*)\b[^>]*>|<!--…-->` takes away, in time that
 * grows with the text and not with its square.
 */
export function withoutTags(text: string): string {
  const kept: string[] = [];
  const ends = { tag: 0, comment: 0 };
  let from = 0;
  for (let at = text.indexOf("<"); at !== -1;) {
    const end = endOf(text, at, ends);
    if (end !== -1) {
      kept.push(text.slice(from, at));
      from = end;
    }
    at = text.indexOf("<", end === -1 ? at + 1 : end);
  }
  kept.push(text.slice(from));
  return kept.join("");
}

// A search that found no end once is not repeated: `ends` becomes -1.
function endOf(text: string, at: number, ends: { tag: number; comment: number }): number {
  if (text.startsWith("<!--", at)) {
    if (ends.comment !== -1) ends.comment = text.indexOf("-->", at + 4);
    return ends.comment === -1 ? -1 : ends.comment + 3;
  }
  let next = text[at + 1] === "/" ? at + 2 : at + 1;
  if (!isLetter.test(text.charAt(next))) return -1;
  while (isNamePart.test(text.charAt(next))) next++;
  if (text[next] === "_" || ends.tag === -1) return -1;
  ends.tag = text.indexOf(">", next);
  return ends.tag === -1 ? -1 : ends.tag + 1;
}
