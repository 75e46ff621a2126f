import assert from "node:assert/strict";
import { mf2 } from "microformats-parser";

type Answer = { readonly status: number; readonly headers: Headers; readonly text: string; json(): unknown };
export type Item = ReturnType<typeof mf2>["items"][number];
export type Properties = Record<string, unknown[]>;

/** A strict client of the W3C's Micropub: it knows an address and a key, and finds everything else by the page. */
export class MicropubClient {
  readonly page: string;
  readonly token: string;
  /** A key with the scope `media` only. */
  readonly narrow: string;

  constructor(page: string, token: string, narrow: string) {
    this.page = page;
    this.token = token;
    this.narrow = narrow;
  }

  /** The endpoint as the page names it, first in the header, else in its links (Micropub §5.3). */
  async endpoint(): Promise<string> {
    const answer = await ask(this.page);
    const [, header] = /<([^>]+)>;\s*rel="?micropub"?/.exec(answer.headers.get("link") ?? "") ?? [];
    const link = mf2(answer.text, { baseUrl: this.page }).rels.micropub?.[0];
    assert.ok(header && link, "the page names its endpoint in header and head");
    assert.equal(new URL(header, this.page).href, link);
    return link;
  }

  async mediaEndpoint(): Promise<string> {
    const config = (await this.query("config")).json() as { "media-endpoint"?: string };
    assert.match(config["media-endpoint"] ?? "", /^https?:/, "q=config names the media endpoint, absolute");
    return config["media-endpoint"]!;
  }

  async post(init: RequestInit & { url?: string; token?: string | null }): Promise<Answer> {
    const { url = await this.endpoint(), token = this.token, ...rest } = init;
    const headers = new Headers(rest.headers);
    if (token !== null) headers.set("authorization", `Bearer ${token}`);
    return ask(url, { method: "POST", ...rest, headers });
  }

  form(fields: Record<string, string | readonly string[]>, more: { token?: string | null } = {}): Promise<Answer> {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, String(one));
    return this.post({ body, ...more });
  }

  json(body: unknown, more: { token?: string | null } = {}): Promise<Answer> {
    return this.post({ body: JSON.stringify(body), headers: { "content-type": "application/json" }, ...more });
  }

  /** Asks for a post to be made and looks at the answer: 201 or 202, and an absolute address (Micropub §3.3). */
  async make(sent: Promise<Answer>): Promise<string> {
    const answer = await sent;
    assert.ok([201, 202].includes(answer.status), `created: ${answer.status} ${answer.text}`);
    const location = answer.headers.get("location") ?? "";
    assert.match(location, /^https?:\/\//, "Location is absolute");
    return location;
  }

  async query(q: string, more: Record<string, string | string[]> = {}): Promise<Answer> {
    const url = new URL(await this.endpoint());
    url.searchParams.set("q", q);
    for (const [name, value] of Object.entries(more)) for (const one of [value].flat()) url.searchParams.append(name, one);
    return ask(url.href, { headers: { authorization: `Bearer ${this.token}` } });
  }

  async source(url: string): Promise<{ type: string[]; properties: Properties }> {
    const answer = await this.query("source", { url });
    assert.equal(answer.status, 200, answer.text);
    return answer.json() as { type: string[]; properties: Properties };
  }

  /** The one h-entry of a post's page. */
  async entry(url: string): Promise<Item> {
    const answer = await ask(url);
    assert.equal(answer.status, 200, `${url} is there`);
    const entries = mf2(answer.text, { baseUrl: url }).items.filter(({ type }) => type?.includes("h-entry"));
    assert.equal(entries.length, 1, "a page has one h-entry");
    return entries[0]!;
  }
}

/** One request, redirects not followed. */
export async function ask(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, { redirect: "manual", ...init });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) as unknown };
}

/** The refusal of a request: status, and an error of that name as the field `error` of a JSON object (Micropub §3.8). */
export function assertRefused(answer: Answer, status: number, error: string): void {
  assert.equal(answer.status, status, answer.text);
  assert.match(answer.headers.get("content-type") ?? "", /^application\/json/);
  assert.equal((answer.json() as { error: string }).error, error);
}

/** The words of an entry's content. */
export const contentOf = (entry: Item): { value: string; html: string } =>
  (entry.properties.content?.[0] ?? { value: "", html: "" }) as { value: string; html: string };
