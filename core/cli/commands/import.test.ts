import test from "ava";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { machine, setUp, type Machine } from "../machine.testing.ts";

const item = (n: number) => `<item><title>Post ${n}</title><link>https://old.example/p${n}</link><wp:post_id>${n}</wp:post_id>
<dc:creator>kim</dc:creator><content:encoded><![CDATA[Words ${n}]]></content:encoded><wp:post_date_gmt>2024-05-0${n} 10:00:00</wp:post_date_gmt>
<wp:post_date>2024-05-0${n} 12:00:00</wp:post_date><wp:post_name>post-${n}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>`;
const wxr = `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Old</title><link>https://old.example</link><wp:wxr_version>1.2</wp:wxr_version>${[1, 2, 3].map(item).join("")}</channel></rss>`;

const at = ["--blog", "kim.localhost"];
const count = async (rookery: Machine) => (await rookery(["post", "list", ...at, "--count"])).out[0];
const listed = async (rookery: Machine) =>
  JSON.parse((await rookery(["import", "list", ...at, "--json"])).out[0]!) as { id: string; state: string; kind: string }[];

async function readyFor(rookery: Machine): Promise<void> {
  await setUp(rookery);
  writeFileSync(join(rookery.folder, "old.xml"), wxr);
  await rookery(["plugin", "enable", "import-wordpress", "--yes"]);
}

test("posts come in after a dry run that changes nothing, twice does not double them, and an undo takes them back", async (t) => {
  const rookery = machine(t);
  await readyFor(rookery);

  const dry = await rookery(["import", "wordpress", "old.xml", ...at, "--dry-run"]);
  t.is(dry.code, 0, dry.err.join("\n"));
  t.is((JSON.parse(dry.out.at(-1)!) as { posts: number }).posts, 3);
  t.is(await count(rookery), "0");

  const real = await rookery(["import", "wordpress", "old.xml", ...at]);
  t.is(real.code, 0);
  t.is((JSON.parse(real.out.at(-1)!) as { posts: number }).posts, 3);
  t.is(await count(rookery), "3");
  const again = await rookery(["import", "wordpress", "old.xml", ...at, "--yes"]);
  t.is((JSON.parse(again.out.at(-1)!) as { duplicates: number }).duplicates, 3);
  t.is(await count(rookery), "3");

  const runs = await listed(rookery);
  t.deepEqual(
    runs.map(({ state, kind }) => `${kind} ${state}`),
    ["wordpress done", "wordpress done", "wordpress done"],
  );
  const undone = await rookery(["import", "undo", runs[1]!.id, ...at]);
  t.is((JSON.parse(undone.out.at(-1)!) as { posts: number }).posts, 3);
  t.is(await count(rookery), "0");
});

test("--drafts brings everything in as draft", async (t) => {
  const rookery = machine(t);
  await readyFor(rookery);

  const { out } = await rookery(["import", "wordpress", "old.xml", ...at, "--drafts"]);

  t.is((JSON.parse(out.at(-1)!) as { drafts: number }).drafts, 3);
  t.is(await count(rookery), "0");
});

test("--media fetches what posts show and says what could not be had", async (t) => {
  const png = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  );
  const site = createServer((request, response) =>
    request.url === "/a.png" ? response.writeHead(200, { "content-type": "image/png" }).end(png) : response.writeHead(404).end(),
  ).listen(0, "127.0.0.1");
  await once(site, "listening");
  t.teardown(() => site.close());
  const old = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  const attachment = (n: number, name: string) =>
    `<item><title>${name}</title><wp:post_id>${n}</wp:post_id><wp:post_type>attachment</wp:post_type><wp:attachment_url>${old}/${name}</wp:attachment_url></item>`;
  const rookery = machine(t, { ROOKERY_PRIVATE_NETWORK: "on" });
  await readyFor(rookery);
  const shown = wxr.replace("Words 1", `<img src="${old}/a.png" alt=""><img src="${old}/b.png" alt="">`);
  const files = attachment(11, "a.png") + attachment(12, "b.png");
  writeFileSync(join(rookery.folder, "old.xml"), shown.replace("</channel>", `${files}</channel>`));

  const { code, out, err } = await rookery(["import", "wordpress", "old.xml", ...at, "--media", "--yes"]);

  t.is(code, 0, err.join("\n"));
  t.is((JSON.parse(out.at(-1)!) as { "files fetched": number })["files fetched"], 1);
  t.regex(err.join("\n"), /Could not be fetched: 1\n.*b\.png”: The old site answers 404\./);
  const [run] = await listed(rookery);
  const undone = await rookery(["import", "undo", run!.id, ...at, "--yes"]);
  t.is((JSON.parse(undone.out.at(-1)!) as { media: number }).media, 1);
});

test("an import is refused with the remedy: plugin off, kind unknown, file missing or broken, no such run", async (t) => {
  const rookery = machine(t);
  await setUp(rookery);
  const refused = async (...words: string[]) => {
    const { code, err } = await rookery(["import", ...words, ...at]);
    t.is(code, 1, words.join(" "));
    t.is(err.filter((line) => !line.startsWith(" ")).length, 1, words.join(" "));
    return err.join("\n");
  };
  writeFileSync(join(rookery.folder, "old.xml"), wxr);
  writeFileSync(join(rookery.folder, "broken.xml"), wxr.slice(0, 900));

  t.regex(await refused("wordpress", "old.xml"), /rookery plugin enable import-wordpress --blog kim\.localhost/);
  await rookery(["plugin", "enable", "import-wordpress", "--yes"]);
  t.regex(await refused("sitemap", "old.xml"), /There are: wordpress\./);
  t.regex(await refused("wordpress", "no-such.xml"), /no-such\.xml/);
  t.regex(await refused("wordpress", "broken.xml"), /stopped/);
  t.regex(await refused("undo", "01ARZ3NDEKTSV4RRFFQ69G5FAV"), /rookery import list/);
  t.is((await rookery(["import", "wordpress", ...at])).code, 2);
  t.is((await rookery(["import", "wordpress", "old.xml"])).code, 2);
});
