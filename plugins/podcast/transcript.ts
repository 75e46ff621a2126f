/** A transcript as it is served: its format, and its text without markup. */
export type Transcript = {
  readonly file: "vtt" | "txt";
  readonly type: "text/vtt" | "text/plain";
  readonly body: string;
  /** What people read: the words alone. */
  readonly text: string;
};

type Cue = { readonly from: number; readonly until: number; readonly who: string; readonly text: string };

const most = 150_000;
const time = /^(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})\s+-->\s+(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})(?:\s.*)?$/;

/** Reads a transcript in WebVTT, SRT or plain text; null for none. Markup in it is taken out: nothing of it runs anywhere. */
export function transcriptOf(given: unknown): Transcript | null {
  if (typeof given !== "string" || given.trim() === "" || given.length > most) return null;
  const text = given
    .toWellFormed()
    .replace(/^\ufeff/, "")
    .replaceAll("\0", "")
    .replace(/\r\n?/g, "\n");
  const cues = cuesOf(text);
  if (cues.length === 0) {
    const plain = withoutTags(text).trim();
    return plain ? { file: "txt", type: "text/plain", body: `${plain}\n`, text: plain } : null;
  }
  return { file: "vtt", type: "text/vtt", body: vttOf(cues), text: spoken(cues) };
}

/** Whether a transcript is longer than can be kept. */
export const isTooLong = (given: unknown): boolean => typeof given === "string" && given.length > most;

function cuesOf(text: string): Cue[] {
  const cues: Cue[] = [];
  for (const block of text.split(/\n{2,}/)) {
    const lines = block.split("\n");
    const at = lines.findIndex((line) => time.test(line.trim()));
    if (at === -1 || at > 1) continue;
    const match = time.exec(lines[at]!.trim())!;
    const [from, until] = [momentOf(match.slice(1, 5)), momentOf(match.slice(5, 9))];
    const raw = lines.slice(at + 1).join("\n");
    const words = withoutTags(raw).trim();
    const who = /<v(?:\.[^\s>]{0,80})?[ \t]([^>\n]{1,80})>/.exec(raw)?.[1]?.replace(/[<>&]/g, "").trim() ?? "";
    if (until >= from && words) cues.push({ from, until, who, text: words });
  }
  return cues;
}

function momentOf([hours, minutes, seconds, fraction]: readonly (string | undefined)[]): number {
  return Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(seconds) + Number(`0.${fraction}`);
}

function vttOf(cues: readonly Cue[]): string {
  const blocks = cues.map(({ from, until, who, text }) => {
    const words = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("-->", "→").replaceAll(">", "&gt;");
    return `${stampOf(from)} --> ${stampOf(until)}\n${who ? `<v ${who}>` : ""}${words}`;
  });
  return `WEBVTT\n\n${blocks.join("\n\n")}\n`;
}

function stampOf(seconds: number): string {
  const milliseconds = Math.round(seconds * 1000);
  const part = (size: number, of: number, digits = 2) => String(Math.floor(milliseconds / size) % of).padStart(digits, "0");
  return `${part(3_600_000, 1000)}:${part(60_000, 60)}:${part(1000, 60)}.${part(1, 1000, 3)}`;
}

// A speaker begins a paragraph; so does a pause of four seconds.
function spoken(cues: readonly Cue[]): string {
  const paragraphs: string[] = [];
  for (const [at, { who, text, from }] of cues.entries()) {
    const before = cues[at - 1];
    const line = text.replaceAll("\n", " ");
    if (before && before.who === who && from - before.until < 4) paragraphs.push(`${paragraphs.pop()} ${line}`);
    else paragraphs.push(who ? `${who}: ${line}` : line);
  }
  return paragraphs.join("\n\n");
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " ", lrm: "", rlm: "" };

function withoutTags(text: string): string {
  const bare = text.replace(/<\/?[a-z!][^<>]*>/gi, "").replace(/<\d[\d:.]*>/g, "");
  return bare.replace(/&(amp|lt|gt|quot|nbsp|lrm|rlm);/g, (_, name: string) => entities[name] ?? "");
}
