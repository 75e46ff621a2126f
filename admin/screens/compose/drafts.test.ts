import test, { type ExecutionContext } from "ava";
import { grant } from "../../../core/blogs/memberships.ts";
import { createAccount } from "../../../core/people/accounts.ts";
import { hashPassword } from "../../../core/people/passwords.ts";
import type { BlogRole } from "../../../core/people/permissions.ts";
import { openDashboard, PlainBrowser, setUp } from "../../testing.ts";

const key = "7b0a3c52-9a51-4a77-8a6e-0c7f0f6f1a01";
const drafts = "/b/kim.localhost/drafts/";
const first = { "if-none-match": "*" };
const match = (version: unknown) => ({ "if-match": `"${version}"` });

async function signedIn(t: ExecutionContext) {
  const board = await openDashboard(t);
  await setUp(board);
  await board.browser.get("/compose");
  const blog = (await board.house.storage.query("SELECT id FROM blogs"))[0]!;
  const rows = (sql: string) => board.house.storage.query(sql);
  return { ...board, blogId: String(blog.id), rows };
}

async function another(board: Awaited<ReturnType<typeof signedIn>>, username: string, role: BlogRole | null) {
  const passwordHash = await hashPassword("seven herons in the reeds");
  const person = await board.house.storage.write(async (db) => {
    const made = await createAccount(db, { username, passwordHash }, new Date());
    if (role) await grant(db, { blogId: board.blogId, accountId: made.id, role }, new Date());
    return made;
  });
  const browser = new PlainBrowser(board.url);
  await browser.get("/signin");
  await browser.post("/signin", { name: username, password: "seven herons in the reeds" });
  await browser.get("/account");
  return { browser, person };
}

test("201 and 200: the first saving makes a draft, the next ones change it", async (t) => {
  const { browser, rows } = await signedIn(t);

  const made = await browser.script("PUT", drafts + key, { name: "", content: "The her", category: "Riv" }, first);
  const changed = await browser.script("PUT", drafts + key, { content: "The heron" }, match(made.json?.version));

  t.like(made, { status: 201, json: { version: 1 } });
  t.regex(String(made.json?.savedAt), /^\d{4}-\d\d-\d\dT/);
  t.is(made.headers.get("etag"), '"1"');
  t.like(changed, { status: 200, json: { version: 2, id: made.json?.id } });
  t.like(await rows("SELECT status, source, version FROM posts"), [{ status: "draft", source: "The heron", version: 2 }]);
  t.deepEqual(await rows("SELECT id FROM revisions"), []);
  const edit = await browser.get(String(changed.json?.edit));
  t.regex(edit.text, /The heron<\/textarea>/);
  t.like(await browser.script("GET", drafts + key), { status: 200, json: { content: "The heron", version: 2, status: "draft" } });
});

test("a repeated saving, as after a lost answer, is answered as the first one and doubles nothing", async (t) => {
  const { browser, rows } = await signedIn(t);
  const body = { content: "Once", page: "tab-one" };

  await browser.script("PUT", drafts + key, body, first);
  const again = await browser.script("PUT", drafts + key, body, first);
  const further = await browser.script("PUT", drafts + key, { ...body, content: "Once more" }, first);

  t.like(again, { status: 200, json: { version: 1 } });
  t.like(further, { status: 200, json: { version: 2 } });
  t.is((await rows("SELECT id FROM posts")).length, 1);
});

test("409: of two devices the second is told what the first stored, and nothing is overwritten", async (t) => {
  const { browser } = await signedIn(t);
  const made = await browser.script("PUT", drafts + key, { content: "Begun", page: "phone" }, first);
  await browser.script("PUT", drafts + key, { content: "From the phone", page: "phone" }, match(1));

  const late = await browser.script("PUT", drafts + key, { content: "From the desk", page: "desk" }, match(1));
  const blind = await browser.script("PUT", drafts + key, { content: "From the desk", page: "desk" }, first);

  t.like(late, { status: 409, json: { current: { content: "From the phone", version: 2, id: made.json?.id } } });
  t.is(blind.status, 409);
  t.like(await browser.script("PUT", drafts + key, { content: "From the desk" }, match(2)), {
    status: 200,
    json: { version: 3 },
  });
});

test("409: a draft that somebody deleted meanwhile is not made anew, nor is one that never was", async (t) => {
  const { browser } = await signedIn(t);
  await browser.script("PUT", drafts + key, { content: "Begun" }, first);
  t.is((await browser.script("DELETE", drafts + key)).status, 200);

  const after = await browser.script("PUT", drafts + key, { content: "Begun, and on" }, match(1));
  const informed = await browser.script("PUT", drafts + key, { content: "Begun, and on" }, match(2));
  const never = await browser.script("PUT", `${drafts}another-key-1`, { content: "Begun" }, match(4));

  t.like(after, { status: 409, json: { current: { status: "trash" } } });
  t.is(informed.status, 409);
  t.like(never, { status: 409, json: { current: null } });
});

test("401: whoever is signed out is told in JSON, not led away", async (t) => {
  const { url } = await signedIn(t);
  const stranger = new PlainBrowser(url);
  await stranger.get("/signin");

  const answer = await stranger.script("PUT", drafts + key, { content: "Words" }, first);

  t.like(answer, { status: 401, json: { error: "request.signed-out" } });
});

test("403: without the page's token, from another site, and for what one may read only", async (t) => {
  const board = await signedIn(t);
  const { browser } = board;
  await browser.post("/compose", { blog: "kim.localhost", content: "Kim’s own", draftKey: "k", version: "" });
  const [post] = await board.rows("SELECT id FROM posts");
  const lee = await another(board, "lee", "author");

  const forged = await browser.script("PUT", drafts + key, { content: "x" }, { ...first, "x-csrf-token": "forged" });
  const foreign = await browser.script("PUT", drafts + key, { content: "x" }, { ...first, origin: "https://evil.example" });
  const others = await lee.browser.script("PUT", drafts + String(post!.id), { content: "Lee’s words" }, match(1));

  t.deepEqual([forged.status, foreign.status, others.status], [403, 403, 403]);
  t.is(forged.json?.error, "request.csrf");
  t.is((await board.rows("SELECT post_id FROM post_edits")).length, 0);
});

test("404: on blogs that are not one’s own, for drafts of others, and for posts that are not there", async (t) => {
  const board = await signedIn(t);
  const made = await board.browser.script("PUT", drafts + key, { content: "Kim’s secret" }, first);
  const ana = await another(board, "ana", null);
  const lee = await another(board, "lee", "author");

  t.is((await ana.browser.script("PUT", drafts + key, { content: "x" }, first)).status, 404);
  t.is((await board.browser.script("PUT", `/b/nowhere.example/drafts/${key}`, { content: "x" }, first)).status, 404);
  t.is((await lee.browser.script("PUT", drafts + String(made.json?.id), { content: "x" }, match(1))).status, 404);
  t.is((await lee.browser.script("GET", drafts + String(made.json?.id))).status, 404);
  t.is((await board.browser.script("PUT", `${drafts}01JZZZZZZZZZZZZZZZZZZZZZZZ`, { content: "x" }, match(1))).status, 404);
  t.is((await board.browser.script("PUT", `${drafts}short`, { content: "x" }, first)).status, 404);
  const named = { content: "x", id: made.json?.id };
  t.is((await lee.browser.script("PUT", `${drafts}another-key-1`, named, match(1))).status, 404);
  // The same key in other hands is another draft.
  t.is((await lee.browser.script("PUT", drafts + key, { content: "Lee’s own" }, first)).status, 201);
});

test("a contributor saves drafts of their own, and nothing beside what is published", async (t) => {
  const board = await signedIn(t);
  const lee = await another(board, "lee", "contributor");

  const made = await lee.browser.script("PUT", drafts + key, { content: "By a guest" }, first);
  await board.browser.get(String(made.json?.edit));
  await board.browser.post(String(made.json?.edit), { content: "By a guest", version: "1", intent: "publish" });
  const late = await lee.browser.script("PUT", drafts + key, { content: "By a guest, changed" }, match(2));

  t.is(made.status, 201);
  t.is(late.status, 403);
});

test("413 and 422: what is too large or cannot be stored is said, and nothing empty is made", async (t) => {
  const { browser, rows } = await signedIn(t);

  const large = await browser.script("PUT", drafts + key, { content: "x".repeat(1_100_000) }, first);
  const title = await browser.script("PUT", drafts + key, { name: "x".repeat(501), content: "Words" }, first);
  const empty = await browser.script("PUT", drafts + key, { name: " ", content: "\n", "photo[]": [] }, first);
  const broken = await browser.script("PUT", drafts + key, "{", first);
  const odd = await browser.script("PUT", drafts + key, { content: { a: 1 } }, first);

  t.is(large.status, 413);
  t.like(title, { status: 422, json: { field: "title" } });
  t.regex(String(title.json?.message), /500 characters/);
  t.is(empty.status, 422);
  t.deepEqual([broken.status, odd.status], [400, 400]);
  t.deepEqual(await rows("SELECT id FROM posts"), []);
});

test("429: who saves without end waits, and is told how long", async (t) => {
  const { browser } = await signedIn(t);
  let answer = await browser.script("PUT", drafts + key, {}, first);
  for (let tries = 0; tries < 150 && answer.status !== 429; tries++)
    answer = await browser.script("PUT", drafts + key, {}, first);

  t.is(answer.status, 429);
  t.regex(answer.headers.get("retry-after") ?? "", /^\d+$/);
});

test("beside a published post: readers keep the old text, the author finds the new one, discards it, brings it back, updates", async (t) => {
  const { browser, rows } = await signedIn(t);
  await browser.post("/compose", {
    blog: "kim.localhost",
    content: "The old text",
    draftKey: "k",
    version: "",
    intent: "publish",
  });
  const [post] = await rows("SELECT id FROM posts");
  const edit = `/b/kim.localhost/posts/${post!.id}/edit`;
  const saved = await browser.script("PUT", drafts + String(post!.id), { content: "The new text" }, match(1));
  t.like(saved, { status: 200, json: { version: "1.1" } });
  t.like(await rows("SELECT html, status, version FROM posts"), [
    { html: "<p>The old text</p>\n", status: "published", version: 1 },
  ]);
  const shown = (await browser.get(edit)).text;
  t.regex(shown, /The new text<\/textarea>/);
  t.regex(shown, /Readers see the old text until you update/);
  t.regex(shown, /Discard these changes/);

  await browser.post(edit, { intent: "discard" });
  t.regex((await browser.get(edit)).text, /The old text<\/textarea>/);
  await browser.post(edit, { intent: "bring-back" });
  t.deepEqual(
    (await rows("SELECT action FROM audit_log WHERE action LIKE 'post.changes%' ORDER BY id")).map(({ action }) => action),
    ["post.changes-discarded", "post.changes-brought-back"],
  );
  t.regex((await browser.get(edit)).text, /The new text<\/textarea>/);

  await browser.post(edit, { content: "The new text", version: "1.1", intent: "update" });
  t.like(await rows("SELECT source, version FROM posts"), [{ source: "The new text", version: 2 }]);
  t.notRegex((await browser.get(edit)).text, /Discard these changes/);
});

test("what is pending beside a post that was updated elsewhere is compared with it, and either is kept", async (t) => {
  const { browser, rows } = await signedIn(t);
  await browser.post("/compose", {
    blog: "kim.localhost",
    content: "First words",
    draftKey: "k",
    version: "",
    intent: "publish",
  });
  const [post] = await rows("SELECT id FROM posts");
  const edit = `/b/kim.localhost/posts/${post!.id}/edit`;
  await browser.script("PUT", drafts + String(post!.id), { content: "Pending words" }, match(1));
  await browser.post(edit, { content: "Other words", version: "1", intent: "update" });

  const saving = await browser.script("PUT", drafts + String(post!.id), { content: "Pending words, more" }, match("1.1"));
  const sent = await browser.post(edit, { content: "Pending words, more", version: "1.1", intent: "update" });

  t.like(saving, { status: 409, json: { current: { content: "Other words" } } });
  t.is(sent.status, 409);
  t.regex(sent.text, /Changed on another device/);
  t.regex(sent.text, /<mark>Other<\/mark>/);
  t.regex(sent.text, /Pending words, more<\/textarea>/);
  const against = /name="against" value="([^"]+)"/.exec(sent.text)![1]!;
  const kept = await browser.post(edit, { content: "Pending words, more", against, version: "1.1", intent: "keep-mine" });
  t.is(kept.location, edit);
  t.like(await rows("SELECT source FROM posts"), [{ source: "Other words" }]);
  const again = (await browser.get(edit)).text;
  const version = /name="version" value="([^"]+)"/.exec(again)![1]!;
  await browser.post(edit, { content: "Pending words, more", version, intent: "update" });
  t.like(await rows("SELECT source FROM posts"), [{ source: "Pending words, more" }]);
});

test("mine becomes a draft of its own, and the other text stays where it is", async (t) => {
  const { browser, rows } = await signedIn(t);
  const made = await browser.script("PUT", drafts + key, { content: "Begun", page: "phone" }, first);
  await browser.script("PUT", drafts + key, { content: "From the phone", page: "phone" }, match(1));

  const sent = await browser.post(String(made.json?.edit), { content: "From the desk", version: "1", intent: "draft" });
  const saved = await browser.post(String(made.json?.edit), { content: "From the desk", version: "1", intent: "new-draft" });

  t.is(sent.status, 409);
  t.regex(saved.location ?? "", /\/posts\/\w+\/edit$/);
  t.deepEqual(
    (await rows("SELECT source FROM posts ORDER BY created_at, id")).map(({ source }) => source),
    ["From the phone", "From the desk"],
  );
});

test("a form that is sent twice makes one post, saved before or not; another text under its key is compared, not lost", async (t) => {
  const { browser, rows } = await signedIn(t);
  const form = { blog: "kim.localhost", content: "Only once", draftKey: key, version: "", intent: "publish" };

  const both = await Promise.all([browser.post("/compose", form), browser.post("/compose", form)]);
  const third = await browser.post("/b/kim.localhost/posts", form);
  const other = await browser.post("/compose", { ...form, content: "Only once, and a second thought" });

  t.deepEqual(new Set([...both, third].map(({ status, location }) => `${status} ${location}`)).size, 1);
  t.is(third.status, 303);
  t.is((await rows("SELECT id FROM posts")).length, 1);
  t.is(other.status, 409);
  t.regex(other.text, /Only once, and a second thought<\/textarea>/);
});

test("a draft that was saved while typing is what its form publishes, also when it is sent twice", async (t) => {
  const { browser, rows } = await signedIn(t);
  await browser.script("PUT", drafts + key, { content: "Saved while typing", page: "tab-one" }, first);
  const form = { blog: "kim.localhost", content: "Saved while typing", draftKey: key, version: "1", intent: "publish" };

  const sent = await browser.post("/compose", form);
  const again = await browser.post("/compose", form);

  t.deepEqual([sent.status, again.status, again.location], [303, 303, sent.location]);
  t.like(await rows("SELECT status, source FROM posts"), [{ status: "published", source: "Saved while typing" }]);
  t.is((await rows("SELECT reason FROM revisions")).length, 1);
  t.deepEqual(await rows("SELECT post_id FROM post_edits"), []);
});

test("a form that never heard of its own last saving is not in conflict with itself", async (t) => {
  const { browser, rows } = await signedIn(t);
  await browser.script("PUT", drafts + key, { content: "One", page: "tab-one" }, first);
  await browser.script("PUT", drafts + key, { content: "One two", page: "tab-one" }, match(1));

  const sent = await browser.post("/compose", {
    blog: "kim.localhost",
    content: "One two three",
    draftKey: key,
    version: "1",
    page: "tab-one",
    intent: "publish",
  });

  t.is(sent.status, 303);
  t.like(await rows("SELECT status, source FROM posts"), [{ status: "published", source: "One two three" }]);
});

test("HTML becomes Markdown, and the people known here are told to those who write here only", async (t) => {
  const board = await signedIn(t);
  const ana = await another(board, "ana", null);

  const markdown = await board.browser.post("/compose/markdown", { html: "<p>A <b>wet</b> bird</p><script>x</script>" });
  const people = await board.browser.script("GET", "/compose/people?blog=kim.localhost");

  t.is(markdown.text, "A **wet** bird");
  t.deepEqual(people.json, { people: [{ name: "Kim", handle: "kim", url: "" }] });
  t.is((await ana.browser.script("GET", "/compose/people?blog=kim.localhost")).status, 404);
});

test("a composer in which only a panel's field is typed is kept; what was never sent is nothing, said without an error", async (t) => {
  const { browser } = await signedIn(t);

  t.is((await browser.script("PUT", drafts + key, { "photo[]": [], "panels[]": ["a.b"] }, first)).status, 422);
  t.is((await browser.script("GET", drafts + key, undefined, {})).status, 404);
  const asked = await browser.script("GET", `${drafts}${key}?or=nothing`, undefined, {});
  t.deepEqual([asked.status, asked.json], [200, null]);
  const fields = { "photo[]": [], "panels[]": ["a.b"], "panel.a.b.mood": ["wild"] };
  t.is((await browser.script("PUT", drafts + key, fields, first)).status, 201);
});
