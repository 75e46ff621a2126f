import test from "ava";
import { existsSync } from "node:fs";

const folder = (id: string) => new URL(`../../plugins/${id}`, import.meta.url).pathname;
const isThere = ["client-api", "timeline", "sources"].every((id) => existsSync(`${folder(id)}/plugin.ts`));
const check = isThere ? test : test.skip;
const at = "https://mine.example/feed.xml";

check("an app makes somebody's blog elsewhere theirs, copies it in, and lists it; without sources it says so", async (t) => {
  const { open } = (await import(
    `${folder("client-api")}/client-api.testing.ts`
  )) as typeof import("../../plugins/client-api/client-api.testing.ts");
  const { default: sources } = (await import(`${folder("sources")}/plugin.ts`)) as { default: never };
  const plugins = [{ plugin: sources, folder: folder("sources") }];
  const { host, ask, keyOf, lee } = await open(t, { plugins, allowUnexpected: true });
  const key = await keyOf(lee);
  const item = "<item><guid>1</guid><link>https://mine.example/1</link><description>One</description></item>";
  host.network.on(`GET ${at}`, {
    xml: `<rss version="2.0"><channel><title>Mine</title><link>https://mine.example/</link>${item}</channel></rss>`,
  });
  const add = async (form: object) => (await ask("POST /account/feeds", { key, form })).json() as { error?: string };
  const list = async () => (await ask("GET /account/info/feeds", { key })).json() as { id: number; site_id: number }[];

  t.deepEqual(await list(), []);
  t.deepEqual(await add({ url: at }), {});
  t.like((await list())[0], { url: at, title: "Mine", is_verified: false, is_import: false, site_id: 0, error: "" });

  const [site] = (await ask("GET /account/info/domains", { key })).json() as { id: number }[];
  t.deepEqual(await add({ url: at, add_feed_option: "import", site_id: String(site!.id) }), {});
  const all = await list();
  t.is(all.length, 1, "it is there once");
  t.like(all[0], { is_import: true, site_id: site!.id });
  t.true(Number.isInteger(all[0]!.id) && all[0]!.id > 0);
  for (const wrong of [
    { url: "" },
    { url: "https://nowhere.example/" },
    { url: at, add_feed_option: "import", site_id: "kim.example" },
  ])
    t.truthy((await add(wrong)).error, JSON.stringify(wrong));

  const bare = await open(t);
  const other = await bare.keyOf(bare.lee);
  t.deepEqual((await bare.ask("GET /account/info/feeds", { key: other })).json(), []);
  const refused = (await bare.ask("POST /account/feeds", { key: other, form: { url: at } })).json() as { error: string };
  t.regex(refused.error, /switched off/);
});
if (!isThere) test("sources of apps (skipped: plugins/client-api or plugins/sources is not there)", (t) => t.pass());
