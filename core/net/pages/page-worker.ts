import { parentPort } from "node:worker_threads";

type Reader = (html: string, url: string) => unknown;

// Each parser takes its room in each thread, so it comes when it is needed: most threads read feeds and nothing else.
const readers = {
  microformats: async (): Promise<Reader> => (await import("./microformats.ts")).microformatsOf,
  links: async (): Promise<Reader> => (await import("./links.ts")).linksOf,
  article: async (): Promise<Reader> => (await import("./article.ts")).articleOf,
} as const;

/** What a page is read for, by a thread of its own. */
export type PageQuestion = {
  readonly id: number;
  readonly what: keyof typeof readers | "feed";
  readonly html: string;
  readonly url: string;
  /** Of a feed, which is read from its bytes. */
  readonly bytes?: Uint8Array;
  readonly contentType?: string;
};

parentPort?.on("message", async ({ id, what, html, url, bytes, contentType }: PageQuestion) => {
  let answer: unknown = null;
  try {
    if (what !== "feed") answer = (await readers[what]())(html, url);
    else answer = bytes && (await import("../feeds/read-feed.ts")).feedOf(bytes, url, contentType ?? "");
  } catch {
    // Parsers of others' give up in many ways on pages made to break them: too deep, too many, nothing there.
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort!.postMessage({ id, answer });
});
