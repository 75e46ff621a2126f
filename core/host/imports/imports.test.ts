import test, { type ExecutionContext } from "ava";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { definePlugin } from "../define-plugin.ts";
import { categoriesOf, listPosts, postByPath, redirectFrom } from "../../posts/read.ts";
import { databases, testDatabase } from "../../storage/testing.ts";
import { createTestHost } from "../../testing.ts";
import type { ImportSink } from "../services.types.ts";
import { importById } from "./import-rows.ts";
import { runImport } from "./run-import.ts";
import { cancelImport, startImport } from "./start-import.ts";
import { undoImport } from "./undo-import.ts";

type Line = Parameters<ImportSink["post"]>[0];

/** An importer of a file with one JSON line a post; `onPost` sees each before it goes in. */
function linesPlugin(onPost: (number: number) => void) {
  return definePlugin({
    id: "import-lines",
    name: "Lines",
    description: "A post a line.",
    version: "1.0.0",
    api: 1,
    services: {
      importer: () => ({
        label: "Lines",
        help: "Posts.",
        accepts: [".jsonl"],
        detect: (head) => head.startsWith("{"),
        async run(file, sink) {
          let text = "";
          for await (const chunk of file.stream()) text += Buffer.from(chunk).toString();
          if (!text.startsWith("{")) throw new Error("Line 1 is no post.");
          for (const [at, line] of text.trim().split("\n").entries()) {
            onPost(at);
            await sink.post(JSON.parse(line) as Line);
          }
          await sink.media({ sourceId: "m", url: "https://old.example/a.jpg", title: "A" });
        },
      }),
    },
  });
}

const post = (number: number, more: Partial<Line> = {}): Line => ({
  sourceId: `post ${number}`,
  draft: {
    title: `Post ${number}`,
    content: "Text",
    slug: `post-${number}`,
    publishedAt: "2020-05-01T10:00:00.000Z",
    categories: ["Birds"],
  },
  ...more,
});

async function open(t: ExecutionContext, lines: readonly Line[], dialect: (typeof databases)[number] = "sqlite") {
  let onPost: (number: number) => void = () => undefined;
  const plugin = linesPlugin((number) => onPost(number));
  const databaseUrl = dialect === "sqlite" ? undefined : await testDatabase(t, dialect);
  const host = await createTestHost(t, { plugins: [plugin as never], ...(databaseUrl && { databaseUrl }) });
  const file = join(host.folder, "posts.jsonl");
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join("\n"));
  const scope = host.scope();
  const start = (options = {}) => startImport(scope, { kind: "lines", file, options }, false);
  return { host, scope, file, start, watch: (next: typeof onPost) => void (onPost = next) };
}

for (const dialect of databases) {
  test(`${dialect}: posts come in with categories, comments and old addresses, and undo takes all of it back`, async (t) => {
    const comments = [
      { sourceId: "c1", author: { name: "Lee" }, html: "<p>Hi</p>", publishedAt: "2020-05-02T10:00:00.000Z", isApproved: true },
    ];
    const { host, scope, start } = await open(t, [post(1, { comments, oldPaths: ["/old/one"] }), post(2)], dialect);

    const id = await start();
    const { state, report } = await runImport(scope, id);

    t.is(state, "done");
    t.deepEqual(report.counts, { posts: 2, comments: 1, categories: 1, media: 1 });
    t.is(await redirectFrom(scope, "/old/one"), "/2020/05/01/post-1");
    const stored = await postByPath(scope, "/2020/05/01/post-1");
    t.is((await host.conversation(stored!)).length, 1);

    t.deepEqual(await undoImport(scope, id, null), { posts: 2, categories: 1, media: 0 });
    t.deepEqual(await listPosts(scope), []);
    t.deepEqual(await categoriesOf(scope), []);
    t.is(await redirectFrom(scope, "/old/one"), null);
    t.is((await importById(scope, id))!.state, "undone");
  });

  test(`${dialect}: an import that was interrupted goes on where it was and doubles nothing`, async (t) => {
    const lines = Array.from({ length: 250 }, (_, number) => post(number));
    const { scope, start, watch } = await open(t, lines, dialect);
    const stop = new AbortController();
    watch((number) => {
      if (number === 220) stop.abort();
      stop.signal.throwIfAborted();
    });
    const id = await start();

    await t.throwsAsync(runImport(scope, id, { signal: stop.signal }));
    t.is((await importById(scope, id))!.state, "running");
    t.is((await importById(scope, id))!.progress.counts.posts, 100);

    watch(() => undefined);
    const { report } = await runImport(scope, id);
    t.is(report.counts.posts, 250);
    t.is((await scope.storage.query("SELECT id FROM posts")).length, 250);
  });
}

test("a second import of the same file passes by what is there", async (t) => {
  const { scope, start } = await open(t, [post(1)]);
  await runImport(scope, await start());

  const { report } = await runImport(scope, await start());

  t.is(report.counts.duplicates, 1);
  t.is((await listPosts(scope)).length, 1);
});

for (const dialect of databases)
  test(`${dialect}: a second import takes in comments that came since, each once, and its undo takes only these`, async (t) => {
    const comment = (id: number, more: object = {}) => ({
      sourceId: `https://old.example/1#comment-${id}`,
      author: { name: "Lee" },
      html: `<p>${id}</p>`,
      publishedAt: `2020-05-0${id}T10:00:00.000Z`,
      isApproved: true,
      ...more,
    });
    const { host, scope, start, file } = await open(t, [post(1, { comments: [comment(2)] })], dialect);
    await runImport(scope, await start());
    const more = [comment(2), comment(3, { parentSourceId: comment(2).sourceId }), comment(4, { isApproved: false })];
    writeFileSync(file, JSON.stringify(post(1, { comments: more })));

    t.is((await runImport(scope, await start({ dryRun: true }))).report.counts.comments, 1);
    const id = await start();
    const { report } = await runImport(scope, id);
    t.deepEqual(report.counts, { categories: 1, duplicates: 1, comments: 1, "comments waiting for approval": 1, media: 1 });
    const stored = (await postByPath(scope, "/2020/05/01/post-1"))!;
    const [first, second] = await host.conversation(stored);
    t.deepEqual([first?.html, second?.html], ["<p>2</p>", "<p>3</p>"]);
    t.is(second?.parentId, first?.id);
    t.is((await runImport(scope, await start())).report.counts.comments, undefined);

    t.is((await undoImport(scope, id, null)).posts, 0);
    t.deepEqual(
      (await host.conversation(stored)).map(({ html }) => html),
      ["<p>2</p>"],
    );
  });

for (const dialect of databases)
  test(`${dialect}: links between posts lead to where the posts are now; all others stay`, async (t) => {
    const old = "https://www.old.example";
    const content = [
      `<p><a class="x" href="${old}/2019/two/#part">https://old.example/2019/two/</a>`,
      `<a href="http://old.example/two">`,
      `<a href="${old}/about/">`,
      `<a href="${old}/never-came">`,
      `<a href="${old}/2019/two?print=1">`,
      `<a href="https://lee.example/2019/two">Text</a></p>`,
    ].join("x</a>");
    const first = post(1, { oldUrl: `${old}/2019/one`, oldPaths: ["/2019/one"] });
    const { scope, start } = await open(
      t,
      [
        { ...first, draft: { ...first.draft, content, format: "html", updatedAt: "2020-06-01T10:00:00.000Z" } },
        post(2, { oldUrl: `${old}/2019/two`, oldPaths: ["/2019/two", "/two"] }),
        post(3, { draft: { title: "About", content: "Me", kind: "page", path: "/about" }, oldUrl: `${old}/about` }),
      ],
      dialect,
    );

    const { report } = await runImport(scope, await start());

    t.is(report.counts["links between posts"], 3);
    const { html, updatedAt, version } = (await postByPath(scope, "/2020/05/01/post-1"))!;
    t.deepEqual(
      [...html.matchAll(/href="([^"]+)"/g)].map((match) => match[1]),
      [
        "/2020/05/01/post-2#part",
        "/2020/05/01/post-2",
        "/about",
        `${old}/never-came`,
        `${old}/2019/two?print=1`,
        "https://lee.example/2019/two",
      ],
    );
    t.true(html.includes(">https://old.example/2019/two/</a>"));
    t.deepEqual([updatedAt, version], ["2020-06-01T10:00:00.000Z", 2]);
  });

test("a dry run counts what would come in, names what would not, and stores none of it", async (t) => {
  const empty = post(2, { draft: { title: "", content: "" } });
  const { scope, start } = await open(t, [post(1), empty]);

  const { report } = await runImport(scope, await start({ dryRun: true }));

  t.is(report.counts.posts, 1);
  t.is(report.skipped.notes[0]!.why, "Write something or add a photo.");
  t.deepEqual(await listPosts(scope), []);
  t.deepEqual(await categoriesOf(scope), []);
});

test("everything comes in as draft when that is wanted", async (t) => {
  const { scope, start } = await open(t, [post(1)]);

  const { report } = await runImport(scope, await start({ drafts: true }));

  t.is(report.counts.drafts, 1);
  t.deepEqual(await listPosts(scope), []);
});

test("a file that cannot be read ends in a sentence, not in an error", async (t) => {
  const { scope, start, file } = await open(t, [post(1)]);
  const id = await start();
  writeFileSync(file, "nonsense");

  const { state, report } = await runImport(scope, id);

  t.is(state, "failed");
  t.is(report.error, "Line 1 is no post.");
});

test("a cancelled import stores nothing more", async (t) => {
  const { scope, start } = await open(t, [post(1)]);
  const id = await start();

  t.true(await cancelImport(scope, id));
  t.is((await runImport(scope, id)).state, "cancelled");
  t.deepEqual(await listPosts(scope), []);
});

test("an unknown kind and a missing file are refused with a sentence", async (t) => {
  const { scope, file } = await open(t, [post(1)]);

  await t.throwsAsync(startImport(scope, { kind: "nothing", file }, false), { message: /There are: lines/ });
  await t.throwsAsync(startImport(scope, { kind: "lines", file: "/nowhere" }, false), { message: /no file \/nowhere/ });
});
