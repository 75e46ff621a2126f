import type { ImportNote } from "../services.types.ts";

/** How far an import is. `undoing` and `undone` follow `done`, `failed` or `cancelled`. */
export type ImportState = "waiting" | "running" | "done" | "failed" | "cancelled" | "undoing" | "undone";

/** Names of what an import could not place, capped; `total` says how many there were. */
export type NoteList = { readonly total: number; readonly notes: readonly ImportNote[] };

/** What an import did, or would do: the dashboard and the command show it, and it is kept with the import. */
export type ImportReport = {
  readonly counts: Readonly<Record<string, number>>;
  readonly skipped: NoteList;
  readonly warnings: NoteList;
  /** Files of the old site: the first 1,000. */
  readonly media: { readonly total: number; readonly files: readonly { readonly url: string; readonly title: string }[] };
  /** Hosts of those files: pictures of posts are fetched from there only. */
  readonly mediaHosts: readonly string[];
  /** Hosts the posts stood on: links to them are taken along. */
  readonly siteHosts?: readonly string[];
  /** What became of the files that posts show, once they are fetched: there while and after that happens. */
  readonly files?: FilesReport;
  /** The sentence for the person when the import failed; empty otherwise. */
  readonly error: string;
};

/** Fetched files: how many posts show, how many are done with, and by name (`title` is the address) those that could not be had. */
export type FilesReport = {
  readonly total: number;
  readonly done: number;
  readonly failed: NoteList;
  /** Nothing more is going to be fetched. */
  readonly isFinished: boolean;
  /** Somebody ended it before all were here. */
  readonly isStopped?: boolean;
};

/** How far it is: bytes of the file, what was counted so far, and files fetched after that. */
export type ImportProgress = {
  readonly bytes: number;
  readonly of: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly files?: { readonly done: number; readonly total: number; readonly isStopped?: boolean };
};

/** Names a report holds of each kind. */
export const most = 1_000;

/** Counts and collects while an import runs. */
export class Tally {
  readonly counts: Record<string, number> = {};
  readonly #skipped: ImportNote[] = [];
  readonly #warnings: ImportNote[] = [];
  readonly #media: { url: string; title: string }[] = [];
  readonly #hosts = new Set<string>();
  readonly #siteHosts = new Set<string>();
  #warningCount = 0;

  add(what: string, number = 1): void {
    this.counts[what] = (this.counts[what] ?? 0) + number;
  }

  skip(note: ImportNote): void {
    this.add("skipped");
    if (this.#skipped.length < most) this.#skipped.push(short(note));
  }

  warn(note: ImportNote): void {
    this.#warningCount++;
    if (this.#warnings.length < most) this.#warnings.push(short(note));
  }

  file(url: string, title: string): void {
    this.add("media");
    const host = URL.parse(url)?.host;
    if (host && this.#hosts.size < 100) this.#hosts.add(host);
    if (this.#media.length < most) this.#media.push({ url: url.slice(0, 2048), title: title.slice(0, 200) });
  }

  /** Notes where a post stood, and whether any post names that host: only then links have to be looked through. */
  site(url: string, text: string): void {
    const host = URL.parse(url)?.host;
    if (!host) return;
    if (this.#siteHosts.size < 20) this.#siteHosts.add(host);
    this.namesItself ||= text.includes(host.replace(/^www\./, ""));
  }

  /** Some post names the site it stood on. */
  namesItself = false;

  /** Hosts the posts stood on. */
  get siteHosts(): readonly string[] {
    return [...this.#siteHosts];
  }

  report(error = ""): ImportReport {
    return {
      counts: { ...this.counts },
      skipped: { total: this.counts.skipped ?? 0, notes: this.#skipped },
      warnings: { total: this.#warningCount, notes: this.#warnings },
      media: { total: this.counts.media ?? 0, files: this.#media },
      mediaHosts: [...this.#hosts],
      siteHosts: [...this.#siteHosts],
      error,
    };
  }
}

/** A note cut to what a report holds. */
export const short = ({ what, title, why, key, values }: ImportNote): ImportNote => ({
  what: what.slice(0, 100),
  title: title.slice(0, 200),
  why: why.slice(0, 500),
  ...(key && { key: key.slice(0, 100) }),
  ...(values && JSON.stringify(values).length <= 1_000 && { values }),
});
