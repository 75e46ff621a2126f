import type { Account } from "../../hooks/values.ts";
import type { House } from "../../house.ts";
import { startSession } from "../../people/sessions.ts";
import { cookieNames, readCookies } from "../../web/cookies.ts";
import { send, type TestRequest, type TestResponse } from "./outgoing.ts";

type HubRequest = Omit<TestRequest, "host">;

/** Somebody signed in on the hub: cookies are kept, forms carry the session's word and come from the hub's own pages. */
export class TestVisitor {
  readonly account: Account;
  readonly #port: number;
  readonly #hub: URL;
  readonly #csrf: string;
  readonly #cookies: Map<string, string>;

  constructor(parts: { account: Account; port: number; hub: string; csrf: string; cookies: ReadonlyMap<string, string> }) {
    this.account = parts.account;
    this.#port = parts.port;
    this.#hub = new URL(parts.hub);
    this.#csrf = parts.csrf;
    this.#cookies = new Map(parts.cookies);
  }

  /** A request to the hub as this person. */
  async request(wanted: HubRequest): Promise<TestResponse> {
    const word = { csrf: this.#csrf };
    const response = await send(this.#port, {
      ...wanted,
      host: this.#hub.host,
      ...(wanted.form && { form: { ...word, ...wanted.form } }),
      ...(wanted.multipart && { multipart: { ...word, ...wanted.multipart } }),
      headers: {
        origin: this.#hub.origin,
        cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; "),
        ...(!wanted.form && !wanted.multipart && { "x-csrf-token": this.#csrf }),
        ...wanted.headers,
      },
    });
    this.#keep(response);
    return response;
  }

  get(path: string, headers: Record<string, string> = {}): Promise<TestResponse> {
    return this.request({ path, headers });
  }

  post(path: string, form: NonNullable<TestRequest["form"]> = {}): Promise<TestResponse> {
    return this.request({ method: "POST", path, form });
  }

  #keep(response: TestResponse): void {
    for (const line of (response.headers["set-cookie"] as unknown as string[] | undefined) ?? [])
      for (const [name, value] of readCookies(line.split(";")[0]))
        if (value === "" || /max-age=0\b/i.test(line)) this.#cookies.delete(name);
        else this.#cookies.set(name, value);
  }
}

/** Signs somebody in, as if they had just given their password. */
export async function signedIn(house: House, account: Account, port: number): Promise<TestVisitor> {
  const visitor = { userAgent: "rookery/testing", address: "127.0.0.1", isConfirmed: true };
  // The hub reads sessions by the machine's clock.
  const { cookie, session } = await house.storage.write((db) => startSession(db, account.id, visitor, new Date()));
  const hub = house.settings.url;
  const names = cookieNames(hub.startsWith("https:"));
  return new TestVisitor({ account, port, hub, csrf: session.csrf, cookies: new Map([[names.session, cookie]]) });
}
