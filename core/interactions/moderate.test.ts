import test from "ava";
import { publish } from "../posts/publish.ts";
import { testScope } from "../posts/testing.ts";
import { databases } from "../storage/testing.ts";
import { authorToBlock, block, hostToBlock, isBlocked, listBlocks, unblock } from "./blocks.ts";
import { decide, deleteInteraction, sweepDeleted, undelete } from "./decide.ts";
import { interactionById, interactionBySource, listInteractions, repliesOf } from "./read.ts";
import { receive, receiveMany, removeInteraction } from "./receive.ts";

const source = "https://lee.example/1";
const reply = (postId: string, more: object = {}) => ({
  kind: "reply" as const,
  source,
  postId,
  author: { name: "Lee", url: "https://lee.example/" },
  html: "<p>Hello</p>",
  via: "webmention",
  ...more,
});

async function withPost(t: Parameters<typeof testScope>[0], dialect: (typeof databases)[number], holdReplies = "nobody") {
  const made = await testScope(t, { dialect });
  const scope = { ...made.scope, blog: { ...made.scope.blog!, settings: { holdReplies } } };
  const outcome = await publish(scope, { content: "A post" });
  if (!outcome.ok) throw new Error(outcome.refusal.refuse);
  const { post } = outcome;
  const get = (more: object = {}) => receive(scope, reply(post.id, more));
  return { scope, post, get };
}

for (const dialect of databases) {
  test(`${dialect}: everyone waits where everyone is held, and again when an approved text changes`, async (t) => {
    const { scope, get } = await withPost(t, dialect, "everyone");

    const held = (await get())!;
    t.is(held.state, "held");
    await decide(scope, held.id, "visible");
    t.is((await get())?.state, "visible", "the same again changes nothing");
    t.is((await get({ html: "<p>Buy boats</p>" }))?.state, "held");
    t.is((await get({ kind: "like", source: "https://lee.example/like" }))?.state, "visible");
  });

  test(`${dialect}: where first-timers are held, known authors are not; nobody borrows a known address, or vouches for himself`, async (t) => {
    const { scope, get } = await withPost(t, dialect, "first-timers");

    const first = (await get())!;
    t.is(first.state, "held");
    await get({ kind: "like", source: "https://lee.example/like" });
    t.is((await get({ source: "https://lee.example/2" }))?.state, "held", "a like makes nobody known");
    await decide(scope, first.id, "visible");
    t.is((await get({ source: "https://lee.example/3" }))?.state, "visible");
    t.is((await get({ source: "https://evil.example/1" }))?.state, "held");
    const { id } = (await get({ source: "https://ana.example/1", author: { name: "Ana", url: "https://ana.example/" } }))!;
    await decide(scope, id, "visible");
    const changed = { source: "https://ana.example/1", author: { name: "Ana", url: "https://ana.example/" }, html: "Boats" };
    t.is((await get(changed))?.state, "held");
  });

  test(`${dialect}: what the owner deleted does not come back; undone within the hour it does`, async (t) => {
    const { scope, post, get } = await withPost(t, dialect);

    const { id } = (await get({ properties: { rsvp: "yes" } }))!;
    t.deepEqual((await interactionById(scope, id))?.properties, { rsvp: "yes" });
    t.true(await deleteInteraction(scope, id));
    t.is(await get({ html: "again" }), null);
    t.deepEqual(await scope.storage.write((db) => receiveMany(scope, db, [reply(post.id)])), []);
    t.deepEqual(await listInteractions(scope), []);
    t.deepEqual(await repliesOf(scope, post.id), []);
    t.is(await interactionById(scope, id), null);
    t.is(await interactionBySource(scope, source), null);
    t.true(await undelete(scope, id, "visible"));
    t.is((await interactionBySource(scope, source))?.id, id);
    await deleteInteraction(scope, id);
    const later = { ...scope, clock: { now: () => new Date(scope.clock.now().getTime() + 7_200_000) } };
    t.is(await sweepDeleted(later), 1);
    t.false(await undelete(scope, id, "visible"));
    t.is(await get(), null);
    const [row] = await scope.storage.query("SELECT html, author_name FROM interactions WHERE id = ?", [id]);
    t.deepEqual({ ...row }, { html: "", author_name: "" });
  });

  test(`${dialect}: what the owner hid does not come back by being deleted and sent again`, async (t) => {
    const { scope, get } = await withPost(t, dialect);
    const { id } = (await get())!;
    await decide(scope, id, "hidden");

    t.true(await removeInteraction(scope, source));
    t.is(await get(), null);
  });

  test(`${dialect}: blocked people and hosts are not heard, what was there of them is hidden, and they can be heard again`, async (t) => {
    const { scope, get } = await withPost(t, dialect);
    const lee = (await get())!;
    const other = (await get({ source: "https://sub.boats.example/1", author: { name: "Ana", url: "https://ana.example/" } }))!;

    await block(scope, authorToBlock(lee)!);
    await block(scope, authorToBlock(lee)!);
    await block(scope, hostToBlock(other)!);
    t.deepEqual((await listInteractions(scope, { state: "hidden" })).length, 2);
    t.is(await get({ source: "https://elsewhere.example/1" }), null);
    t.is(await get({ source: "https://deep.sub.boats.example/2", author: { name: "Una" } }), null);
    t.truthy(await get({ source: "https://boats.example/2", author: { name: "Una" } }));
    t.true(await isBlocked(scope, lee));
    const blocks = await listBlocks(scope);
    t.deepEqual(
      blocks.map(({ kind, value }) => [kind, value]),
      [
        ["host", "sub.boats.example"],
        ["author", "https://lee.example/"],
      ],
    );
    const ana = { name: "Ana", url: "https://ana.example/" };
    const below = await get({ source: "https://deep.nests.example/1", author: ana });
    const beside = await get({ source: "https://notnests.example/1", author: ana });
    await block(scope, { kind: "host", value: "nests.example", label: "nests.example" });
    t.is((await interactionById(scope, below!.id))?.state, "hidden", "what came from below a host is hidden with it");
    t.is((await interactionById(scope, beside!.id))?.state, "visible");
    t.true(await unblock(scope, blocks[1]!.id));
    t.truthy(await get({ source: "https://elsewhere.example/1" }));
  });

  test(`${dialect}: lists go on after the last one seen, by state, kind and author of the post`, async (t) => {
    const { scope, post, get } = await withPost(t, dialect);
    for (const number of [1, 2, 3]) await get({ source: `https://lee.example/${number}` });
    await get({ source: "https://lee.example/like", kind: "like" });

    const [first, second] = await listInteractions(scope, { kinds: ["reply"], limit: 2 });
    t.deepEqual((await listInteractions(scope, { kinds: ["reply"], after: second!.id })).length, 1);
    t.is((await listInteractions(scope, { kinds: ["like", "repost"] })).length, 1);
    t.is((await listInteractions(scope, { authorId: post.authorId, postId: post.id, state: "visible" })).length, 4);
    t.is((await listInteractions(scope, { authorId: "01JNONE0000000000000000000" })).length, 0);
    t.true(first!.id > second!.id);
  });
}
