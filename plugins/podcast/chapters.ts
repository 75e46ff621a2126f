/** A chapter: where it begins, in seconds, and what it is called. */
export type Chapter = { readonly startTime: number; readonly title: string; readonly url?: string; readonly img?: string };

const most = { lines: 500, title: 200, letters: 50_000 } as const;

/** What is wrong with a list of chapters; `line` counts from 1. */
export type ChapterProblem = { readonly key: "chapter-time" | "chapter-many"; readonly line: number };

/** Reads chapters typed one a line, `1:02:03 Title https://…`, in the order of their times; or says what is wrong. */
export function chaptersOf(text: string): readonly Chapter[] | ChapterProblem {
  const lines = text.slice(0, most.letters + 1).split(/\r\n?|\n/);
  if (text.length > most.letters || lines.length > most.lines) return { key: "chapter-many", line: most.lines };
  const chapters: Chapter[] = [];
  for (const [at, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const chapter = chapterOf(line.trim());
    if (!chapter) return { key: "chapter-time", line: at + 1 };
    chapters.push(chapter);
  }
  return chapters.toSorted((a, b) => a.startTime - b.startTime);
}

/** The chapters as the document that players ask for (Podcasting 2.0, JSON chapters 1.2.0). */
export function chaptersDocument(chapters: readonly Chapter[], title: string) {
  return { version: "1.2.0", ...(title && { title }), chapters };
}

function chapterOf(line: string): Chapter | null {
  const match = /^(?:(\d{1,3}):)?(\d{1,3}):([0-5]\d(?:[.,]\d{1,3})?)(?:\s+|$)/.exec(line);
  if (!match) return null;
  const [, hours, minutes, seconds] = match;
  const startTime = Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(seconds!.replace(",", "."));
  const words = line
    .slice(match[0].length)
    .replace(/^[-–—]\s+/, "")
    .split(/\s+/);
  let [url, img] = ["", ""];
  while (words.length > 1 || (words[0] ?? "").startsWith("http")) {
    const address = addressOf(words.at(-1) ?? "");
    if (!address) break;
    if (/\.(jpe?g|png|webp|avif)$/i.test(new URL(address).pathname)) img = address;
    else url = address;
    words.pop();
  }
  const title = words.join(" ").slice(0, most.title).toWellFormed();
  return { startTime, title: title || URL.parse(url)?.host || match[0].trim(), ...(url && { url }), ...(img && { img }) };
}

const addressOf = (word: string): string | null => (/^https?:\/\//i.test(word) ? (URL.parse(word)?.href ?? null) : null);
