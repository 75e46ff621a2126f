import test from "ava";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeBlogWithOwner } from "../core/blogs/blogs.ts";
import { grant } from "../core/blogs/memberships.ts";
import type { Account, Blog, Draft } from "../core/hooks/values.ts";
import { startImport } from "../core/host/imports/start-import.ts";
import type { House } from "../core/house.ts";
import { storeMedia } from "../core/media/library.ts";
import { createAccount } from "../core/people/accounts.ts";
import { startSession } from "../core/people/sessions.ts";
import { publish } from "../core/posts/publish.ts";
import { trash } from "../core/posts/remove.ts";
import { postById } from "../core/posts/read.ts";
import { adminRoutes } from "./routes.ts";
import { peopleAddress } from "./screens/people/rights.testing.ts";
import { openDashboard, setUp } from "./testing.ts";
import { mp3 } from "../core/media/sound.testing.ts";

const everybody = "anonymous operator moderator curator stranger owner editor author contributor reader";
const members = everybody.replace("anonymous ", "");
const [operators, managers, editors, writers] = ["operator", "operator owner", "owner editor", "owner editor author contributor"];

const authors = "owner editor author";

const watchers = "operator moderator";

// Who gets through to what, on a blog that is owner's and about posts that are owner's (security.md R2). A screen without a
// line here fails the test: nobody may forget to say whom it is for.
const rights: Readonly<Record<string, string>> = {
  "GET /setup": "",
  "GET /setup/you": "",
  "POST /setup/you": "",
  "GET /setup/blog": "",
  "POST /setup/blog": "",
  "GET /setup/purpose": "",
  "POST /setup/purpose": "",
  "POST /setup/checklist/hide": members,
  "GET /signin": everybody,
  "POST /signin": everybody,
  "GET /signup": everybody,
  "POST /signup": everybody,
  "GET /signup/blog": everybody,
  "POST /signup/blog": everybody,
  "GET /signup/confirm": everybody,
  "POST /signup/confirm": everybody,
  "GET /invitation": everybody,
  "POST /invitation": members,
  "GET /account/delete": members,
  "POST /account/delete": members,
  "GET /account/recall": everybody,
  "POST /account/recall": everybody,
  "GET /account/export": members,
  "POST /account/export": members,
  "GET /account/export/:id": "owner",
  "POST /account/export/:id/link": "owner",
  "GET /account/blogs": members,
  "POST /account/blogs": members,
  "POST /account/blogs/:blog/recall": "owner",
  "POST /account/blogs/:blog/leave": "owner editor author contributor reader",
  "GET /account/invitations": members,
  "POST /account/invitations": members,
  "POST /account/invitations/:id/revoke": members,
  "GET /b/:blog/export": managers,
  "POST /b/:blog/export": managers,
  "GET /b/:blog/settings/people": managers,
  "POST /b/:blog/settings/people/invitations": managers,
  "POST /b/:blog/settings/people/invitations/:id/revoke": managers,
  "POST /b/:blog/settings/people/:username/role": managers,
  "POST /b/:blog/settings/people/:username/remove": managers,
  "POST /b/:blog/settings/people/:username/transfer": managers,
  "GET /b/:blog/settings/danger": managers,
  "POST /b/:blog/settings/danger": managers,
  "GET /b/:blog/settings/log": managers,
  "GET /admin/people": watchers,
  "POST /admin/people/rules": operators,
  "POST /admin/people/sign-ups/:id/approve": operators,
  "POST /admin/people/sign-ups/:id/refuse": operators,
  "POST /admin/people/invitations": operators,
  "POST /admin/people/invitations/:id/revoke": operators,
  "GET /admin/people/:username": watchers,
  "POST /admin/people/:username/role": operators,
  "POST /admin/people/:username/suspend": operators,
  "POST /admin/people/:username/restore": operators,
  "GET /admin/blogs": watchers,
  "POST /admin/blogs": operators,
  "GET /admin/blogs/:blog": watchers,
  "POST /admin/blogs/:blog/suspend": operators,
  "POST /admin/blogs/:blog/restore": operators,
  "POST /admin/blogs/:blog/delete": operators,
  "POST /admin/blogs/:blog/recall": operators,
  "GET /admin/log": watchers,
  "GET /admin/log/export": watchers,
  "GET /signin/with/callback": everybody,
  "POST /signin/with/:plugin": everybody,
  "POST /account/identities/:id/remove": members,
  "POST /account/identities/with/:plugin": members,
  "GET /signin/code": everybody,
  "POST /signin/code": everybody,
  "POST /signin/passkey/options": everybody,
  "POST /signin/passkey": everybody,
  "GET /signin/sent": everybody,
  "GET /signin/link": everybody,
  "POST /signin/link": everybody,
  "POST /signin/link/use": everybody,
  "GET /signin/reset": everybody,
  "POST /signin/reset": everybody,
  "GET /signin/reset/new": everybody,
  "POST /signin/reset/new": everybody,
  "GET /admin/assets/:file": everybody,
  "POST /signout": members,
  "GET /": members,
  "GET /more": members,
  "GET /find": members,
  "GET /keys": members,
  "GET /account": members,
  "POST /account/profile": members,
  "POST /account/password": members,
  "POST /account/preferences": members,
  "GET /account/email": members,
  "POST /account/email": members,
  "GET /account/confirm": members,
  "POST /account/confirm": members,
  "POST /account/confirm/options": members,
  "POST /account/passkeys/options": members,
  "POST /account/passkeys": members,
  "POST /account/passkeys/:id/rename": members,
  "POST /account/passkeys/:id/remove": members,
  "GET /account/two-factor": members,
  "GET /account/two-factor/qr.svg": members,
  "POST /account/two-factor/begin": members,
  "POST /account/two-factor/on": members,
  "POST /account/two-factor/codes": members,
  "POST /account/two-factor/off": members,
  "POST /account/sessions/end-others": members,
  "POST /account/sessions/:hash/end": members,
  "POST /account/apps": members,
  "POST /account/apps/:id/revoke": members,
  "GET /compose": writers,
  "POST /compose": writers,
  "POST /compose/preview": writers,
  "POST /compose/markdown": members,
  "GET /compose/people": writers,
  "POST /b/:blog/posts": writers,
  "GET /b/:blog/drafts/:draftKey": editors,
  "PUT /b/:blog/drafts/:draftKey": editors,
  "DELETE /b/:blog/drafts/:draftKey": editors,
  "GET /b/:blog/posts": writers,
  "GET /b/:blog/replies": writers,
  "POST /b/:blog/replies": writers,
  "GET /b/:blog/replies/blocked": editors,
  "POST /b/:blog/replies/blocked": editors,
  "POST /b/:blog/replies/blocked/:id/remove": editors,
  "GET /b/:blog/pages": editors,
  "GET /b/:blog/posts/:id": editors,
  "GET /b/:blog/posts/:id/edit": editors,
  "POST /b/:blog/posts/:id/edit": editors,
  "POST /b/:blog/posts/:id/trash": editors,
  "POST /b/:blog/posts/:id/restore": editors,
  "POST /b/:blog/posts/:id/unpublish": editors,
  "GET /b/:blog/posts/:id/erase": editors,
  "POST /b/:blog/posts/:id/erase": editors,
  "POST /b/:blog/posts/bulk": writers,
  "POST /b/:blog/posts/:id/undo": editors,
  "GET /b/:blog/posts/:id/revisions": editors,
  "GET /b/:blog/posts/:id/revisions/:revision": editors,
  "POST /b/:blog/posts/:id/revisions/:revision/restore": editors,
  "POST /b/:blog/posts/:id/copies": editors,
  "POST /b/:blog/posts/:id/replies": editors,
  "GET /b/:blog/schedule": writers,
  "POST /b/:blog/posts/:id/schedule": editors,
  "POST /b/:blog/posts/:id/publish": editors,
  "GET /compose/when": writers,
  "GET /b/:blog/media": authors,
  "POST /b/:blog/media": authors,
  "GET /b/:blog/media/describe": authors,
  "POST /b/:blog/media/describe": authors,
  "POST /b/:blog/media/bulk": authors,
  "POST /b/:blog/media/uploads": authors,
  "GET /b/:blog/media/uploads/:id": authors,
  "PUT /b/:blog/media/uploads/:id": authors,
  "POST /b/:blog/media/uploads/:id/finish": authors,
  "GET /b/:blog/media/:id": authors,
  "POST /b/:blog/media/:id": editors,
  "POST /b/:blog/media/:id/replace": editors,
  "GET /b/:blog/media/:id/delete": editors,
  "POST /b/:blog/media/:id/delete": editors,
  "POST /b/:blog/pages": editors,
  "GET /b/:blog/pages/:id/address": editors,
  "POST /b/:blog/pages/:id/address": editors,
  "GET /b/:blog/categories": editors,
  "POST /b/:blog/categories": editors,
  "GET /b/:blog/categories/:id": editors,
  "POST /b/:blog/categories/:id": editors,
  "POST /b/:blog/categories/:id/filter": editors,
  "POST /b/:blog/categories/:id/filter/apply": editors,
  "POST /b/:blog/categories/:id/filter/stop": editors,
  "GET /b/:blog/categories/:id/merge": editors,
  "POST /b/:blog/categories/:id/merge": editors,
  "GET /b/:blog/categories/:id/delete": editors,
  "POST /b/:blog/categories/:id/delete": editors,
  "GET /b/:blog/navigation": editors,
  "POST /b/:blog/navigation": editors,
  "GET /b/:blog/redirects": editors,
  "POST /b/:blog/redirects": editors,
  "GET /b/:blog/redirects/moved": editors,
  "GET /b/:blog/redirects/file": editors,
  "POST /b/:blog/redirects/file": editors,
  "POST /b/:blog/redirects/:id/delete": editors,
  "GET /b/:blog/settings/writing": managers,
  "POST /b/:blog/settings/writing": managers,
  "GET /b/:blog/settings/language": managers,
  "POST /b/:blog/settings/language": managers,
  "GET /b/:blog/settings/footer": managers,
  "POST /b/:blog/settings/footer": managers,
  "GET /b/:blog/settings/not-found": managers,
  "POST /b/:blog/settings/not-found": managers,
  "GET /b/:blog/settings/privacy": managers,
  "POST /b/:blog/settings/privacy": managers,
  "GET /b/:blog/settings/domain": managers,
  "POST /b/:blog/settings/domain": managers,
  "POST /b/:blog/settings/domain/:host/check": managers,
  "POST /b/:blog/settings/domain/:host/main": managers,
  "GET /b/:blog/settings/domain/:host/remove": managers,
  "POST /b/:blog/settings/domain/:host/remove": managers,
  "GET /b/:blog/design": editors,
  "POST /b/:blog/design": editors,
  "POST /b/:blog/design/preview": editors,
  "GET /b/:blog/design/themes/:id/picture": editors,
  "GET /b/:blog/design/history": editors,
  "POST /b/:blog/design/history/:id/restore": editors,
  "GET /b/:blog/design/css": editors,
  "POST /b/:blog/design/css": editors,
  "GET /b/:blog/design/code": editors,
  "POST /b/:blog/design/code": editors,
  "POST /b/:blog/design/code/copy": editors,
  "POST /b/:blog/design/code/new": editors,
  "POST /b/:blog/design/code/revert": editors,
  "POST /b/:blog/design/code/drop-draft": editors,
  "POST /b/:blog/design/code/seen": editors,
  "POST /b/:blog/design/code/undo": editors,
  "GET /b/:blog/design/code/history": editors,
  "POST /b/:blog/design/code/restore": editors,
  "GET /b/:blog/design/code/compare": editors,
  "GET /b/:blog/settings": managers,
  "POST /b/:blog/settings": managers,
  "GET /b/:blog/import": managers,
  "POST /b/:blog/import": managers,
  "GET /b/:blog/import/:id": managers,
  "POST /b/:blog/import/:id/start": managers,
  "POST /b/:blog/import/:id/cancel": managers,
  "POST /b/:blog/import/:id/undo": managers,
  "GET /admin": operators,
  "GET /admin/jobs": operators,
  "POST /admin/jobs/:id/retry": operators,
  "POST /admin/jobs/:id/cancel": operators,
  "GET /admin/mail": operators,
  "GET /admin/mail/:name": operators,
  "POST /admin/mail/test": operators,
  "GET /admin/themes/:id/picture": operators,
  "GET /admin/plugins": operators,
  "GET /admin/plugins/:id": operators,
  "POST /admin/plugins/:id/enable": operators,
  "POST /admin/plugins/:id/disable": operators,
  "POST /admin/plugins/:id/settings": operators,
  "POST /admin/plugins/:id/erase": operators,
  "GET /admin/backups": operators,
  "POST /admin/backups": operators,
  "GET /admin/backups/:file": operators,
  "GET /admin/themes": operators,
  "POST /admin/themes": operators,
  "POST /admin/themes/:id/default": operators,
  "GET /admin/themes/:id/remove": operators,
  "POST /admin/themes/:id/remove": operators,
  "GET /admin/settings": operators,
  "POST /admin/settings": operators,
  "GET /admin/settings/limits": operators,
  "POST /admin/settings/limits": operators,
  "GET /admin/settings/storage": operators,
  "POST /admin/settings/storage/test": operators,
  "GET /admin/settings/texts": operators,
  "POST /admin/settings/texts": operators,
  "GET /admin/settings/advanced": operators,
  "GET /terms": everybody,
  "GET /privacy": everybody,
  "POST /admin/plugins/:id/test/:name": operators,
  "POST /admin/plugins/:id/connect/:key": operators,
  "POST /admin/plugins/:id/disconnect/:key": operators,
  "GET /admin/oauth/callback": members,
  "GET /b/:blog/settings/plugins": managers,
  "GET /b/:blog/settings/plugins/:id": managers,
  "POST /b/:blog/settings/plugins/:id/enable": managers,
  "POST /b/:blog/settings/plugins/:id/disable": managers,
  "POST /b/:blog/settings/plugins/:id/settings": managers,
  "POST /b/:blog/settings/plugins/:id/test/:name": managers,
  "POST /b/:blog/settings/plugins/:id/connect/:key": managers,
  "POST /b/:blog/settings/plugins/:id/disconnect/:key": managers,
};

type World = { house: House; url: string; blog: Blog; other: Blog; people: ReadonlyMap<string, Account>; file: string };

async function world(t: Parameters<typeof openDashboard>[0]): Promise<World> {
  const parts = await openDashboard(t);
  await setUp(parts);
  const { house, url } = parts;
  const file = join(house.settings.dataFolder, "old-blog.xml");
  writeFileSync(file, '<?xml version="1.0"?><rss version="2.0"><channel><title>Old</title></channel></rss>');
  return house.storage.write(async (db) => {
    const now = house.clock.now();
    const people = new Map<string, Account>();
    for (const role of members.split(" ")) {
      const rank = role === "operator" ? "admin" : role === "moderator" || role === "curator" ? role : "member";
      people.set(role, await createAccount(db, { username: `an-${role}`, passwordHash: null, role: rank }, now));
    }
    const made = (name: string, role: string) => makeBlogWithOwner(db, { name, ownerId: people.get(role)!.id }, house.site, now);
    const [blog, other] = [await made("lee", "owner"), await made("ana", "stranger")];
    for (const role of ["editor", "author", "contributor", "reader"] as const)
      await grant(db, { blogId: blog.id, accountId: people.get(role)!.id, role }, now);
    return { house, url, blog, other, people, file };
  });
}

// Every cell has its own session and its own objects, so that none sees what another did.
async function ask({ house, url, people }: World, role: string, [method, path]: [string, string]) {
  const account = people.get(role);
  const visitor = { userAgent: "", address: "" };
  const begun = account && (await house.storage.write((db) => startSession(db, account.id, visitor, house.clock.now())));
  const form = "A".repeat(43);
  const body = {
    csrf: begun?.session.csrf ?? form,
    blog: "lee.localhost",
    content: "New",
    intent: "draft",
    theme: "perch",
    title: "New",
  };
  const cookie = begun ? `rk=${begun.cookie}` : `rk-form=${form}`;
  const answer = await fetch(url + path, {
    method,
    redirect: "manual",
    headers: { cookie, origin: url, ...((method === "PUT" || method === "DELETE") && { "x-csrf-token": body.csrf }) },
    ...(method === "POST" && { body: new URLSearchParams(body) }),
    ...(method === "PUT" && { body: "words" }),
  });
  const text = await answer.text();
  const isOut = answer.status === 401 || (answer.headers.get("location") ?? "").startsWith("/signin?next=");
  const isKeptOut =
    (answer.status === 404 && /There is no such (page|draft)|set up already|no such import/i.test(text)) ||
    (answer.status === 403 && /uploaded by somebody else/.test(text));
  return { status: answer.status, isIn: !isOut && !isKeptOut };
}

async function postOf({ house, blog, people }: World, role: string, { inTrash, ...draft }: Draft & { inTrash?: boolean }) {
  const scope = house.scopeOf(people.get(role)!, blog, "test");
  const outcome = await publish(scope, { content: "Herons at dawn", ...draft });
  if (!outcome.ok) throw new Error(outcome.refusal.refuse);
  if (inTrash) await trash(scope, outcome.post.id);
  return outcome.post.id;
}

async function fileOf({ house, blog, people }: World): Promise<string> {
  const bytes = mp3(1);
  const { id } = await storeMedia(house.scopeOf(people.get("owner")!, blog, "test"), house.media, { bytes, name: "reeds.mp3" });
  return id;
}

async function addressFor(at: World, method: string, pattern: string): Promise<{ path: string; postId: string | null }> {
  const path = pattern
    .replace(":blog", at.blog.host)
    .replace(":file", "none.css")
    .replace(":hash", "none")
    .replace(":revision", "1");
  if (/^\/compose(\/when|\/people)?$/.test(pattern) && method === "GET")
    return { path: `${path}?blog=${at.blog.host}`, postId: null };
  if (/\/account\/(export|blogs)\/:|\/settings\/people\/:username/.test(pattern))
    return { path: await peopleAddress(at, pattern), postId: null };
  if (pattern.startsWith("/admin/people/:username")) return { path: path.replace(":username", "an-stranger"), postId: null };
  if (pattern.startsWith("/admin/plugins/:id")) return { path: path.replace(":id", "sitemap"), postId: null };
  if (pattern.startsWith("/b/:blog/settings/plugins/:id")) return { path: path.replace(":id", "feeds"), postId: null };
  if (pattern.startsWith("/b/:blog/import/:id")) {
    const scope = at.house.scopeOf(at.people.get("owner")!, at.blog, "test");
    const wanted = { kind: "import-wordpress", file: at.file, options: { dryRun: true } };
    return { path: path.replace(":id", await startImport(scope, wanted, false)), postId: null };
  }
  if (pattern === "/b/:blog/drafts/:draftKey") {
    const postId = await postOf(at, "owner", { status: "draft" });
    return { path: path.replace(":draftKey", postId), postId };
  }
  if (pattern.startsWith("/b/:blog/media/:id")) return { path: path.replace(":id", await fileOf(at)), postId: null };
  if (!pattern.startsWith("/b/:blog/posts/:id")) return { path: path.replace(":id", "none"), postId: null };
  const inTrash = /restore|erase/.test(pattern);
  const postId = await postOf(at, "owner", { status: pattern.endsWith("unpublish") || inTrash ? "published" : "draft", inTrash });
  return { path: path.replace(":id", postId), postId };
}

test("every screen lets in exactly those it is for, and who is kept out changes nothing", async (t) => {
  const at = await world(t);
  const screens = await adminRoutes(at.house);
  t.deepEqual(screens.map(({ method, path }) => `${method} ${path}`).toSorted(), Object.keys(rights).toSorted());

  for (const { method, path: pattern } of screens)
    for (const role of everybody.split(" ")) {
      const { path, postId } = await addressFor(at, method, pattern);
      const scope = at.house.scopeOf(at.people.get("owner")!, at.blog, "test");
      const before = postId && (await postById(scope, postId));
      const { isIn, status } = await ask(at, role, [method, path]);
      t.is(isIn, rights[`${method} ${pattern}`]!.split(" ").includes(role), `${role}: ${method} ${pattern}`);
      t.true(status < 500, `${role}: ${method} ${pattern}`);
      if (!isIn && postId) t.deepEqual(await postById(scope, postId), before, `${role}: ${method} ${pattern}`);
    }
});

test("authors have their own posts in hand; a contributor's leaves their hands when it is published", async (t) => {
  const at = await world(t);
  const cells: readonly [role: string, post: Draft & { inTrash?: boolean }, verb: string, isIn: boolean][] = [
    ["author", { status: "draft" }, "edit", true],
    ["author", { status: "published" }, "edit", true],
    ["author", { status: "published" }, "unpublish", true],
    ["author", { status: "published" }, "trash", true],
    ["author", { inTrash: true }, "restore", true],
    ["contributor", { status: "draft" }, "edit", true],
    ["contributor", { status: "draft" }, "trash", true],
    ["contributor", { status: "published" }, "edit", false],
    ["contributor", { status: "published" }, "unpublish", false],
    ["contributor", { status: "published" }, "trash", false],
    ["contributor", { inTrash: true }, "restore", false],
    ["reader", { status: "draft" }, "edit", false],
  ];
  for (const [role, post, verb, isIn] of cells) {
    const id = await postOf(at, role, post);
    const answer = await ask(at, role, ["POST", `/b/${at.blog.host}/posts/${id}/${verb}`]);
    t.is(answer.isIn, isIn, `${role} ${verb} ${JSON.stringify(post)}`);
  }
});

test("a post or an import of one blog is not there on another, whatever one is there", async (t) => {
  const at = await world(t);
  for (const [pattern] of Object.entries(rights).filter(([name]) => /^(GET|POST) \/b\/:blog\/(posts|import)\/:id/.test(name))) {
    const [method, path] = pattern.split(" ") as [string, string];
    const { path: own } = await addressFor(at, method, path);
    const { isIn } = await ask(at, "stranger", [method, own.replace(at.blog.host, at.other.host)]);
    t.false(isIn, pattern);
  }
});
