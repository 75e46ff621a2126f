import test from "ava";
import { AsyncResource } from "node:async_hooks";
import { publish } from "../posts/publish.ts";
import { testScope } from "../posts/testing.ts";
import { databases } from "../storage/testing.ts";
import { conversationOf, listInteractions, replyCounts } from "./read.ts";
import { decide } from "./decide.ts";
import { receive, receiveMany, removeInteraction } from "./receive.ts";

const reply = (postId: string, more: object = {}) => ({
  kind: "reply" as const,
  source: "https://lee.example/1",
  postId,
  author: { name: "Lee", url: "https://lee.example/" },
  html: "<p>Hello <script>alert(1)</script><b>birds</b></p>",
  via: "webmention",
  ...more,
});

async function withPost(t: Parameters<typeof testScope>[0], options: Parameters<typeof testScope>[1] = {}) {
  const made = await testScope(t, options);
  const outcome = await publish(made.scope, { content: "A post" });
  if (!outcome.ok) throw new Error(outcome.refusal.refuse);
  made.touched.length = 0;
  return { ...made, post: outcome.post };
}

for (const dialect of databases) {
  test(`${dialect}: a reply is cleaned, stored once per source, and changes with it`, async (t) => {
    const { scope, post, touched } = await withPost(t, { dialect });

    const first = await receive(scope, reply(post.id));
    const second = await receive(scope, reply(post.id, { html: "<p>Changed</p>" }));

    t.is(second?.id, first?.id);
    const shown = await conversationOf(scope, post.id);
    t.deepEqual(
      shown.map((one) => one.html),
      ["<p>Changed</p>"],
    );
    t.notRegex(first!.html, /script/);
    t.deepEqual([...(await replyCounts(scope, [post.id]))], [[post.id, 1]]);
    t.is(touched.length, 2);

    const moved = reply(post.id, {
      source: "https://lee.example/moved",
      html: "<p>Changed</p>",
      movedFrom: "https://lee.example/1",
    });
    await decide(scope, first!.id, "hidden");
    t.like(await receive(scope, moved), { id: first!.id, number: first!.number, state: "hidden", sourceUrl: moved.source });
    t.is((await receive(scope, moved))?.id, first!.id, "twice is once");
    t.is((await listInteractions(scope, {})).length, 1);
  });

  test(`${dialect}: a check holds or rejects; the owner decides, and an edit does not bring back what was hidden`, async (t) => {
    let verdict: string | undefined = "hold";
    const { scope, post } = await withPost(t, { dialect, taps: { first: (async () => verdict) as never } });

    const held = await receive(scope, reply(post.id));
    t.deepEqual(
      [held?.state, (await conversationOf(scope, post.id)).length, (await listInteractions(scope, { state: "held" })).length],
      ["held", 0, 1],
    );
    await decide(scope, held!.id, "visible");
    t.is((await conversationOf(scope, post.id)).length, 1);
    await decide(scope, held!.id, "hidden");
    verdict = undefined;
    await receive(scope, reply(post.id, { html: "again" }));
    t.is((await conversationOf(scope, post.id)).length, 0);
    verdict = "reject";
    t.is(await receive(scope, reply(post.id, { source: "https://spam.example/" })), null);
  });

  test(`${dialect}: likes and reposts are nobody's business but the author's`, async (t) => {
    const { scope, post } = await withPost(t, { dialect });

    await receive(scope, reply(post.id, { kind: "like" }));

    t.deepEqual(await conversationOf(scope, post.id), []);
    t.is((await replyCounts(scope, [post.id])).size, 0);
  });

  test(`${dialect}: a reply to a post that is gone is let go, a removed source is forgotten`, async (t) => {
    const { scope, post } = await withPost(t, { dialect });

    t.is(await receive(scope, reply("01JNONE0000000000000000000")), null);
    await receive(scope, reply(post.id));
    t.true(await removeInteraction(scope, "https://lee.example/1"));
    t.false(await removeInteraction(scope, "https://lee.example/1"));
    t.deepEqual(await conversationOf(scope, post.id), []);
  });

  test(`${dialect}: one source that comes several times at once is stored once, and nobody is turned away`, async (t) => {
    const { scope, post } = await withPost(t, { dialect });
    const versions = ["one", "two", "three", "four"].map((html) => reply(post.id, { html }));

    const received = await Promise.all(versions.map((incoming) => receive(scope, incoming)));
    const many = scope.storage.write((db) => receiveMany(scope, db, [reply(post.id, { source: "c1" })]));
    await Promise.all([many, receive(scope, reply(post.id, { source: "c1" }))]);

    t.is(new Set(received.map((one) => one?.id)).size, 1);
    const stored = await conversationOf(scope, post.id);
    t.deepEqual([stored.length, stored.filter(({ id }) => id === received[0]!.id).length], [2, 1]);
  });

  test(`${dialect}: what another transaction stored meanwhile keeps its number`, async (t) => {
    const { scope, post } = await withPost(t, { dialect });
    const elsewhere = AsyncResource.bind(() => receive(scope, reply(post.id, { html: "first" })));
    if (dialect === "sqlite") await elsewhere();

    const [kept] = await scope.storage.write(async (db) => {
      // The view of a transaction on MariaDB is that of its first question.
      await db.query("SELECT id FROM posts");
      if (dialect === "mysql") await elsewhere();
      return receiveMany(scope, db, [reply(post.id, { html: "second" })]);
    });

    const [stored] = await conversationOf(scope, post.id);
    t.true(stored!.number > 0);
    t.deepEqual([kept?.id, kept?.number, kept?.html], [stored!.id, stored!.number, "second"]);
  });

  test(`${dialect}: what its owner decides at the same moment stays decided`, async (t) => {
    const { scope, post } = await withPost(t, { dialect });
    const { id } = (await receive(scope, reply(post.id)))!;
    for (const html of ["<p>Changed</p>", "<p>Changed</p>"]) {
      await decide(scope, id, "visible");
      const elsewhere = AsyncResource.bind(() => decide(scope, id, "hidden"));
      if (dialect === "sqlite") await elsewhere();
      const [kept] = await scope.storage.write(async (db) => {
        await db.query("SELECT id FROM posts");
        if (dialect === "mysql") await elsewhere();
        return receiveMany(scope, db, [reply(post.id, { html })]);
      });
      t.like(kept, { id, state: "hidden", html });
    }
    await decide(scope, id, "visible");
    const looked = receive(scope, reply(post.id, { html: "<p>Changed</p>" }));
    await Promise.all([looked, decide(scope, id, "held")]);
    t.is((await listInteractions(scope, { state: "held" })).length, 1);
  });

  test(`${dialect}: old comments come in as a thread, unapproved ones held`, async (t) => {
    const { scope, post } = await withPost(t, { dialect });
    const list = [
      reply(post.id, { source: "c1", publishedAt: "2020-01-01T00:00:00Z" }),
      reply(post.id, { source: "c2", publishedAt: "2020-01-02T00:00:00Z", parentSource: "c1" }),
      reply(post.id, { source: "c3", isApproved: false }),
    ];

    await scope.storage.write((db) => receiveMany(scope, db, list));

    const [one, two] = await conversationOf(scope, post.id);
    t.is(two?.parentId, one?.id);
    t.is((await listInteractions(scope, { state: "held" })).length, 1);
  });
}

test("names, addresses and dates from outside are made harmless", async (t) => {
  const { scope, post } = await withPost(t);

  const got = await receive(
    scope,
    reply(post.id, {
      author: { name: "\u202eLee\u0000\n<b>", url: "javascript:alert(1)", photo: "data:x" },
      publishedAt: "2999-01-01",
    }),
  );

  t.deepEqual(got?.author, { name: "Lee <b>", url: "", photo: "" });
  t.is(got?.publishedAt, "2026-05-01T12:00:00.000Z");
  for (const publishedAt of ["-100000-01-01T00:00:00Z", "0000-01-01T00:00:00Z", "1969-12-31T00:00:00Z"])
    t.is((await receive(scope, reply(post.id, { publishedAt })))?.publishedAt, "2026-05-01T12:00:00.000Z", publishedAt);
});
