import test from "ava";
import { receive, removeInteraction } from "../interactions/receive.ts";
import { Numbers1764000000012 } from "../../migrations/0012-numbers.ts";
import { databases, testDatabase } from "../storage/testing.ts";
import { createTestHost } from "../testing/test-host.ts";
import { giveNumbers, subjectOf } from "./numbers.ts";
import { publishMany } from "./publish.ts";
import { postById } from "./read.ts";
import { erasePost } from "./remove.ts";

for (const dialect of databases) {
  test(`${dialect}: posts and replies have rising numbers of one sequence, kept through edits and never given twice`, async (t) => {
    const host = await createTestHost(t, { databaseUrl: await testDatabase(t, dialect) });
    const { storage } = host.house;
    const first = await host.publish({ text: "One" });
    const reply = (source: string) => ({
      kind: "reply" as const,
      source,
      postId: first.id,
      author: { name: "Lee" },
      html: "Yes",
      via: "test",
    });
    const answer = (await receive(host.scope(), reply("https://lee.example/1")))!;
    const many = await publishMany(
      host.scope(),
      Array.from({ length: 30 }, (_, at) => ({ content: `Old ${at}` })),
      { isQuiet: true },
    );

    const numbers = [first.number, answer.number, ...many.map((one) => (one.ok ? one.post.number : 0))];
    t.true(numbers.every((number, at) => number > (numbers[at - 1] ?? 0)));
    t.is((await host.publish({ id: first.id, text: "Changed" })).number, first.number);
    t.is((await receive(host.scope(), reply("https://lee.example/1")))!.number, answer.number);
    t.is((await postById(host.scope(), first.id))?.number, first.number);
    t.deepEqual(await subjectOf(storage, answer.number), { id: answer.id, blogId: host.blog.id });

    await removeInteraction(host.scope(), "https://lee.example/1");
    const last = await host.publish({ text: "Last" });
    await receive(host.scope(), { ...reply("https://lee.example/2"), postId: last.id });
    await erasePost(host.scope(), last.id);
    t.is(await subjectOf(storage, last.number), null);
    t.is(await subjectOf(storage, answer.number), null);
    t.is((await storage.query("SELECT number FROM numbers")).length, 31);
    t.true((await host.publish({ text: "After" })).number > last.number + 1);

    const other = [{ id: "01JCATEGORY000000000000000", blogId: host.blog.id }];
    const [given, again] = [
      await storage.write((db) => giveNumbers(db, other)),
      await storage.write((db) => giveNumbers(db, other)),
    ];
    t.deepEqual([...given], [...again]);

    // A database from before there were numbers, and one whose migration was cut off.
    await storage.write((db) => db.run("DELETE FROM numbers WHERE subject_id <> ?", [first.id]));
    const runner = storage.source.createQueryRunner();
    await new Numbers1764000000012().up(runner);
    if (dialect === "mysql") await runner.release();
    t.is((await postById(host.scope(), first.id))?.number, first.number);
    t.true(
      (await postById(host.scope(), many.at(-1)!.ok ? (many.at(-1) as never as { post: { id: string } }).post.id : ""))!.number >
        0,
    );
  });
}
