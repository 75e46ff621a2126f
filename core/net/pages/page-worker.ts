import { parentPort } from "node:worker_threads";
import { feedOf } from "../feeds/read-feed.ts";
import { articleOf } from "./article.ts";
import { linksOf } from "./links.ts";
import { microformatsOf } from "./microformats.ts";

const readers = { microformats: microformatsOf, links: linksOf, article: articleOf } as const;

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

parentPort?.on("message", ({ id, what, html, url, bytes, contentType }: PageQuestion) => {
  let answer: unknown = null;
  try {
    answer = what === "feed" ? bytes && feedOf(bytes, url, contentType ?? "") : readers[what](html, url);
  } catch {
    // Parsers of others' give up in many ways on pages made to break them: too deep, too many, nothing there.
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort!.postMessage({ id, answer });
});
