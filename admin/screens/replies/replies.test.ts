import test from "ava";
import { blogByHost } from "../../../core/blogs/blogs.ts";
import { grant } from "../../../core/blogs/memberships.ts";
import { listInteractions } from "../../../core/interactions/read.ts";
import { receive } from "../../../core/interactions/receive.ts";
import { createAccount, personByUsername } from "../../../core/people/accounts.ts";
import { startSession } from "../../../core/people/sessions.ts";
import { publish } from "../../../core/posts/publish.ts";
import { openDashboard, setUp } from "../../testing.ts";

const at = "/b/kim.localhost/replies";

async function openReplies(t: Parameters<typeof openDashboard>[0]) {
  const parts = await openDashboard(t);
  await setUp(parts);
  const { house } = parts;
  const kim = (await personByUsername(house.storage, "kim"))!;
  const blog = (await blogByHost(house.storage, "kim.localhost", house.site))!;
  const scope = house.scopeOf(kim, blog, "test");
  const post = async (content: string, authorId = kim.id) => {
    const outcome = await publish(scope, { content, authorId });
    if (!outcome.ok) throw new Error(outcome.refusal.refuse);
    return outcome.post;
  };
  const get = async (postId: string, more: object = {}) =>
    (await receive(scope, {
      kind: "reply",
      source: "https://lee.example/1",
      postId,
      author: { name: "Lee", url: "https://lee.example/" },
      html: "<p>Hello <b>there</b></p>",
      via: "webmention",
      ...more,
    }))!;
  const idsIn = async (state: "visible" | "held" | "hidden") => (await listInteractions(scope, { state })).map(({ id }) => id);
  return { ...parts, scope, blog, kim, post, get, idsIn };
}

test("replies are listed by state, changed one by one and together, and taken back", async (t) => {
  const { browser, post, get, idsIn } = await openReplies(t);
  t.regex((await browser.get(at)).text, /Replies to your posts arrive here\./);
  const { id: postId } = await post("Herons at dawn.");
  const one = await get(postId, { properties: { rsvp: ["yes"] } });
  const two = await get(postId, { source: "https://ana.example/1", author: { name: "Ana <b>" } });
  await get(postId, { kind: "like", source: "https://una.example/1", author: { name: "Una" } });

  const list = (await browser.get(at)).text;
  t.regex(list, /<a href="https:\/\/lee\.example\/" rel="nofollow noopener"><bdi>Lee<\/bdi>/);
  t.regex(list, /Will come · .*Herons at dawn\..*href="https:\/\/lee\.example\/1"/);
  t.regex(list, /<p dir="auto">Hello there<\/p>/);
  t.regex(list, /Ana &lt;b&gt;/);
  t.false(list.includes("Una"));
  t.regex(list, /href="\/compose\?blog=kim\.localhost&amp;in-reply-to=https%3A%2F%2Flee\.example%2F1"/);
  t.regex(list, new RegExp(`href="${at}" aria-current="page"`));
  t.regex((await browser.get(`${at}?tab=reactions`)).text, /Una[\s\S]*Like ·/);

  const hidden = await browser.post(at, { tab: "visible", one: `hide ${one.id}` });
  t.is(hidden.location, `${at}?tab=visible`);
  t.deepEqual(await idsIn("hidden"), [one.id]);
  const undo = (await browser.get(at)).text;
  t.regex(undo, /It is hidden\.[\s\S]*Undo/);
  await browser.post(at, { do: "show", was: "show", tab: "visible", id: [one.id] });
  t.deepEqual(await idsIn("hidden"), []);
  await browser.post(at, { tab: "visible", do: "hold", id: [one.id, two.id] });
  t.is((await idsIn("held")).length, 2);
  await browser.post(at, { tab: "held", do: "delete", id: [one.id, two.id] });
  const told = (await browser.get(at)).text;
  t.regex(told, /2 are deleted/);
  t.regex(told, /name="do" value="restore"/);
  await browser.post(at, { do: "restore", was: "hold", tab: "held", id: [one.id, two.id] });
  t.is((await idsIn("held")).length, 2);
  t.regex((await browser.get(`${at}?tab=held&all=yes`)).text, /name="id" value="[0-9A-Z]{26}"[^>]* checked/);
  t.is((await browser.post(at, { tab: "held", one: "hide 01J00000000000000000000000" })).status, 404);
  t.is((await browser.post(at, { tab: "held", do: "burn", id: [one.id] })).status, 422);
  t.regex((await browser.get(`/b/kim.localhost/posts/${postId}`)).text, new RegExp(`href="${at}`));
});

test("people and hosts are blocked from the list or by name, and unblocked", async (t) => {
  const { browser, post, get, scope } = await openReplies(t);
  const { id: postId } = await post("Herons at dawn.");
  const one = await get(postId);
  await browser.get(at);

  await browser.post(at, { tab: "visible", block: `author ${one.id}` });
  t.falsy(await get(postId, { source: "https://other.example/2" }));
  t.is((await listInteractions(scope, { state: "hidden" })).length, 1);
  t.regex((await browser.post(`${at}/blocked`, { host: "no host" })).text, /This is not the name of a host/);
  await browser.post(`${at}/blocked`, { host: "https://boats.example/page" });
  const page = (await browser.get(`${at}/blocked`)).text;
  t.regex(page, /boats\.example is blocked/);
  t.regex(page, /<bdi>Lee<\/bdi>[\s\S]*Author · <bdi>https:\/\/lee\.example\/<\/bdi>/);
  const id = /blocked\/([0-9A-Z]{26})\/remove/.exec(page.slice(page.indexOf("Lee")))![1]!;
  await browser.post(`${at}/blocked/${id}/remove`, {});
  t.truthy(await get(postId, { source: "https://other.example/2" }));
  t.is((await browser.post(`${at}/blocked/${id}/remove`, {})).status, 404);
});

test("authors see and change what is under their own posts, and block nobody; a blog holds whom its owner says", async (t) => {
  const { browser, house, url, blog, post, get, scope } = await openReplies(t);
  const now = house.clock.now();
  const { lee, cookie } = await house.storage.write(async (db) => {
    const lee = await createAccount(db, { username: "lee", name: "Lee", email: null, passwordHash: "" }, now);
    await grant(db, { blogId: blog.id, accountId: lee.id, role: "author" }, now);
    return { lee, ...(await startSession(db, lee.id, { userAgent: "", address: "192.0.2.7", isConfirmed: true }, now)) };
  });
  const own = await get((await post("Lee's boats.", lee.id)).id, { source: "https://ana.example/own" });
  const others = await get((await post("Herons at dawn.")).id, { source: "https://ana.example/others" });
  const headers = { cookie: `rk=${cookie}`, origin: url };
  const page = await (await fetch(url + at, { headers })).text();
  t.true(page.includes(own.id));
  t.false(page.includes(others.id));
  t.false(page.includes(`block`) && page.includes(`name="block"`));
  const csrf = /name="csrf" value="([^"]+)"/.exec(page)![1]!;
  const send = async (fields: Record<string, string>) =>
    (
      await fetch(url + at, {
        method: "POST",
        headers,
        redirect: "manual",
        body: new URLSearchParams({ csrf, tab: "visible", ...fields }),
      })
    ).status;
  t.is(await send({ one: `hide ${others.id}` }), 404);
  t.is(await send({ block: `author ${own.id}` }), 404);
  t.is(await send({ one: `hide ${own.id}` }), 303);

  t.regex((await browser.get("/b/kim.localhost/settings/writing")).text, /value="nobody" checked/);
  const form = { defaultVisibility: "public", scheduleSlots: "", postsPerPage: "", undoSeconds: "", photosPerPost: "" };
  t.is((await browser.post("/b/kim.localhost/settings/writing", { ...form, holdReplies: "king" })).status, 422);
  await browser.post("/b/kim.localhost/settings/writing", { ...form, holdReplies: "everyone" });
  const changed = (await blogByHost(house.storage, "kim.localhost", house.site))!;
  t.is(changed.settings.holdReplies, "everyone");
  const held = await receive(
    { ...scope, blog: changed },
    { kind: "reply", source: "https://una.example/9", postId: own.postId, author: { name: "Una" }, html: "Hi", via: "test" },
  );
  t.is(held?.state, "held");
});
