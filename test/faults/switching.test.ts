import test from "ava";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { definePlugin } from "../../core/plugin.ts";
import feeds from "../../plugins/feeds/plugin.ts";
import { createTestHost } from "../../core/testing/test-host.ts";
import { databases, testDatabase } from "../../core/storage/testing.ts";
import { read, Readers } from "./reader.ts";

const folder = dirname(fileURLToPath(import.meta.resolve("../../plugins/feeds/plugin.ts")));
const times = 50;

for (const dialect of databases) {
  test(`${dialect}: feeds are switched off and on ${times} times under load: no failed request, and the link goes with them`, async (t) => {
    const databaseUrl = await testDatabase(t, dialect);
    const host = await createTestHost(t, { databaseUrl, plugins: [{ plugin: feeds as never, folder }] });
    for (let n = 0; n < 25; n++)
      await host.publish({ text: `Post ${n} `.repeat(20), slug: `p${n}`, categories: [`cat ${n % 3}`] });
    const from = { port: host.port, host: host.blog.host };
    // Cached pages, pages that are never kept, an address that comes and goes with the plugin, and one that is never there.
    const paths = ["/", "/2026/05/01/p3", "/categories/cat-1", "/?x=1", "/?x=2", "/feed.xml", "/feed.json", "/2026/05", "/none"];
    const readers = new Readers(from, paths, (path, { status, text }) => {
      const allowed = path === "/none" ? [404] : path.startsWith("/feed") ? [200, 304, 404] : [200, 304];
      if (!allowed.includes(status)) return String(status);
      return status === 200 && !/<\/html>\s*$|<\/rss>\s*$|\}\s*$/.test(text) ? "cut off" : null;
    });
    await readers.more(20);

    const wrong: string[] = [];
    const look = async (isOn: boolean) => {
      for (const path of ["/", "/2026/05/01/p3", "/?x=1"]) {
        const { text } = await read(from, path);
        if (/feed\.xml/.test(text) !== isOn) wrong.push(`${path} while ${isOn ? "on" : "off"}`);
      }
      const { status } = await read(from, "/feed.xml");
      if (status !== (isOn ? 200 : 404)) wrong.push(`/feed.xml is ${status} while ${isOn ? "on" : "off"}`);
    };
    for (let time = 0; time < times; time++) {
      await host.house.host.disable("feeds");
      await look(false);
      await host.house.host.enable("feeds");
      await look(true);
    }
    await readers.stop();

    t.deepEqual(readers.failures, []);
    t.deepEqual(wrong, []);
    t.true(readers.count > times);
    t.deepEqual(host.failures(), []);
  });
}

test("a page that a plugin failed on once is shown without its part, and whole as soon as it works again", async (t) => {
  let isFailing = true;
  const moody = definePlugin({
    id: "moody",
    name: "Moody",
    description: "Fails now and then.",
    version: "1.0.0",
    api: 1,
    hooks: {
      "page.head": () => {
        if (isFailing) throw new Error("not in the mood");
        return [{ tag: "meta", attributes: { name: "mood", content: "good" } }];
      },
    },
  });
  const host = await createTestHost(t, { plugins: [moody as never], isEnabled: false });
  isFailing = false;
  await host.house.host.enable("moody");
  isFailing = true;

  const without = await host.get("/");
  isFailing = false;
  const whole = await host.get("/");

  t.is(without.status, 200);
  t.notRegex(without.text, /mood/);
  t.regex(whole.text, /mood/);
});
