import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { House, type HouseOptions } from "../core/house.ts";
import { setupLink } from "../core/people/setup-link.ts";
import { readSettings } from "../core/settings/settings.ts";
import { makeWeb } from "../core/start.ts";
import { freePort } from "../core/testing/free-port.ts";
import { adminRoutes } from "./routes.ts";

type Teardown = { teardown(work: () => unknown): void };
type Fields = Readonly<Record<string, string | readonly string[]>>;
const silent = () => undefined;

/** A page as a browser without script sees it. */
export type Page = { readonly status: number; readonly text: string; readonly location: string | null };

/** What a script of a page is answered; `json` is null when it was something else. */
export type ScriptAnswer = {
  readonly status: number;
  readonly json: Readonly<Record<string, unknown>> | null;
  readonly headers: Headers;
};

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
      headers: { cookie, origin: this.#base, ...sent, ...headers },
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
      headers: { cookie, ...origin, ...headers },
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

/** A whole installation with the dashboard, not set up yet, and the link of its wizard. */
export async function openDashboard(
  t: Teardown,
  options: Partial<HouseOptions> = {},
): Promise<{ house: House; browser: PlainBrowser; url: string; link: string }> {
  const folder = mkdtempSync(join(tmpdir(), "rookery-admin-"));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const port = await freePort("localhost");
  const url = `http://localhost:${port}`;
  const settings = readSettings({ ROOKERY_DATA: folder, ROOKERY_URL: url, ROOKERY_PORT: String(port) }, { cwd: folder });
  const log = { debug: silent, info: silent, warn: silent, error: silent };
  const house = await House.open(settings, { log, isDurable: false, ...options });
  const web = makeWeb(house, await adminRoutes(house));
  t.teardown(async () => {
    await web.close();
    await house.close();
  });
  await web.listen(port, "localhost");
  const link = await setupLink(house.storage, url, house.clock.now());
  return { house, browser: new PlainBrowser(url), url, link: link! };
}

/** Goes through the wizard as kim, who is signed in afterwards; the blog is kim.localhost. */
export async function setUp({ browser, link }: { browser: PlainBrowser; link: string }): Promise<void> {
  const token = new URL(link).searchParams.get("token")!;
  await browser.get(`/setup/you?token=${token}`);
  await browser.post("/setup/you", { token, name: "Kim", username: "kim", email: "", password: "seven herons in the reeds" });
  await browser.post("/setup/blog", {
    token,
    title: "Birds",
    description: "",
    blogName: "kim",
    language: "en",
    timeZone: "UTC",
    theme: "perch",
  });
  await browser.post("/setup/purpose", { token, purpose: "blog", posts: "later" });
  await browser.get("/");
}
