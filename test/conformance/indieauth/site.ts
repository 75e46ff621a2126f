import { createHash } from "node:crypto";

/** A blog to sign in with, found from its home page alone, and the browser of whoever owns it. */
export class Site {
  readonly page: string;
  readonly #cookies = new Map<string, string>();
  #links: Readonly<Record<string, string>> | undefined;

  constructor(page: string) {
    this.page = page;
  }

  /** An endpoint by its relation, from the elements of the page's head. */
  async link(rel: string): Promise<string> {
    if (!this.#links) {
      const html = await (await fetch(this.page)).text();
      const found = [...html.matchAll(/<link rel="([^"]+)" href="([^"]+)"/g)];
      this.#links = Object.fromEntries(found.map(([, name, href]) => [name!, new URL(href!, this.page).href]));
    }
    const url = this.#links[rel];
    if (!url) throw new Error(`The page has no link ${rel}`);
    return url;
  }

  async metadata(): Promise<Record<string, unknown>> {
    return (await (await fetch(await this.link("indieauth-metadata"))).json()) as Record<string, unknown>;
  }

  /** Signs the owner in at the authorization endpoint's host. */
  async signIn(name: string, password: string): Promise<void> {
    const hub = new URL(await this.link("authorization_endpoint")).origin;
    const csrf = wordIn(await (await this.go(`${hub}/signin`)).text(), "csrf");
    const answer = await this.go(`${hub}/signin`, { csrf, name, password });
    if (answer.status !== 303) throw new Error(`Signing in was answered with ${answer.status}`);
  }

  /** The question at the authorization endpoint, or what is there instead. */
  async ask(query: string): Promise<Response> {
    return this.go(`${await this.link("authorization_endpoint")}?${query}`);
  }

  /** Asks and allows all that was asked; gives where the app gets its answer. */
  async allow(query: string): Promise<URL> {
    const asked = await this.ask(query);
    const html = await asked.text();
    const location = asked.headers.get("location");
    if (location !== null) return new URL(location);
    const action = new URL(
      /<form method="post" action="([^"]+consent)"/.exec(html)?.[1] ?? "about:blank",
      asked.url || this.page,
    );
    const hub = new URL(await this.link("authorization_endpoint")).origin;
    const form = new URLSearchParams({
      csrf: wordIn(html, "csrf"),
      question: wordIn(html, "question"),
      blog: wordIn(html, "blog"),
      answer: "allow",
    });
    for (const [, scope] of html.matchAll(/name="scope" value="([^"]+)"/g)) form.append("scope", scope!);
    const answer = await this.go(hub + action.pathname, form);
    return new URL(answer.headers.get("location") ?? `about:blank#${answer.status}`);
  }

  /** What the owner's browser gets at an address, or for a form it sends there. */
  async go(url: string, form?: Record<string, string> | URLSearchParams): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { cookie, ...(form && { origin: new URL(url).origin }) };
    const body = form && new URLSearchParams(form);
    const answer = await fetch(url, { redirect: "manual", headers, ...(body && { method: "POST", body }) });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      this.#cookies.set(name!, value!);
    }
    return answer;
  }
}

/** A form sent by an app, which has no cookies. */
export async function send(url: string, form: Readonly<Record<string, string>>, token?: string) {
  const headers = { accept: "application/json", ...(token !== undefined && { authorization: `Bearer ${token}` }) };
  const answer = await fetch(url, { method: "POST", body: new URLSearchParams(form), headers });
  const json = (await answer.json().catch(() => null)) as Record<string, unknown> | null;
  return { status: answer.status, json };
}

const verifier = "conformance-verifier-0123456789-0123456789-0123456789";

/** The request of an app that keeps all rules, as a query. */
export function request(changes: Readonly<Record<string, string | null>> = {}): string {
  const all: Record<string, string | null> = {
    response_type: "code",
    client_id: "http://127.0.0.1/app",
    redirect_uri: "http://127.0.0.1/back?own=1",
    state: "é&=+/?",
    scope: "create profile",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    ...changes,
  };
  return new URLSearchParams(Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== null)).toString();
}

/** How that app turns its code in. */
export function redemption(code: string, changes: Readonly<Record<string, string | null>> = {}): Record<string, string> {
  const all: Record<string, string | null> = {
    grant_type: "authorization_code",
    code,
    client_id: "http://127.0.0.1/app",
    redirect_uri: "http://127.0.0.1/back?own=1",
    code_verifier: verifier,
    ...changes,
  };
  return Object.fromEntries(Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== null));
}

/** The value of a hidden field of a page. */
export const wordIn = (html: string, name: string): string => new RegExp(`name="${name}" value="([^"]+)"`).exec(html)?.[1] ?? "";
