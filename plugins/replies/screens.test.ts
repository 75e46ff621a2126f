import test from "ava";
import { below, open } from "./replies.testing.ts";

test("the screens: writing, changing, deciding and embedding; nothing typed is lost, and nothing is shown to whom it is not for", async (t) => {
  const { host, store, lee, ana, post, blogOf } = await open(t, { dashboard: true });
  const [kims, lees, anas] = [await host.as("kim"), await host.as("lee"), await host.as("ana")];
  const stranger = (path: string, method = "GET") => host.request({ path, method, host: "hub.example" });
  const read = async (path: string, who = anas, status = 200) => {
    const page = await who.get(path);
    t.is(page.status, status, path);
    return page.text;
  };
  const box = `/replies/to/${post.number}`;

  t.regex(await read("/replies", lees), /Replies to your posts arrive here/);
  t.regex(await read(box), /Reeds[\s\S]*<textarea id="text" name="text"/);
  t.notRegex(await read(box), /name="copy"/, "without a blog there is no copy");
  t.regex(await read(box, kims), /name="copy"/);
  const refused = await anas.post(box, { text: `<b>${"x".repeat(10_001)}` });
  t.is(refused.status, 422);
  t.regex(refused.text, /10000 letters[\s\S]*|&lt;b&gt;x/);
  t.true(refused.text.includes(`&lt;b&gt;${"x".repeat(10_001)}`));
  t.is((await anas.post(box, { intent: "draft", text: "Begun\n<i>" })).status, 303);
  t.regex(await read(box), /was kept for you[\s\S]*Begun\n&lt;i&gt;/);
  t.regex(await read("/replies?tab=drafts"), /Begun/);
  t.is((await host.request({ host: "hub.example", path: box, form: { text: "Without a session" } })).status, 401);

  // The people of the blog decide.
  await host.house.storage.write((db) =>
    db.run("UPDATE blogs SET settings = ? WHERE id = ?", [JSON.stringify({ holdReplies: "first-timers" }), blogOf(lee).id]),
  );
  const sent = await anas.post(box, { text: "May **I**?" });
  t.is(sent.status, 303);
  t.is(sent.headers.location, `/c/${post.number}`);
  const conversation = await read(`/c/${post.number}`);
  t.regex(conversation, /waits for the owner’s yes/);
  t.true(conversation.includes(`action="${box}?from=${ana.id}"`), "the box of the conversation leads here");
  await host.runJobs();
  const [held] = (await store.own(ana.id)).items;
  const at = new URL(held!.url).pathname;
  t.is(await store.draft(ana.id, post.number), "");
  t.deepEqual(await below(host, post), []);
  t.is((await stranger(at)).status, 404);
  await read(at, lees, 404);
  t.regex(await read(at), /May <strong>I<\/strong>\?[\s\S]*Change or delete|waits for/);
  t.regex(await read("/replies?tab=mine"), /waits for the owner’s yes/);
  const [row] = await host.house.storage.query("SELECT id FROM interactions WHERE blog_id = ?", [blogOf(lee).id]);
  t.is((await lees.post("/b/lee.example/replies", { one: `show ${String(row!.id)}` })).status, 303);
  await host.runJobs();
  t.deepEqual(await below(host, post), ["May I?"]);
  t.is((await stranger(at)).status, 200);
  const received = await read("/replies", lees);
  t.regex(
    received,
    new RegExp(
      `href="/replies/to/${held!.number}"[\\s\\S]*href="/b/lee.example/replies"[\\s\\S]*href="/muted\\?kind=person&amp;value=ana"`,
    ),
  );
  t.notRegex(received, /\/report/);

  // For other sites, in a frame.
  const embedded = await stranger(`/embed/conversation?url=${encodeURIComponent(post.url)}`);
  t.is(embedded.status, 200);
  t.regex(embedded.headers["content-security-policy"]!, /default-src 'none'.*img-src 'self' data:;.*frame-ancestors \*/);
  t.regex(embedded.text, /May <strong>I<\/strong>/);
  t.notRegex(embedded.text, /<script|style=/);
  const json = await stranger(`/embed/conversation.json?url=${encodeURIComponent(post.url)}`);
  t.is(json.headers["access-control-allow-origin"], "*");
  t.like((json.json() as { replies: object[] }).replies[0], { number: held!.number, replyTo: post.number, url: held!.url });
  t.regex((await stranger(at)).headers["content-security-policy"]!, /frame-ancestors 'none'/);
  for (const url of [
    "",
    "x",
    "https://una.example/",
    "http://hub.example/",
    `${post.url}x`,
    "javascript:alert(1)",
    `http://${"a".repeat(3_000)}`,
  ])
    for (const path of ["/embed/conversation", "/embed/conversation.json"])
      t.is((await stranger(`${path}?url=${encodeURIComponent(url)}`)).status, 404, url);

  // Only whose it is may change it.
  for (const path of [`${at}/edit`, `${at}/delete`]) {
    t.is((await lees.post(path, { text: "Mine" })).status, 404);
    t.is((await host.request({ host: "hub.example", path, form: { text: "x" } })).status, 401);
  }
  const empty = await anas.post(`${at}/edit`, { text: " " });
  t.is(empty.status, 422);
  t.is((await anas.post(`${at}/edit`, { text: "May I not?" })).status, 303);
  await host.runJobs();
  t.deepEqual(await below(host, post), [], "changed words are decided about anew");
  t.is((await lees.post("/b/lee.example/replies", { one: `show ${String(row!.id)}` })).status, 303);
  t.deepEqual(await below(host, post), ["May I not?"]);
  host.clock.advance({ hours: 25 });
  t.notRegex(await read(`${at}/edit`), /<textarea/);
  const late = await anas.post(`${at}/edit`, { text: "Later" });
  t.is(late.status, 403);
  t.is((await anas.post(`${at}/delete`, {})).status, 303);
  await host.runJobs();
  t.is((await stranger(at)).status, 410);
  t.deepEqual(await below(host, post), []);

  // Whom the blog blocks is not heard.
  await anas.post(box, { text: "And now?" });
  const [again] = await host.house.storage.query("SELECT id FROM interactions WHERE blog_id = ? AND state <> 'deleted'", [
    blogOf(lee).id,
  ]);
  t.is((await lees.post("/b/lee.example/replies", { block: `author ${String(again!.id)}` })).status, 303);
  t.regex(await read("/replies?tab=mine"), /not shown there/);
  const blocked = await anas.post(box, { text: "Hear me" });
  t.is(blocked.status, 403);
  t.regex(blocked.text, /does not take your reply[\s\S]*|Hear me/);
  t.is(await store.draft(ana.id, post.number), "Hear me");

  t.is((await kims.post("/replies", { intent: "choose", copies: "on" })).status, 303);
  t.regex(await read("/replies?tab=mine", kims), /name="copies" value="on" checked/);
  t.is((await anas.post("/replies", { intent: "drop", number: String(post.number) })).status, 303);
  t.is(await store.draft(ana.id, post.number), "");
  const garbage = [
    "/replies/x",
    "/replies/01J00000000000000000000000",
    "/replies/%F0%9F%90%A6",
    "/replies/to/-1",
    "/replies/to/99999999999",
    "/replies/to/2147483647",
    "/replies/x/edit",
  ];
  for (const path of garbage) await read(path, anas, 404);
  for (const query of [
    "?before=x",
    "?before=-1",
    "?tab=x&before=0",
    "?tab=mine&after=%00",
    "?tab=mine&after=01J00000000000000000000000",
  ])
    await read(`/replies${query}`);
  t.is((await anas.post("/replies", { intent: "retry", id: "%" })).status, 404);
  t.deepEqual(host.failures(), []);
});

test("what was sent when the session was over stands in the form once its writer is signed in again, and for nobody else", async (t) => {
  const { host, store, ana, post } = await open(t, { dashboard: true });
  const [lees, before] = [await host.as("lee"), await host.as("ana")];
  const box = `/replies/to/${post.number}`;
  const [, action] = /<form method="post" action="([^"]+)" class="card"/.exec((await before.get(box)).text)!;
  const { number } = await store.reply({ accountId: ana.id, number: post.number, text: "Said" });
  const edit = `${new URL((await store.own(ana.id)).items[0]!.url).pathname}/edit`;
  const [, editAction] = /<form method="post" action="([^"]+)" class="card"/.exec((await before.get(edit)).text)!;
  await host.house.storage.write((db) => db.run("DELETE FROM sessions WHERE account_id = ?", [ana.id]));

  const said = await before.post(action!, { text: "Long\n<thought>" });
  t.is(said.status, 303);
  const next = new URL(said.headers.location!, "http://hub").searchParams.get("next")!;
  t.regex(next, /^\/replies\/to\/\d+\?unsent=/);
  const editNext = new URL((await before.post(editAction!, { text: "Said better" })).headers.location!, "http://hub");
  t.is((await before.post(box, { text: "Nobody's" })).status, 401, "whose it is, is not known");

  t.notRegex((await lees.get(next)).text, /thought/);
  const anas = await host.as("ana");
  t.regex((await anas.get(next)).text, /was not sent[\s\S]*Long\n&lt;thought&gt;/);
  t.is(await store.draft(ana.id, post.number), "Long\n<thought>");
  t.regex((await anas.get(editNext.searchParams.get("next")!)).text, /was not sent[\s\S]*Said better/);
  t.deepEqual(await below(host, post), ["Said"]);

  // Signed in anew in another tab: the form of before has the word of another session.
  const stale = await anas.post(action!, { csrf: "x".repeat(43), text: "From the other tab" });
  t.is(stale.status, 303);
  t.regex((await anas.get(stale.headers.location!)).text, /From the other tab/);
  t.is((await anas.post(action!, { text: "Long thought" })).status, 303);
  t.is(await store.draft(ana.id, post.number), "");
  host.clock.advance({ hours: 49 });
  await host.runJobs();
  t.notRegex((await anas.get(next)).text, /&lt;thought/);
  t.truthy(number);
  t.deepEqual(host.failures(), []);
});
