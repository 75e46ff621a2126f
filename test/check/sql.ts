import { lineAt, type Finding, type Sources } from "./finding.ts";

const statement = /["'`][^"'`]*\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE TABLE|ALTER TABLE)\b[^"'`]*["'`]/g;

/** SQL that would not hold on both databases or not scale: OFFSET, bigint. */
export function badSql(sources: Sources): Finding[] {
  const findings: Finding[] = [];
  for (const [file, text] of sources) {
    if (!/^(core|plugins|admin|migrations)\/.*\.ts$/.test(file) || file.endsWith(".test.ts")) continue;
    for (const match of text.matchAll(statement)) {
      const line = lineAt(text, match.index);
      if (/\bOFFSET\b/i.test(match[0]))
        findings.push({ file, line, sentence: "OFFSET reads what it skips: page by key (after)." });
      if (/\bbigint\b/i.test(match[0]))
        findings.push({ file, line, sentence: "bigint comes back as text or loses digits: use int or double." });
    }
    for (const match of text.matchAll(/type:\s*["']bigint["']|\.(?:skip|offset)\(\s*\w/g)) {
      const line = lineAt(text, match.index);
      if (match[0].includes("bigint"))
        findings.push({ file, line, sentence: "bigint comes back as text or loses digits: use int or double." });
      else if (/createQueryBuilder/.test(text))
        findings.push({ file, line, sentence: "OFFSET reads what it skips: page by key (after)." });
    }
  }
  return findings;
}
