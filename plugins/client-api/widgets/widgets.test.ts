import { createContext, runInContext } from "node:vm";
import test from "ava";
import { open } from "../client-api.testing.ts";
import { clean, html } from "../wire/markup.ts";
import { postWithAuthor } from "./posts.ts";
import { asScript, scriptReply } from "./script.ts";

/** What a script writes into the page it stands in. */
function written(script: string): string {
  world.page = "";
  runInContext(script, world);
  return world.page;
}
const world = createContext({
  page: "",
  document: { currentScript: { insertAdjacentHTML: (_: string, text: string) => void (world.page = text) } },
}) as { page: string };

test("a conversation is a feed, a list of webmentions, or a script that writes it", async (t) => {
  const { host, kim, lee, ask } = await open(t);
  const root = await host.publish({ text: "Who saw the heron?" }, host.blogs[0], kim);
  await host.runJobs();
  const reply = await host.publish(
    { text: "I did </script><b>it</b>", properties: { "in-reply-to": root.url } },
    host.blogs[1],
    lee,
  );
  await host.runJobs();
  const path = `GET /conversation.js?url=${encodeURIComponent(root.url)}`;
  const feed = (await ask(`${path}&format=jsonfeed`)).json() as {
    home_page_url: string;
    items: { id: string; author: object }[];
  };
  t.regex(feed.home_page_url, /\/c\/\d+$/);
  t.is(feed.items.length, 1);
  t.is(typeof feed.items[0]!.id, "string");
  const jf2 = (await ask(`${path}&format=jf2`)).json() as { type: string; children: object[] };
  t.like(jf2, { type: "feed" });
  t.like(jf2.children[0], { type: "entry", "wm-property": "in-reply-to", "wm-target": root.url });

  const script = await ask(path, { headers: { origin: "https://elsewhere.example" } });
  t.regex(script.headers["content-type"]!, /javascript/);
  t.like(script.headers, { "access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin" });
  const page = written(script.text);
  for (const name of ["conversation", "post", "user", "avatar", "fullname", "username", "text", "time"])
    t.true(page.includes(`class="microblog_${name}"`), name);
  t.false(/<script/i.test(page));
  t.true(page.includes("I did"));
  for (const format of ["", "&format=jsonfeed", "&format=jf2"])
    t.is((await ask(`GET /conversation.js?url=https://kim.example/none${format}`)).status, 404);
  t.is((await ask("GET /conversation.js")).status, 400);

  const sidebar = await ask("GET /sidebar.js?username=lee&count=1");
  const shown = written(sidebar.text);
  for (const name of ["timeline", "post", "text", "time"]) t.true(shown.includes(`class="microblog_${name}"`), name);
  t.is((await ask("GET /sidebar.js?username=nobody")).status, 404);
  void reply;
  t.deepEqual(host.failures(), []);
});

test("nothing that anybody writes breaks out of the script or of the markup", (t) => {
  const bits = [
    "</script>",
    "<!--",
    "-->",
    "\\",
    '"',
    "'",
    "`",
    "${1}",
    "\u2028",
    "\u2029",
    "\n",
    "\r",
    "\0",
    "<img src=x onerror=alert(1)>",
    "</div>",
    "\ud800",
    "🦢",
    "&lt;",
    "]]>",
    "javascript:alert(1)",
    "\u202e",
    "\\u003c",
  ];
  let seed = 7;
  const next = () => (seed = (seed * 16_807) % 2_147_483_647);
  for (let round = 0; round < 500; round++) {
    const text = Array.from({ length: 1 + (next() % 6) }, () => bits[next() % bits.length]).join("");
    const script = asScript(text);
    t.is(runInContext(script, world), text.toWellFormed());
    if (!/^"[\x20-\x7e]*"$/.test(script) || /[<>&/]/.test(script)) t.fail(script);
    const author = { name: text, handle: text, url: text, avatar: text };
    const post = postWithAuthor("https://hub.example/", { number: 1, url: text, html: text, at: text, author });
    const page = written(scriptReply(post).text!);
    // Quotes in values are escaped, so whatever stands between two of them is a value.
    if (/(href|src)="\s*javascript/i.test(page)) t.fail(page);
    if (/<(script|iframe|object)|<[^>]*\son\w+/i.test(page.replace(/"[^"]*"/g, '""'))) t.fail(page);
  }
  t.is(
    html`<a title="${'"><b>'}">${"<i>"}${clean("<u>x</u>")}${null}${[html`<b>1</b>`, "&"]}</a>`.text,
    '<a title="&quot;&gt;&lt;b&gt;">&lt;i&gt;<u>x</u><b>1</b>&amp;</a>',
  );
});
