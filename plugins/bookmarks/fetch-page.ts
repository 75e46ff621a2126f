import { plainText, readableArticle, sanitise, type Article, type Context } from "rookery/plugin";
import type { SavedCopy } from "./api.ts";
import { webUrl } from "./bookmark-of.ts";
import { withoutPictures } from "./without-pictures.ts";

/** What became of a page: its copy, or why there is none. `isPassing`: another try may go better. `title` may be known all the same. */
export type Fetched =
  | { readonly ok: true; readonly title: string; readonly copy: Omit<SavedCopy, "fetchedAt"> }
  | { readonly ok: false; readonly title: string; readonly reason: Reason; readonly isPassing: boolean };

/** Ends of keys of the locales. */
export type Reason = "address" | "unreachable" | "missing" | "forbidden" | "type" | "too-large" | "unreadable";

const [mostBytes, mostLetters, patience] = [5_000_000, 600_000, 20_000];
const accept = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1";

/** Fetches a page and finds what somebody would read of it. What the page or its server does wrong is a value. */
export async function fetchPage(context: Pick<Context, "fetch">, url: string): Promise<Fetched> {
  try {
    const response = await context.fetch(url, { headers: { accept }, timeout: patience, maxBytes: mostBytes });
    const { status } = response;
    if (status === 429 || status >= 500) return failed("unreachable", true);
    if (status === 401 || status === 403) return failed("forbidden");
    if (status < 200 || status > 299) return failed("missing");
    const type = (response.headers.get("content-type") ?? "").toLowerCase();
    if (!/^(?:text\/html|application\/xhtml\+xml)\s*(?:;|$)/.test(type)) return failed("type");
    const html = decoded(new Uint8Array(await response.arrayBuffer()), type);
    return await readPage(html, webUrl(response.url) ?? url);
  } catch (error) {
    return troubleOf(error);
  }
}

async function readPage(html: string, url: string): Promise<Fetched> {
  const article = await readableArticle(html, url);
  const title = sound(article?.title || titleOf(html), 500);
  if (!article) return { ...failed("unreadable"), title };
  const clean = withoutPictures(sanitise(sound(article.html, Number.POSITIVE_INFINITY), "reader"));
  if (clean.length > mostLetters) return { ...failed("too-large"), title };
  if (plainText(clean) === "") return { ...failed("unreadable"), title };
  return { ok: true, title, copy: { ...wordsOf(article), title, html: clean } };
}

function wordsOf({ author, siteName, language }: Article) {
  const isLanguage = /^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8})*$/.test(language);
  return { author: sound(author, 500), site: sound(siteName, 500), language: isLanguage ? language : "" };
}

function titleOf(html: string): string {
  const found = /<title[^>]{0,200}>([^<]{1,2000})/i.exec(html.slice(0, 200_000))?.[1] ?? "";
  return plainText(found);
}

// oxlint-disable-next-line no-control-regex
const controls = /[\0-\x08\x0b\x0c\x0e-\x1f]/g;

// What others' bytes become must be text that both databases take.
function sound(text: string, most: number): string {
  return text.replace(controls, "").slice(0, most).toWellFormed();
}

// The header, else a byte order mark, else what the page says of itself (HTML §13.2.3.2).
function decoded(bytes: Uint8Array, type: string): string {
  const head = Buffer.from(bytes.subarray(0, 2_000)).toString("latin1");
  const charset =
    /charset\s*=\s*"?([\w.:-]+)/.exec(type)?.[1] ?? /<meta[^>]{0,200}charset\s*=\s*["']?([\w.:-]+)/i.exec(head)?.[1];
  try {
    return new TextDecoder(charset ?? "utf-8").decode(bytes);
  } catch {
    // A name that no decoder has.
    return new TextDecoder().decode(bytes);
  }
}

function troubleOf(error: unknown): Fetched {
  const reason = (error as { reason?: string }).reason;
  if (reason === "too-large") return failed("too-large");
  if (reason === "type") return failed("type");
  if (reason === "scheme" || reason === "address" || reason === "port" || reason === "redirects") return failed("address");
  return failed("unreachable", true);
}

function failed(reason: Reason, isPassing = false): Fetched & { ok: false } {
  return { ok: false, title: "", reason, isPassing };
}
