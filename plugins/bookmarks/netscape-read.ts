import { plainText, type Draft } from "rookery/plugin";
import { webUrl } from "./bookmark-of.ts";
import { cleanTags } from "./tags.ts";

/** What the file says of one page. */
export type Listed = { readonly url: string; readonly draft: Draft };

const piece = /<A\s([^>]*)>([^<]*)<\/A>|<H3[^>]*>([^<]*)<\/H3>|<DD>([^<]*)|<(\/?)DL\b/gi;
const folders = 20;

/**
 * Reads a file of bookmarks as browsers write it, piece by piece: `take` gives what is complete, `rest` the end. Folders become
 * tags. Private unless the file says that one is public.
 */
export class NetscapeReader {
  #text = "";
  #open: string[] = [];
  #next = "";
  #last: Listed | null = null;
  readonly #now: number;

  constructor(now: Date) {
    this.#now = now.getTime();
  }

  /** What is complete after some more of the file. */
  take(more: string): Listed[] {
    // An element that is longer than this is none.
    this.#text = (this.#text + more).slice(-2_000_000);
    const found: Listed[] = [];
    let done = 0;
    for (const match of this.#text.matchAll(piece)) {
      // A description may go on in the next piece.
      if (match[4] !== undefined && match.index + match[0].length === this.#text.length) break;
      done = match.index + match[0].length;
      const ready = this.#read(match);
      if (ready) found.push(ready);
    }
    this.#text = this.#text.slice(done);
    return found;
  }

  /** The last one, when the file is over. */
  rest(): Listed[] {
    const found = [...this.take("<DL"), ...(this.#last ? [this.#last] : [])];
    this.#last = null;
    return found;
  }

  #read([, facts, title, folder, description, closes]: RegExpMatchArray): Listed | null {
    if (description !== undefined) {
      const content = plainText(description).slice(0, 10_000);
      if (this.#last && content !== "") this.#last = { ...this.#last, draft: { ...this.#last.draft, content } };
      return null;
    }
    if (folder !== undefined) this.#next = plainText(folder);
    else if (closes !== undefined && facts === undefined) this.#fold(closes === "/");
    if (facts === undefined) return null;
    const before = this.#last;
    this.#last = this.#listed(facts, title ?? "");
    return before;
  }

  #fold(isEnd: boolean): void {
    if (isEnd) this.#open.pop();
    else if (this.#open.length < folders) this.#open.push(this.#next);
    this.#next = "";
  }

  #listed(facts: string, title: string): Listed | null {
    const fact = (name: string) => plainText(new RegExp(`(?:^|\\s)${name}="([^"]*)"`, "i").exec(facts)?.[1] ?? "");
    const url = webUrl(fact("HREF"));
    if (url === null) return null;
    const tags = cleanTags([fact("TAGS"), ...this.#open]);
    const seconds = Number(fact("ADD_DATE"));
    const isDated = Number.isInteger(seconds) && seconds > 0 && seconds * 1000 < this.#now;
    return {
      url,
      draft: {
        kind: "bookmark",
        title: plainText(title).slice(0, 500),
        content: "",
        // Browsers keep them for their owner alone; only services that publish them say otherwise.
        visibility: fact("PRIVATE") === "0" ? "public" : "private",
        ...(isDated && { publishedAt: new Date(seconds * 1000).toISOString() }),
        properties: { "bookmark-of": url, ...(tags.length > 0 && { bookmarks: { tags } }) },
      },
    };
  }
}
