import test from "ava";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { readZip } from "../../net/zip-read.testing.ts";
import { machine, setUp } from "../machine.testing.ts";

test("a blog comes out as Markdown under its facts, as JSON, and with its settings", async (t) => {
  const rookery = machine(t);
  await setUp(rookery);
  await rookery(["post", "publish", "--blog", "kim.localhost", "--title", "Herons: a study"], "A *grey* heron.");

  const { code, out, err } = await rookery(["export", "markdown", "--blog", "kim.localhost", "--out", "kim.zip"]);

  t.deepEqual([code, err], [0, []]);
  t.is((JSON.parse(out.at(-1)!) as { posts: number }).posts, 1);
  const files = readZip(join(rookery.folder, "kim.zip"));
  const name = [...files.keys()].find((one) => one.startsWith("posts/"))!;
  t.regex(name, /^posts\/\d{4}-\d\d-\d\d-herons-a-study-[0-9a-z]{6}\.md$/);
  const text = files.get(name)!.toString();
  t.regex(text, /^---\nid: "[0-9A-Z]{26}"\ntitle: "Herons: a study"\nkind: "article"\n/);
  t.true(text.endsWith("---\n\nA *grey* heron.\n"));
  t.like(JSON.parse(files.get("posts.json")!.toString()), [{ title: "Herons: a study", source: "A *grey* heron." }]);
  t.like(JSON.parse(files.get("blog.json")!.toString()), { host: "kim.localhost", people: [{ username: "kim", role: "owner" }] });
  t.false(existsSync(join(rookery.folder, "kim.zip.part")));
});

test("an export is refused in one sentence for a kind there is none of, a blog there is none of, and a place that cannot be written", async (t) => {
  const rookery = machine(t);
  await setUp(rookery);
  const exported = (kind: string, blog: string, out: string) => rookery(["export", kind, "--blog", blog, "--out", out]);

  for (const [answer, sentence] of [
    [await exported("ghost", "kim.localhost", "all.zip"), /no exporter for “ghost”; there is markdown/],
    [await exported("markdown", "lee.localhost", "all.zip"), /There is no blog at lee\.localhost/],
    [await exported("markdown", "kim.localhost", "nowhere/all.zip"), /all\.zip cannot be written \(ENOENT\)/],
  ] as const) {
    t.is(answer.code, 1);
    t.deepEqual(answer.out, []);
    t.is(answer.err.length, 1);
    t.regex(answer.err[0]!, sentence);
  }
  t.is((await rookery(["export", "markdown", "--blog", "kim.localhost"])).code, 2);
  t.regex((await rookery(["export", "list", "--json"])).out[0]!, /"id":"markdown"/);
});
