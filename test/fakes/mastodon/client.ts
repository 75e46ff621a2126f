import { createHash } from "node:crypto";
import type { FakeReply } from "../fake-server.ts";
import type { FakeMastodon } from "./mastodon.ts";

type Sent = {
  readonly token?: string;
  readonly form?: Readonly<Record<string, string>> | URLSearchParams | FormData;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/** What came back, with the JSON as an object of whatever is in it. */
export type Came = { readonly status: number; readonly json: Readonly<Record<string, unknown>>; readonly reply: FakeReply };

const redirect = "https://rookery.example/callback";
const verifier = "v".repeat(43);

/** A correct client of the fake server, in process; tests spoil one thing at a time. */
export class Client {
  readonly #server: FakeMastodon;

  constructor(server: FakeMastodon) {
    this.#server = server;
  }

  async send(method: string, address: string, { token, form, json, headers = {} }: Sent = {}): Promise<Came> {
    const body = form instanceof FormData ? form : form ? new URLSearchParams(form as Record<string, string>) : null;
    const url = new URL(address, "https://birds.example");
    const type: Record<string, string> = json === undefined ? {} : { "content-type": "application/json" };
    const made = new Request(url, {
      method,
      body: json === undefined ? body : JSON.stringify(json),
      headers: { ...type, ...headers },
    });
    if (token !== undefined) made.headers.set("authorization", `Bearer ${token}`);
    const reply = await this.#server.answer({
      method,
      path: url.pathname,
      query: url.searchParams,
      headers: Object.fromEntries(made.headers),
      bytes: new Uint8Array(await made.arrayBuffer()),
    });
    return { status: reply.status ?? 200, json: (reply.json ?? {}) as Came["json"], reply };
  }

  /** Registers an app and gets a permission: what the token address wants, as it is right. */
  async permission(scopes = "read:accounts read:statuses write:statuses write:media"): Promise<Record<string, string>> {
    const app = await this.send("POST", "/api/v1/apps", { form: { client_name: "Rookery", redirect_uris: redirect, scopes } });
    const client = { client_id: String(app.json.client_id), client_secret: String(app.json.client_secret) };
    const challenge = createHash("sha256").update(verifier).digest("base64url");
    const asked = { response_type: "code", client_id: client.client_id, redirect_uri: redirect, scope: scopes, state: "s" };
    const query = new URLSearchParams({ ...asked, code_challenge: challenge, code_challenge_method: "S256" });
    const { reply } = await this.send("GET", `/oauth/authorize?${query}`);
    const code = new URL(reply.headers!.location!).searchParams.get("code")!;
    return { grant_type: "authorization_code", code, redirect_uri: redirect, code_verifier: verifier, ...client };
  }

  async token(scopes?: string): Promise<string> {
    const { json } = await this.send("POST", "/oauth/token", { form: await this.permission(scopes) });
    return String(json.access_token);
  }
}

/** A form with a picture of one pixel. */
export function picture(description = "", type = "image/png"): FormData {
  const form = new FormData();
  form.append("file", new Blob([Buffer.from("89504e470d0a1a0a0000000d", "hex")], { type }), "heron.png");
  if (description !== "") form.append("description", description);
  return form;
}
