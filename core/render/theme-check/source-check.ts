import type { ThemeCode } from "./codes.ts";
import { finding, lineAt, type ThemeFinding } from "./finding.ts";
import { textOf, type CheckedTemplate, type ThemeUnderCheck } from "./theme-under-check.ts";

/** T7xx to T10xx as far as a template's or a locale's text alone shows it. */
export function* sourceFindings(theme: ThemeUnderCheck): Generator<ThemeFinding> {
  for (const template of theme.templates) yield* findingsOfSource(template);
  for (const { path } of theme.files.filter((file) => /^locales\/[^/]+\.json$/.test(file.path)))
    for (const [at, words] of countsIn(textOf(theme, path), /"[^"\n]*"\s*:\s*"([^"\n]*)"/g))
      yield finding("T1002", { file: path, line: lineAt(textOf(theme, path), at) }, `“${words.slice(0, 60)}” counts applause.`);
}

type Sign = readonly [code: ThemeCode, pattern: RegExp, message: string];

// Each is looked for in the tags of a source, in which everything that the engine fills in was made blank.
const signs: readonly Sign[] = [
  ["T902", /<script\b/gi, "It holds a script."],
  ["T903", /<style\b/gi, "It holds a style element."],
  ["T903", /<[a-z][^<>]*?\sstyle\s*=/gi, "It has a style attribute."],
  ["T904", /<[a-z][^<>]*?\son[a-z]+\s*=/gi, "It has a handler."],
  ["T905", /<[a-z][^<>]*?=\s*(?:["']\s*)?javascript:/gi, "It leads to a javascript: address."],
  ["T906", /<(?:form|button|input)\b[^<>]*?\s(?:form)?action\s*=\s*(?:["']\s*)?(?:[a-z]+:)?\/\//gi, "It sends to another host."],
  [
    "T907",
    /<(?:iframe|frame|object|embed|base|meta\s[^<>]*?http-equiv)\b/gi,
    "It frames something, or changes where links lead.",
  ],
  [
    "T803",
    /<(?:img|link|source|video|audio|track|use|image)\b[^<>]*?\s(?:src|href|srcset|poster)\s*=\s*(?:["']\s*)?(?:https?:)?\/\//gi,
    "It loads from another host.",
  ],
  [
    "T802",
    /<(?:img|link|source|video|audio|use|image)\b[^<>]*?\s(?:src|href|poster)\s*=\s*(?:["']\s*)?(?!https?:|\/\/|data:)[^"'\s<>\ue000]+\.(?:css|m?js|svg|png|jpe?g|gif|webp|avif|ico|woff2?)\b/gi,
    "It links to a file by its bare name.",
  ],
  ["T707", /<[a-z][^<>]*?\stabindex\s*=\s*["']?[1-9]/gi, "It has a tabindex above 0."],
];

/** The same of one template alone; what cannot be compiled is told of elsewhere. */
export function* findingsOfSource(template: CheckedTemplate): Generator<ThemeFinding> {
  const { name, source } = template;
  // Mails need their styles inline, and are no pages.
  if ("error" in template || name.startsWith("email/")) return;
  const file = `templates/${name}`;
  const { markup, tags } = blanked(source);
  for (const [code, pattern, message] of signs)
    for (const { index } of markup.matchAll(pattern)) yield finding(code, { file, line: lineAt(markup, index) }, message);
  for (const { 0: tag, index } of markup.matchAll(/<img\b[^<>]*>/gi))
    // What is printed beside the attributes may be the description.
    if (!/\salt\b/i.test(tag) && !/[\s"']\ue000/.test(tag.replace(/="[^"]*"/g, "=")))
      yield finding("T701", { file, line: lineAt(markup, index) }, "A picture has no alt.");
  for (const [at, words] of countsIn(markup, />([^<>]*)</g))
    yield finding("T1002", { file, line: lineAt(markup, at) }, `“${words.trim().slice(0, 60)}” counts applause.`);
  for (const { at, text } of tags)
    for (const { 0: field } of text.replace(/"[^"]*"|'[^']*'/g, "''").matchAll(/\.[a-z]\w{0,40}/gi))
      if (counter.test(field.slice(1)))
        yield finding("T1001", { file, line: lineAt(source, at) }, `“${field.slice(1)}” would be a count of applause.`);
}

const counter =
  /^((likes?|favou?rites?|followers?|following|reposts?|reblogs?|boosts?|shares?)|(like|favou?rite|follower|following|repost|reblog|boost|share|view|visit|hit)s?_?counts?)$/i;
const applause = /(?:\d|\{\w+\}|\ue000)\s*(?:likes?|followers?|shares?|reposts?|boosts?|favou?rites?|views)\b/i;

function* countsIn(text: string, pattern: RegExp): Generator<[number, string]> {
  for (const match of text.matchAll(pattern))
    if (applause.test(match[1]!)) yield [match.index, match[1]!.replace(/\ue000+/g, "…")];
}

const ends: Readonly<Record<string, string>> = { "{{": "}}", "{%": "%}", "{#": "#}" };

// As long as before, so that places stay: comments and tags are gone, and everything that is printed is one kind of sign.
function blanked(source: string): { markup: string; tags: { at: number; text: string }[] } {
  const tags: { at: number; text: string }[] = [];
  let [markup, at] = ["", 0];
  for (const { index, 0: start } of source.matchAll(/\{[{%#]/g)) {
    if (index < at) continue;
    const end = source.indexOf(ends[start]!, index + 2);
    if (end < 0) break;
    const text = source.slice(index, end + 2);
    if (start !== "{#") tags.push({ at: index, text });
    markup += source.slice(at, index) + text.replace(/[^\n]/g, start === "{{" ? "\ue000" : " ");
    at = end + 2;
  }
  return { markup: markup + source.slice(at), tags };
}
