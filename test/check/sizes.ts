import type { Finding, Sources } from "./finding.ts";

/** Files that nobody can read at one go: over 400 lines, tests over 600. */
export function tooLong(sources: Sources): Finding[] {
  const findings: Finding[] = [];
  for (const [file, text] of sources) {
    const limit = /\.test\.[a-z]+$/.test(file) ? 600 : 400;
    const lines = text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
    if (lines > limit) findings.push({ file, sentence: `has ${lines} lines, ${limit} is the most: split it by concept.` });
    if (/(^|\/)(utils?|helpers?|common|misc|manager)\.[a-z]+$/.test(file))
      findings.push({ file, sentence: "is named after nothing: name it after the one thing inside." });
  }
  return findings;
}
