import test from "ava";
import { receive } from "../../interactions/receive.ts";
import { createTestHost } from "../../testing/test-host.ts";
import { restoreAccount, suspendAccount } from "./account-standing.ts";

test("what somebody said under posts goes while they are suspended, also from pages that are kept, and comes back with them", async (t) => {
  const host = await createTestHost(t);
  const post = await host.publish({ text: "Herons" });
  const lee = await host.person("lee");
  const said = { kind: "reply", via: "test", source: "https://hub.example/replies/1", author: { name: "Lee" } } as const;
  await receive(host.scope(), { ...said, postId: post.id, accountId: lee.id, html: "Seven of them" });
  await receive(host.scope(), { ...said, source: "https://bo.example/1", postId: post.id, html: "I saw one" });
  const { storage } = host.house;
  const page = async () => {
    const { text } = await host.get(new URL(post.url).pathname);
    return [text.includes("Seven of them"), text.includes("I saw one")];
  };
  t.deepEqual(await page(), [true, true]);

  await storage.write((db) => suspendAccount(host.scope(), db, lee, { reason: "", withBlogs: false }));
  t.deepEqual(await page(), [false, true]);
  await storage.write((db) => restoreAccount(host.scope(), db, lee));
  t.deepEqual(await page(), [true, true]);
});
