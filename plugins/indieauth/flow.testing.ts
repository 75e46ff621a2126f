import { createHash } from "node:crypto";
import type { ExecutionContext } from "ava";
import { createTestHost, type TestHostOptions } from "rookery/testing";
import plugin from "./plugin.ts";

const verifier = "a-verifier-that-is-long-enough-for-rfc-7636-0123456789";

/** The challenge of a verifier. */
export const challengeOf = (text: string): string => createHash("sha256").update(text).digest("base64url");

/** An app with PKCE that asks for two things. */
export const app = {
  client_id: "https://app.example/",
  redirect_uri: "https://app.example/back?keep=1",
  response_type: "code",
  state: "é&=+/? %20",
  scope: "create profile",
  code_challenge: challengeOf(verifier),
  code_challenge_method: "S256",
} as const;

type Form = Readonly<Record<string, string>>;
type Changes = Readonly<Record<string, string | undefined>>;

/** An installation where kim is signed in, and steps of an app's way through it. */
export async function openFlow(t: ExecutionContext, options: TestHostOptions = {}) {
  const host = await createTestHost(t, {
    plugins: [{ plugin, folder: import.meta.dirname }],
    dashboard: true,
    blogs: [{ host: "kim.example" }],
    ...options,
  });
  host.network.on("GET https://app.example/", { status: 404 });
  const kim = await host.as("kim");
  const addressOf = (changes: Changes = {}) => {
    const wanted = Object.entries({ ...app, ...changes }).filter((pair): pair is [string, string] => pair[1] !== undefined);
    return `/indieauth/auth?${new URLSearchParams(wanted)}`;
  };
  const ask = (changes: Changes = {}, who = kim) => who.get(addressOf(changes));
  /** Opens the question and answers it; gives where the app gets its answer. */
  const answer = async (changes: Changes = {}, ticked: Record<string, string | string[]> = {}, who = kim) => {
    const page = await ask(changes, who);
    const question = /name="question" value="([^"]+)"/.exec(page.text)?.[1];
    if (!question) throw new Error(`No question at ${page.status}: ${page.headers.location ?? page.text}`);
    const blog = /name="blog" value="(\w+)"(?: checked| *>| *\/)?/.exec(page.text)?.[1] ?? "";
    const scope = [...page.text.matchAll(/name="scope" value="([^"]+)"/g)].map((found) => found[1]!);
    const sent = await who.post("/indieauth/consent", { question, blog, scope, answer: "allow", ...ticked });
    return { page, sent, to: new URL(sent.headers.location ?? "http://nowhere.invalid/") };
  };
  const post = (path: string, form: Form, headers: Record<string, string> = {}) =>
    host.request({ path, host: "hub.example", form, headers: { accept: "application/json", ...headers } });
  const redemption = (code: string, changes: Changes = {}): Form =>
    Object.fromEntries(
      Object.entries({
        grant_type: "authorization_code",
        code,
        client_id: app.client_id,
        redirect_uri: app.redirect_uri,
        code_verifier: verifier,
        ...changes,
      }).filter((pair): pair is [string, string] => pair[1] !== undefined),
    );
  const redeem = (code: string, changes: Changes = {}, path = "/indieauth/token") => post(path, redemption(code, changes));
  /** All the way to a token. */
  const token = async (changes: Changes = {}) => {
    const { to } = await answer(changes);
    return (await redeem(to.searchParams.get("code")!)).json() as Readonly<Record<string, string>>;
  };
  const bearer = (path: string, value: string | null) =>
    host.request({ path, host: "hub.example", headers: value === null ? {} : { authorization: `Bearer ${value}` } });
  return { host, kim, ask, answer, redeem, post, token, bearer, addressOf };
}

/** What a request without PKCE leaves out. */
export const noPkce = { code_challenge: undefined, code_challenge_method: undefined } as const;
