import test from "ava";
import { openDashboard, setUp, type Page } from "../../testing.ts";
import { publish } from "../../../core/posts/publish.ts";
import { receive } from "../../../core/interactions/receive.ts";
import { blogByHost } from "../../../core/blogs/blogs.ts";
import { personByUsername } from "../../../core/people/accounts.ts";

type Made = Awaited<ReturnType<typeof openDashboard>>;

async function opened(t: Parameters<typeof openDashboard>[0]) {
  const made = await openDashboard(t);
  await setUp(made);
  const blog = (await blogByHost(made.house.storage, "kim.localhost", made.house.site))!;
  const kim = (await personByUsername(made.house.storage, "kim"))!;
  const scope = made.house.scopeOf(kim, blog, "web");
  const post = async (draft: Parameters<typeof publish>[1]) => {
    const outcome = await publish(scope, draft);
    if (!outcome.ok) throw new Error(outcome.refusal.refuse);
    return outcome.post;
  };
  const actions = async () =>
    (await made.house.storage.query("SELECT action FROM audit_log ORDER BY id")).map((row) => String(row.action));
  return { ...made, scope, post, actions };
}

const follow = async (browser: Made["browser"], answer: Page) => browser.get(answer.location!);
const posts = "/b/kim.localhost/posts";

test("the list finds by words and filters, and says so when nothing fits", async (t) => {
  const { browser, post } = await opened(t);
  await post({ title: "Herons", content: "On the river", categories: ["River"] });
  await post({ content: "A note about <bread>" });
  t.regex((await browser.get(posts)).text, /Herons[^]*|bread/);
  const found = await browser.get(`${posts}?q=heron`);
  t.regex(found.text, /Herons/);
  t.notRegex(found.text, /bread/);
  t.regex((await browser.get(`${posts}?q=heron&kind=note`)).text, /No post fits/);
  t.regex((await browser.get(`${posts}?source=import&year=2019&category=01JNONE0000000000000000000`)).text, /No post fits/);
  t.regex((await browser.get(`${posts}?q=%22%3E%3Cscript%3E`)).text, /value="&quot;&gt;&lt;script&gt;"/);
});

test("drafts and scheduled posts are counted in their tabs, published ones never", async (t) => {
  const { browser, post } = await opened(t);
  await post({ content: "one", status: "draft" });
  await post({ content: "two", publishedAt: "2999-01-01T00:00:00Z" });
  const { text } = await browser.get(posts);
  t.regex(text, />Drafts \(1\)</);
  t.regex(text, />Scheduled \(1\)</);
  t.regex(text, />Published</);
});

test("many posts go into the trash at once, and Undo in the notice brings them all back", async (t) => {
  const { browser, post, actions } = await opened(t);
  const made = [await post({ content: "one" }), await post({ content: "two" })];
  const all = await browser.get(`${posts}?select=all`);
  t.is((all.text.match(/name="id"[^>]* checked/g) ?? []).length, 2);
  const answer = await browser.post(`${posts}/bulk`, { action: "trash", tab: "published", id: made.map(({ id }) => id) });
  const { text } = await follow(browser, answer);
  t.regex(text, /2 posts are in the trash/);
  t.is((text.match(/name="id" value="/g) ?? []).length, 2, "the notice carries them");
  await browser.post(`${posts}/bulk`, { action: "restore", tab: "trash", id: made.map(({ id }) => id) });
  t.regex((await browser.get(posts)).text, /one[^]*two|two[^]*one/);
  t.true((await actions()).includes("posts.trash"));
});

test("categories are added and taken away in bulk, drafts published; what does not fit is left alone and counted", async (t) => {
  const { browser, post } = await opened(t);
  const draft = await post({ content: "draft", status: "draft" });
  const out = await post({ content: "out" });
  await browser.get(posts);
  const ids = [draft.id, out.id, "01JNONE0000000000000000000"];
  const bulk = async (fields: Record<string, string | readonly string[]>) =>
    (await follow(browser, await browser.post(`${posts}/bulk`, { tab: "drafts", id: ids, ...fields }))).text;
  t.regex(await bulk({ action: "add-category", category: "Birds" }), /“Birds” is added to 2 posts\. 1 was left alone/);
  t.regex(await bulk({ action: "remove-category", category: "birds" }), /taken from 2 posts/);
  t.regex(await bulk({ action: "publish" }), /1 post is published\. 2 were left alone/);
  t.regex(await bulk({ action: "add-category" }), /Say which category/);
  t.regex(await bulk({ action: "trash", id: [] }), /Tick some posts/);
  t.is((await browser.post(`${posts}/bulk`, { action: "explode", id: ids })).status, 422);
});

test("posts in the trash go for good only after a page that names them", async (t) => {
  const { browser, post } = await opened(t);
  const { id } = await post({ title: "Gone", content: "x" });
  await browser.get(posts);
  await browser.post(`${posts}/bulk`, { action: "trash", id });
  const asked = await browser.post(`${posts}/bulk`, { action: "erase", tab: "trash", id });
  t.is(asked.status, 200);
  t.regex(asked.text, /removed for good[^]*Gone/);
  t.is((await browser.get(`${posts}/${id}`)).status, 200);
  await browser.post(`${posts}/bulk`, { action: "erase", confirmed: "yes", tab: "trash", id });
  t.is((await browser.get(`${posts}/${id}`)).status, 404);
});

test("Undo within its time makes a draft again; later it says that it is too late", async (t) => {
  const { browser, post, house } = await opened(t);
  const made = await post({ content: "Oops" });
  await browser.get(posts);
  const late = await browser.post(`${posts}/${made.id}/undo`, { version: "7" });
  t.regex((await follow(browser, late)).text, /The time for Undo is over/);
  const undone = await browser.post(`${posts}/${made.id}/undo`, { version: String(made.version) });
  t.is(undone.location, `${posts}/${made.id}/edit`);
  t.is((await house.storage.query("SELECT status FROM posts WHERE id = ?", [made.id]))[0]?.status, "draft");
});

test("a revision shows what changed in words and restores as a new one", async (t) => {
  const { browser, post, actions } = await opened(t);
  const first = await post({ title: "Herons", content: "The heron is back", categories: ["River"] });
  await post({ id: first.id, title: "Herons", content: "The heron was here", summary: "Short" });
  const at = `${posts}/${first.id}/revisions`;
  t.regex((await browser.get(at)).text, /Updated · by Kim · in the dashboard[^]*Published · by Kim/);
  const { text } = await browser.get(`${at}/1`);
  t.regex(text, /<del><bdi class="unseen">Removed: <\/bdi>is</);
  t.regex(text, /<ins><bdi class="unseen">Added: <\/bdi>was</);
  t.regex((await browser.get(`${at}/2?with=before`)).text, /<h2>Summary<\/h2>/);
  t.is((await browser.get(`${at}/9`)).status, 404);
  t.is((await browser.post(`${at}/1/restore`, { version: "1" })).status, 409, "somebody stored another version meanwhile");

  const answer = await browser.post(`${at}/1/restore`, { version: "2" });
  t.regex((await follow(browser, answer)).text, /what it was then/);
  t.regex((await browser.get(at)).text, /Restored · by Kim/);
  t.regex((await browser.get(`${at}/1`)).text, /Nothing differs/);
  t.true((await actions()).includes("post.revision-restored"));
});

test("replies under a post are hidden and shown by whoever may edit it", async (t) => {
  const { browser, post, scope } = await opened(t);
  const made = await post({ content: "Hello" });
  const author = { name: "Lee", url: "https://lee.example/" };
  const reply = (await receive(scope, {
    kind: "reply",
    source: "https://lee.example/1",
    postId: made.id,
    author,
    html: "<p>Nice <b>bird</b></p>",
    via: "webmention",
  }))!;
  t.regex((await browser.get(`${posts}/${made.id}`)).text, /Lee[^]*Nice bird/);
  const hide = await browser.post(`${posts}/${made.id}/replies`, { reply: reply.id, do: "hide" });
  t.regex((await browser.get(hide.location!.split("#")[0]!)).text, /The reply is hidden[^]*>Hidden</);
  await browser.post(`${posts}/${made.id}/replies`, { reply: reply.id, do: "approve" });
  t.notRegex((await browser.get(`${posts}/${made.id}`)).text, />Hidden</);
  t.is((await browser.post(`${posts}/${made.id}/replies`, { reply: "01JNONE0000000000000000000", do: "hide" })).status, 404);
});
