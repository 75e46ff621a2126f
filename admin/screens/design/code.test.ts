import test from "ava";
import { blogByHost } from "../../../core/blogs/blogs.ts";
import type { Page } from "../../testing.ts";
import { openSite } from "../sites.testing.ts";

type Site = Awaited<ReturnType<typeof openSite>>;

const file = "perch/partials/footer.njk";
const number = (page: Page) => /name="number" value="(\d+)"/.exec(page.text)?.[1] ?? "";
const frame = (page: Page) => (/<iframe[^>]* src="([^"]+)"/.exec(page.text)?.[1] ?? "").replaceAll("&amp;", "&");
const footer = (words: string) => `<footer class="site"><p>${words}</p>{{ slot("footer") }}</footer>`;

async function opened(t: Parameters<typeof openSite>[0]) {
  const site = await openSite(t);
  await site.post({ content: "A heron at the water." });
  const at = site.at("/design/code");
  const { browser } = site;
  const open = (name = file) => browser.get(`${at}?file=${name}`);
  await browser.get(at);
  /** Sends the editor's form as it stands in a page. */
  const send = (page: Page, source: string, intent: string, name = file) =>
    browser.post(at, { file: name, number: number(page), source, intent, page: "home" });
  return { ...site, at, open, send };
}

async function copied(t: Parameters<typeof openSite>[0]) {
  const made = await opened(t);
  t.is((await made.browser.post(`${made.at}/copy`, { file })).status, 303);
  return made;
}

const actions = async ({ house }: Pick<Site, "house">) =>
  (await house.storage.query("SELECT action FROM audit_log WHERE action LIKE 'template.%' ORDER BY id")).map(
    ({ action }) => action,
  );

// One after the other: a check draws all sample pages, and ten of them at once keep a server busy for a long time.
test.serial("who changed nothing is told to pick a template; the theme's files are read, copied and changed", async (t) => {
  const site = await opened(t);
  const { browser, at, open, send, read } = site;
  const list = await browser.get(at);
  t.regex(list.text, /You have changed nothing\. Pick a template to copy/);
  t.regex(list.text, /Files of Perch[^]*partials\/footer\.njk[^]*Beneath every theme/);
  const theirs = await open();
  t.regex(theirs.text, /&lt;footer class=/);
  t.notRegex(theirs.text, /<textarea/);

  await browser.post(`${at}/copy`, { file });
  const own = await open();
  t.regex(own.text, /<textarea[^>]*name="source"[^>]*>[^<]*&lt;footer/);
  t.regex(own.text, /Your changes<\/h2>\s*<ul><li><a[^>]*aria-current="page"><bdi>partials\/footer\.njk/);
  t.is((await send(own, footer("Of my own"), "save")).status, 303);

  t.regex((await read("/")).text, /Of my own/);
  t.deepEqual(await actions(site), ["template.copied", "template.saved"]);
});

test.serial("only the page with the editor opens its style sheet, by a new word each time", async (t) => {
  const { browser, at } = await copied(t);
  const policyOf = async (path: string) =>
    (await browser.script("GET", path, undefined, { accept: "text/html" })).headers.get("content-security-policy") ?? "";
  const nonce = (policy: string) => /style-src 'self' 'nonce-([^']+)'/.exec(policy)?.[1];

  const [first, second] = [await policyOf(`${at}?file=${file}`), await policyOf(`${at}?file=${file}`)];
  t.truthy(nonce(first));
  t.not(nonce(first), nonce(second));
  t.regex(first, /script-src 'self';/);
  t.is(nonce(await policyOf("/b/kim.localhost/design")), undefined);
  t.is(nonce(await policyOf(at)), undefined);
});

test.serial(
  "a template that is broken is kept as a draft with what is wrong and where, and readers go on with what there was",
  async (t) => {
    const site = await copied(t);
    const { open, send, read } = site;
    const broken = "<footer>\n{% if blog %}Mine, unfinished</footer>";

    t.is((await send(await open(), broken, "save")).status, 303);

    const page = await open();
    t.regex(page.text, /Kept as a draft: something is wrong/);
    t.regex(page.text, /data-line="2">Line 2<\/a>|data-line="3">Line 3<\/a>/);
    t.regex(page.text, /Mine, unfinished/);
    t.notRegex((await read("/")).text, /unfinished/);
    t.is((await read("/")).status, 200);
    const refused = await send(page, broken, "activate");
    t.is(refused.status, 422);
    t.regex(refused.text, /<title>Error: Template/);
    t.regex(refused.text, /Mine, unfinished/);

    t.is((await send(page, footer("Mine, finished"), "activate")).status, 303);
    t.regex((await read("/")).text, /Mine, finished/);
    t.deepEqual(await actions(site), ["template.copied", "template.draft", "template.saved"]);
  },
);

test.serial("a draft is kept beside what counts, and can be dropped", async (t) => {
  const { browser, at, open, send, read } = await copied(t);
  await send(await open(), footer("Counts"), "save");
  await send(await open(), footer("Only tried"), "draft");

  t.regex((await read("/")).text, /Counts/);
  t.regex((await open()).text, /This is a draft\. Readers still see what was active before[^]*Only tried/);
  await browser.post(`${at}/drop-draft`, { file });
  t.regex((await open()).text, /Counts/);
  t.notRegex((await open()).text, /Only tried/);
});

test.serial("a source can be checked and seen without saving it, with and without script", async (t) => {
  const { browser, at, open, send, read } = await copied(t);
  const page = await open();
  const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)![1]!;
  const asked = (source: string, intent: string) => {
    const body = new URLSearchParams({ file, number: number(page), source, intent, page: "home", csrf }).toString();
    return browser.script("POST", at, body, { "content-type": "application/x-www-form-urlencoded" });
  };

  const wrong = await send(page, "{{ frob() }}", "check");
  t.is(wrong.status, 422);
  t.regex(wrong.text, /id="errors"[^]*There is no function frob\(\)/);
  const sound = await send(page, footer("Sound"), "check");
  t.regex(sound.text, /Nothing is wrong/);
  const found = (await asked("{{ frob() }}", "check")).json!.found as { line: number; level: string }[];
  t.is(found[0]!.line, 1);
  t.is(found[0]!.level, "error");

  const seen = await send(page, footer("Not saved"), "preview");
  const address = new URL(frame(seen));
  t.regex((await read(address.pathname + address.search)).text, /Not saved/);
  const other = new URL(String((await asked(footer("By script"), "preview")).json!.url));
  t.regex((await read(other.pathname + other.search)).text, /By script/);
  t.notRegex((await read("/")).text, /Not saved|By script/);
});

test.serial("who saved meanwhile is not overwritten unseen: what was typed comes back", async (t) => {
  const { open, send, read } = await copied(t);
  const mine = await open();
  await send(mine, footer("Theirs"), "save");

  const late = await send(mine, footer("Mine & late"), "save");
  t.is(late.status, 409);
  t.regex(late.text, /Somebody saved this template meanwhile/);
  t.regex(late.text, /Mine &amp; late/);
  t.regex((await read("/")).text, /Theirs/);
  t.is((await send(late, footer("Mine & late"), "save")).status, 303);
});

test.serial(
  "every save is in the history with its differences, can be restored, also after going back to the theme",
  async (t) => {
    const site = await copied(t);
    const { browser, at, open, send, read } = site;
    await send(await open(), footer("First"), "save");
    await send(await open(), footer("Second"), "save");

    const history = await browser.get(`${at}/history?file=${file}&number=2`);
    t.regex(history.text, /<del>[^]*?First[^]*<\/del>\s*<ins>[^]*?Second/);
    await browser.post(`${at}/restore`, { file, number: "2" });
    t.regex((await read("/")).text, /First/);

    t.is((await browser.post(`${at}/revert`, { file })).status, 303);
    t.notRegex((await read("/")).text, /First/);
    await browser.get(`${at}/history?file=${file}`);
    t.is((await browser.post(`${at}/restore`, { file, number: "3" })).status, 303);
    t.regex((await read("/")).text, /Second/);
    t.is((await browser.post(`${at}/restore`, { file, number: "99" })).status, 404);
    t.deepEqual((await actions(site)).slice(-3), ["template.restored", "template.reverted", "template.restored"]);
  },
);

test.serial("all changes are undone at once, and nothing that was written is lost", async (t) => {
  const { browser, at, open, send, read } = await copied(t);
  await send(await open(), footer("Mine"), "save");
  await browser.post(`${at}/copy`, { file: "base/partials/neighbours.njk" });
  t.regex((await browser.get(at)).text, /Your 2 own templates go/);

  t.is((await browser.post(`${at}/undo`, {})).status, 303);

  t.notRegex((await read("/")).text, /Mine/);
  t.regex((await browser.get(at)).text, /You have changed nothing/);
  t.regex((await browser.get(`${at}/history?file=${file}`)).text, /Save 2/);
  t.is((await browser.post(`${at}/undo`, {})).status, 409);
});

test.serial(
  "a file of the theme that changed after it was copied is shown three ways, until its owner has seen it",
  async (t) => {
    const { browser, at, open, send, house } = await copied(t);
    await send(await open(), footer("Mine"), "save");
    const blog = (await blogByHost(house.storage, "kim.localhost", house.site))!;
    const older = "<footer>an older file of the theme</footer>";
    await house.storage.write((db) => db.run("UPDATE theme_overrides SET original = ? WHERE blog_id = ?", [older, blog.id]));

    t.regex((await open()).text, /The theme’s file was changed after you copied it/);
    t.regex((await browser.get("/b/kim.localhost/design")).text, /The theme has a new partials\/footer\.njk/);
    const compared = await browser.get(`${at}/compare?file=${file}`);
    t.regex(compared.text, /What the theme changed[^]*an older file[^]*What you changed[^]*Mine[^]*If|What would change/);
    await browser.post(`${at}/seen`, { file });
    t.notRegex((await open()).text, /The theme’s file was changed/);
  },
);

test.serial(
  "a template that fails on readers' pages is told of, and switched off after three times until it is saved anew",
  async (t) => {
    const { browser, at, open, send, read } = await copied(t);
    // Too much for this blog alone, which no checker can know.
    const endless =
      '{% if blog.title == "Birds" %}{% for a in range(1000) %}{% for b in range(1000) %}{{ a }}{% endfor %}{% endfor %}{% endif %}';
    t.regex((await send(await open(), footer("Too much") + endless, "save")).location ?? "", /footer\.njk$/);

    const page = await read("/");
    t.is(page.status, 200);
    t.notRegex(page.text, /Too much/);
    t.regex(
      (await browser.get("/b/kim.localhost/design")).text,
      /Readers got a simpler page, because perch\/partials\/footer\.njk/,
    );
    t.regex((await browser.get(at)).text, /Failed today/);
    t.regex((await open()).text, /Readers got the theme’s own page instead, because this template failed in line 1/);

    for (const path of ["/", "/archive"]) t.is((await read(path)).status, 200);
    t.regex((await browser.get("/b/kim.localhost/design")).text, /failed three times and was switched off/);
    t.regex((await browser.get(at)).text, /Switched off/);
    t.is((await send(await open(), footer("Mended"), "activate")).status, 303);
    t.regex((await read("/")).text, /Mended/);
    t.notRegex((await browser.get("/b/kim.localhost/design")).text, /simpler page|switched off/);
  },
);

test.serial("a template of one's own begins as a draft; names that are none come back", async (t) => {
  const { browser, at, open } = await opened(t);

  const wrong = await browser.post(`${at}/new`, { template: "../Layout" });
  t.is(wrong.status, 422);
  t.regex(wrong.text, /value="\.\.\/Layout"/);
  t.is((await browser.post(`${at}/new`, { template: "page-about" })).location, `${at}?file=perch/page-about.njk`);
  t.regex((await open("perch/page-about.njk")).text, /This template is a draft/);
});

test.serial("what is no template, or nobody's, is not found; hostile text stays text and costs no time", async (t) => {
  const { browser, at, open, send, read } = await copied(t);
  for (const name of ["perch/../../etc/passwd", "nothing", "perch/none.njk", "x".repeat(300)])
    t.is((await browser.get(`${at}?file=${encodeURIComponent(name)}`)).status, 404, name);
  t.is((await browser.post(`${at}/copy`, { file: "perch/none.njk" })).status, 404);
  t.is((await browser.post(`${at}/revert`, { file: "perch/layout.njk" })).status, 404);
  t.is((await browser.post(at, { file: "perch/layout.njk", source: "x", number: "0", intent: "save" })).status, 404);

  const hostile = `</textarea><script>alert(1)</script>{{ "".constructor.constructor("return process")() }}`;
  const kept = await send(await open(), hostile, "draft");
  t.is(kept.status, 303);
  const page = await open();
  t.regex(page.text, /&lt;\/textarea&gt;&lt;script&gt;/);
  t.notRegex(page.text, /<script>alert/);
  t.is((await send(page, "x".repeat(65 * 1024), "save")).status, 422);
  t.is((await read("/")).status, 200);
});
