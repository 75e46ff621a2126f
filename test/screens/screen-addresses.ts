import { screens } from "../../admin/routes.ts";
import { pluginAddresses } from "./plugin-addresses.ts";

/** Who looks: `kim`, the admin; `nobody`; or `first`, who sets the installation up. */
export type Looker = "kim" | "nobody" | "first";
type Addresses = { readonly by: Looker; readonly at: readonly string[] };

const by = (looker: Looker, ...at: string[]): Addresses => ({ by: looker, at });
const kim = (...at: string[]) => by("kim", ...at);
const nobody = (...at: string[]) => by("nobody", ...at);
const first = (...at: string[]) => by("first", ...at);
/** What is fetched, not looked at: files, JSON, pictures, answers of other services. */
const noPage = kim();

/**
 * Every address of the dashboard that can be opened, with examples of it: what stands in braces is in the town's `sample`. A
 * screen without a line here fails the test, so that nobody's is forgotten.
 */
export const addresses: Readonly<Record<string, Addresses>> = {
  "/setup": first("/setup?token={setup}"),
  "/setup/you": first("/setup/you?token={setup}"),
  "/setup/blog": noPage, // a step of the wizard, seen by its journey
  "/setup/purpose": noPage,
  "/signin": nobody("/signin"),
  "/signin/code": noPage, // needs a password before it, seen by the journey of an account
  "/signin/with/callback": nobody("/signin/with/callback?state=none"),
  "/signin/sent": nobody("/signin/sent"),
  "/signin/link": nobody("/signin/link?token={signInLink}", "/signin/link?token=none"),
  "/signin/reset": nobody("/signin/reset"),
  "/signin/reset/new": nobody("/signin/reset/new?token={reset}"),
  "/signup": nobody("/signup"),
  "/signup/blog": nobody("/signup/blog?token={signUp}"),
  "/signup/confirm": nobody("/signup/confirm?token={signUpMail}"),
  "/invitation": nobody("/invitation?token={invitation}"),
  "/": kim("/"),
  "/more": kim("/more"),
  "/find": kim("/find", "/find?q=heron"),
  "/keys": kim("/keys"),
  "/compose": kim("/compose", "/compose?kind=page"),
  "/compose/markdown": noPage,
  "/compose/people": noPage,
  "/compose/when": noPage,
  "/account": kim("/account"),
  "/account/email": kim("/account/email?token={email}"),
  "/account/confirm": kim("/account/confirm?next=/account"),
  "/account/two-factor": kim("/account/two-factor"),
  "/account/two-factor/qr.svg": noPage,
  "/account/delete": kim("/account/delete"),
  "/account/recall": nobody("/account/recall?token={recall}"),
  "/account/export": kim("/account/export"),
  "/account/export/:id": noPage,
  "/account/blogs": kim("/account/blogs"),
  "/account/invitations": kim("/account/invitations"),
  "/b/:blog/posts": kim(
    "/b/kim.localhost/posts",
    "/b/kim.localhost/posts?tab=drafts",
    "/b/kim.localhost/posts?tab=scheduled",
    "/b/kim.localhost/posts?tab=trash",
    "/b/boats.localhost/posts",
  ),
  "/b/:blog/posts/:id": kim("/b/kim.localhost/posts/{post}"),
  "/b/:blog/posts/:id/edit": kim("/b/kim.localhost/posts/{post}/edit"),
  "/b/:blog/posts/:id/erase": kim("/b/kim.localhost/posts/{gone}/erase"),
  "/b/:blog/posts/:id/revisions": kim("/b/kim.localhost/posts/{post}/revisions"),
  "/b/:blog/posts/:id/revisions/:revision": kim("/b/kim.localhost/posts/{post}/revisions/1"),
  "/b/:blog/replies": kim(
    "/b/kim.localhost/replies",
    "/b/kim.localhost/replies?tab=held",
    "/b/kim.localhost/replies?tab=reactions",
    "/b/boats.localhost/replies",
  ),
  "/b/:blog/replies/blocked": kim("/b/kim.localhost/replies/blocked", "/b/boats.localhost/replies/blocked"),
  "/b/:blog/drafts/:draftKey": noPage,
  "/b/:blog/schedule": kim("/b/kim.localhost/schedule", "/b/kim.localhost/schedule?view=month&month=2099-03"),
  "/b/:blog/media": kim("/b/kim.localhost/media", "/b/kim.localhost/media?view=list", "/b/boats.localhost/media"),
  "/b/:blog/media/:id": kim("/b/kim.localhost/media/{file}"),
  "/b/:blog/media/:id/delete": kim("/b/kim.localhost/media/{file}/delete"),
  "/b/:blog/media/describe": kim("/b/kim.localhost/media/describe"),
  "/b/:blog/media/uploads/:id": noPage,
  "/b/:blog/pages": kim("/b/kim.localhost/pages", "/b/boats.localhost/pages"),
  "/b/:blog/pages/:id/address": kim("/b/kim.localhost/pages/{page}/address"),
  "/b/:blog/categories": kim("/b/kim.localhost/categories", "/b/boats.localhost/categories"),
  "/b/:blog/categories/:id": kim("/b/kim.localhost/categories/{category}"),
  "/b/:blog/categories/:id/merge": kim("/b/kim.localhost/categories/{category}/merge?into={birds}"),
  "/b/:blog/categories/:id/delete": kim("/b/kim.localhost/categories/{category}/delete"),
  "/b/:blog/navigation": kim("/b/kim.localhost/navigation"),
  "/b/:blog/redirects": kim("/b/kim.localhost/redirects", "/b/boats.localhost/redirects"),
  "/b/:blog/redirects/moved": kim("/b/kim.localhost/redirects/moved"),
  "/b/:blog/redirects/file": kim("/b/kim.localhost/redirects/file"),
  "/b/:blog/design": kim("/b/kim.localhost/design", "/b/kim.localhost/design?theme=folio"),
  "/b/:blog/design/themes/:id/picture": noPage,
  "/b/:blog/design/history": kim("/b/kim.localhost/design/history"),
  "/b/:blog/design/css": kim("/b/kim.localhost/design/css"),
  "/b/:blog/design/code": kim("/b/kim.localhost/design/code", "/b/kim.localhost/design/code?file=perch/layout.njk"),
  "/b/:blog/design/code/history": noPage, // needs a template of one's own, seen by the journey of a theme author
  "/b/:blog/design/code/compare": noPage,
  "/b/:blog/import": kim("/b/kim.localhost/import", "/b/boats.localhost/import"),
  "/b/:blog/import/:id": kim("/b/kim.localhost/import/{imported}"),
  "/b/:blog/export": kim("/b/kim.localhost/export"),
  "/b/:blog/settings": kim("/b/kim.localhost/settings"),
  "/b/:blog/settings/writing": kim("/b/kim.localhost/settings/writing"),
  "/b/:blog/settings/language": kim("/b/kim.localhost/settings/language"),
  "/b/:blog/settings/footer": kim("/b/kim.localhost/settings/footer"),
  "/b/:blog/settings/not-found": kim("/b/kim.localhost/settings/not-found"),
  "/b/:blog/settings/privacy": kim("/b/kim.localhost/settings/privacy"),
  "/b/:blog/settings/domain": kim("/b/kim.localhost/settings/domain"),
  "/b/:blog/settings/domain/:host/remove": kim("/b/kim.localhost/settings/domain/{domain}/remove"),
  "/b/:blog/settings/people": kim("/b/kim.localhost/settings/people"),
  "/b/:blog/settings/log": kim("/b/kim.localhost/settings/log"),
  "/b/:blog/settings/danger": kim("/b/kim.localhost/settings/danger"),
  "/b/:blog/settings/plugins": kim("/b/kim.localhost/settings/plugins"),
  "/b/:blog/settings/plugins/:id": kim("/b/kim.localhost/settings/plugins/kitchen"),
  "/admin": kim("/admin"),
  "/admin/people": kim("/admin/people"),
  "/admin/people/:username": kim("/admin/people/lee"),
  "/admin/blogs": kim("/admin/blogs"),
  "/admin/blogs/:blog": kim("/admin/blogs/lee.localhost"),
  "/admin/log": kim("/admin/log"),
  "/admin/log/export": noPage,
  "/admin/plugins": kim("/admin/plugins"),
  "/admin/plugins/:id": kim("/admin/plugins/kitchen", "/admin/plugins/waiter"),
  "/admin/oauth/callback": noPage,
  "/admin/themes": kim("/admin/themes"),
  "/admin/themes/:id/picture": noPage,
  "/admin/themes/:id/remove": noPage, // only for themes that were brought, seen by their own test
  "/admin/settings": kim("/admin/settings"),
  "/admin/settings/limits": kim("/admin/settings/limits"),
  "/admin/settings/storage": kim("/admin/settings/storage"),
  "/admin/settings/texts": kim("/admin/settings/texts"),
  "/admin/settings/advanced": kim("/admin/settings/advanced"),
  "/admin/backups": kim("/admin/backups"),
  "/admin/backups/:file": noPage,
  "/terms": noPage, // not there until somebody writes them
  "/privacy": noPage,
  "/admin/jobs": kim("/admin/jobs", "/admin/jobs?state=dead"),
  "/admin/mail": kim("/admin/mail"),
  "/admin/mail/:name": kim("/admin/mail/{mail}"),
};

/** The addresses that can be opened of which there is no example. */
export function forgotten(): string[] {
  return screens.filter(({ method, path }) => method === "GET" && !(path in addresses)).map(({ path }) => path);
}

/** Examples for a looker, by what their patterns begin with; names in braces are not filled in yet. */
export function examples(looker: Looker, begins: RegExp): string[] {
  const ofPlugins = pluginAddresses.filter(
    ({ isPublic, pattern }) => (looker === "kim" || (looker === "nobody" && isPublic)) && begins.test(pattern),
  );
  const own = Object.entries(addresses)
    .filter(([pattern, one]) => one.by === looker && begins.test(pattern))
    .flatMap(([, one]) => one.at);
  return [...own, ...ofPlugins.map(({ at }) => at)];
}

/** An example with what a town has in its places. */
export function addressOf(example: string, sample: Readonly<Record<string, string>>): string {
  return example.replace(/\{(\w+)\}/g, (_all, name: string) => sample[name] ?? `no-${name}`);
}
