type Fields = Readonly<Record<string, string | readonly string[]>>;

/** A page as a browser without script sees it. */
export type Page = { readonly status: number; readonly text: string; readonly location: string | null };

/** What a script of a page is answered; `json` is null when it was something else. */
export type ScriptAnswer = {
  readonly status: number;
  readonly json: Readonly<Record<string, unknown>> | null;
  readonly headers: Headers;
};

// A connection that was idle may be closed by the server at the very moment it is used again: on a busy machine a test would fail of it.
const alone = { connection: "close" };

/** A browser without script: keeps cookies, sends the forms it is shown. */
export class PlainBrowser {
  readonly #base: string;
  readonly #cookies = new Map<string, string>();
  #csrf = "";

  constructor(base: string) {
    this.#base = base;
  }

  /** Takes on what another browser holds: its cookies as they are now. */
  borrow(other: PlainBrowser): void {
    for (const [name, value] of other.#cookies) this.#cookies.set(name, value);
  }

  /** Its cookies, for a real browser to go on with. */
  get cookies(): { name: string; value: string; url: string }[] {
    return [...this.#cookies].map(([name, value]) => ({ name, value, url: this.#base }));
  }

  /** Opens an address of the hub. */
  get(path: string): Promise<Page> {
    return this.#send("GET", path);
  }

  /** Sends a form with the token of the page before; redirects are not followed. */
  post(path: string, fields: Fields | FormData, headers: Record<string, string> = {}): Promise<Page> {
    const body = fields instanceof FormData ? fields : new URLSearchParams();
    if (fields instanceof FormData) fields.set("csrf", this.#csrf);
    else
      for (const [name, value] of Object.entries({ csrf: this.#csrf, ...(fields as Fields) }))
        for (const one of [value].flat()) (body as URLSearchParams).append(name, one);
    return this.#send("POST", path, body, headers);
  }

  /** Asks as a script of a page does: JSON both ways, the token of the page before in a header. */
  async script(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<ScriptAnswer> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const sent = { accept: "application/json", "content-type": "application/json", "x-csrf-token": this.#csrf };
    const answer = await fetch(new URL(path, this.#base), {
      method,
      redirect: "manual",
      headers: { ...alone, cookie, origin: this.#base, ...sent, ...headers },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get("content-type")?.startsWith("application/json") ?? false;
    return {
      status: answer.status,
      json: isJson ? (JSON.parse(text) as Record<string, unknown>) : null,
      headers: answer.headers,
    };
  }

  async #send(method: string, path: string, body?: BodyInit, headers: Record<string, string> = {}): Promise<Page> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const origin: Record<string, string> = method === "POST" ? { origin: this.#base } : {};
    const answer = await fetch(new URL(path, this.#base), {
      method,
      redirect: "manual",
      headers: { ...alone, cookie, ...origin, ...headers },
      ...(body === undefined ? {} : { body }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [name, value] = line.split(";")[0]!.split("=", 2) as [string, string];
      if (/Max-Age=0/.test(line)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    const text = await answer.text();
    this.#csrf = /name="csrf" value="([^"]+)"/.exec(text)?.[1] ?? this.#csrf;
    return { status: answer.status, text, location: answer.headers.get("location") };
  }
}
