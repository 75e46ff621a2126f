import { appTokensOf, tokenScopes } from "../../../core/people/app-tokens.ts";
import { waitingEmail } from "../../../core/people/change-email.ts";
import { passkeysOf } from "../../../core/people/passkeys/passkeys.ts";
import { secondFactorSince } from "../../../core/people/second-factor/second-factor.ts";
import { sessionsOf } from "../../../core/people/sessions.ts";
import { zoneChoices } from "../../choices.ts";
import { isFreshNow, proofsOf } from "../../require-fresh.ts";
import type { AdminRequest } from "../../request.ts";
import { languages } from "../../texts.ts";
import { ownPerson } from "./audited.ts";
import { deviceOf } from "./device.ts";
import { identitiesView } from "./identities.ts";

// What an app that reads and writes does; whoever wants less takes the marks away.
const usualScopes = "create draft update delete media read follow mute block".split(" ");

/** What a form that came back leaves on the page: where it is wrong, what was typed, a token to show once. */
export type AccountState = {
  readonly errors?: Readonly<Record<string, string>>;
  readonly sent?: URLSearchParams;
  readonly token?: string;
};

/** The page of one's own account. */
export async function accountPage(request: AdminRequest, state: AccountState = {}, status = 200) {
  const { storage } = request.house;
  const now = request.scope.clock.now();
  const person = await ownPerson(request);
  const waiting = await waitingEmail(storage, person.id, now);
  const { name, bio, photo, language, timeZone } = person;
  const stored = {
    name,
    bio,
    photo,
    language,
    timeZone,
    email: waiting ?? person.email ?? "",
    "photo-alt": person.photoAlt ?? "",
  };
  const sessions = await sessionsOf(storage, person.id, now);
  const data = {
    person: state.sent ? { ...stored, ...Object.fromEntries(state.sent) } : stored,
    photo: request.house.images.face(photo),
    links: [...linksOf(state.sent, person.links), { label: "", url: "" }, { label: "", url: "" }].slice(0, 12),
    waiting,
    preferences: preferencesOf(request, state.sent),
    languages: languagesOf(request, language),
    zones: zoneChoices(timeZone),
    sessions: sessions.map((session) => ({ ...session, device: deviceOf(request.t, session.userAgent) })),
    current: request.session!.idHash,
    apps: await appsOf(request, person.id),
    scopes: tokenScopes.filter((scope) => scope !== "metrics" || person.role === "admin"),
    chosenScopes: state.sent?.getAll("scope") ?? usualScopes,
    passkeys: await passkeysOf(storage, person.id),
    ...(await identitiesView(request)),
    twoFactorSince: await secondFactorSince(storage, person.id),
    isFresh: isFreshNow(request),
    ...(await proofsOf(request)),
    errors: state.errors,
    token: state.token,
    sentApp: state.sent?.get("app") ?? "",
  };
  return request.html("screens/account/account", request.t("account.title"), data, { status });
}

// Each with the host of the blog that it is for; none is every blog.
async function appsOf(request: AdminRequest, accountId: string) {
  const hosts = new Map((await request.blogs()).map(({ blog }) => [blog.id, blog.host]));
  const apps = await appTokensOf(request.house.storage, accountId);
  return apps.map((app) => ({ ...app, blog: app.blogId === null ? "" : (hosts.get(app.blogId) ?? app.blogId) }));
}

/** The pairs of words and address that a form carries. */
export function linksOf(sent: URLSearchParams | undefined, stored: readonly { label: string; url: string }[]) {
  if (!sent?.has("link-url")) return stored;
  const labels = sent.getAll("link-label");
  return sent
    .getAll("link-url")
    .map((url, at) => ({ label: (labels[at] ?? "").trim(), url: url.trim() }))
    .filter(({ label, url }) => label !== "" || url !== "");
}

function preferencesOf(request: AdminRequest, sent: URLSearchParams | undefined) {
  const text = (name: string, initial: string) => sent?.get(name) ?? String(request.preference(name) ?? initial);
  return {
    scheme: text("scheme", "system"),
    altReminder: text("altReminder", "note"),
    letterKeys: request.preference("letterKeys") !== false,
  };
}

// Those the dashboard speaks, each in its own name; none chosen is the one that the browser asks for.
function languagesOf({ t }: AdminRequest, current: string) {
  const all = current === "" || languages.includes(current) ? languages : [...languages, current];
  const named = all.map((value) => ({ value, label: new Intl.DisplayNames(value, { type: "language" }).of(value) ?? value }));
  return [{ value: "", label: t("account.language-browser") }, ...named];
}
