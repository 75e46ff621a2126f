import type { ExecutionContext } from "ava";
import type { Page } from "playwright-core";
import { parseXml, type XmlNode } from "../../core/net/xml.ts";
import { shoot, visit } from "./browser.ts";
import { journey } from "./journey.ts";
import { get } from "./get.ts";
import { blogUrl, follow, picture, press, setUp } from "./person.ts";
import { startServer, type RunningServer } from "./server.ts";

const alt = "A river at dusk, a heron on the far bank";

journey("from the setup link to a photo on the blog and in the feeds, edited and deleted, with script", (t) => live(t, true));
journey("from the setup link to a photo on the blog and in the feeds, edited and deleted, without script", (t) => live(t, false));

async function live(t: ExecutionContext, javaScript: boolean): Promise<void> {
  const server = await startServer(t);
  const { page, problems } = await visit(t, { javaScript });
  await setUp(page, server);
  t.regex(await page.getByRole("status").first().innerText(), /Everything is ready/);

  await compose(page, javaScript);
  t.regex(await page.getByRole("status").innerText(), /Published/);
  await shoot(page, `published-${javaScript ? "script" : "plain"}`);
  await follow(page, "See it on the blog");
  t.true(await page.getByText("The heron is back.").isVisible());
  const photo = page.getByRole("img", { name: alt });
  t.is(await photo.getAttribute("alt"), alt);
  const source = await photo.evaluate((image: HTMLImageElement) => image.currentSrc || image.src);
  const served = await page.request.get(source.replace("kim.localhost", "127.0.0.1"), {
    headers: { host: new URL(source).host },
  });
  t.is(served.status(), 200);
  t.regex(served.headers()["content-type"] ?? "", /^image\//);
  await isInFeeds(t, server, "The heron is back.");

  await page.goto(server.url);
  await follow(page, /The heron is back/);
  await follow(page, "Edit");
  t.is(await page.getByLabel("Description of photo 1").inputValue(), alt);
  await page.getByLabel("Text", { exact: true }).fill("The heron is back, and it brought a friend.");
  await press(page, "Update");
  await page.goto(blogUrl(server));
  t.true(await page.getByText("and it brought a friend").isVisible());
  t.is(await page.getByRole("img", { name: alt }).count(), 1);
  await isInFeeds(t, server, "and it brought a friend");

  await page.goto(server.url);
  await follow(page, /brought a friend/);
  await press(page, "Delete");
  t.regex(await page.getByRole("status").innerText(), /trash/);
  await page.goto(blogUrl(server));
  t.is(await page.getByText("brought a friend").count(), 0);
  for (const feed of ["/feed.xml", "/atom.xml", "/feed.json"]) {
    const { status, text } = await get(server, feed);
    t.is(status, 200, feed);
    t.notRegex(text, /heron/, feed);
  }
  t.deepEqual(problems, []);
}

async function compose(page: Page, javaScript: boolean): Promise<void> {
  await page.getByLabel("Text", { exact: true }).fill("The heron is back.");
  const file = { name: "river.jpg", mimeType: "image/jpeg", buffer: await picture() };
  await page.getByLabel("Add photos").setInputFiles(file);
  await page.getByLabel("Description", { exact: true }).fill(alt);
  if (!javaScript) return press(page, "Publish");
  // The keys of the composer: Ctrl+Enter publishes from the text.
  await page.getByLabel("Text", { exact: true }).focus();
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Control+Enter")]);
}

async function isInFeeds(t: ExecutionContext, server: RunningServer, words: string): Promise<void> {
  const rss = itemIn(parseXml((await get(server, "/feed.xml")).text), "item");
  const atom = itemIn(parseXml((await get(server, "/atom.xml")).text), "entry");
  for (const [name, item] of Object.entries({ rss, atom })) {
    const all = textOf(item);
    t.true(all.includes(words), `${name} has the words`);
    t.true(all.includes(alt), `${name} has the description of the photo`);
  }
  const json = JSON.parse((await get(server, "/feed.json")).text) as { items: { content_html: string; image?: string }[] };
  t.is(json.items.length, 1);
  t.true(json.items[0]?.content_html.includes(words));
  t.true(json.items[0]?.content_html.includes(alt), "the JSON feed has the description of the photo");
  t.regex(json.items[0]?.image ?? "", /^http/);
  const image = await get(server, new URL(json.items[0]!.image!).pathname);
  t.is(image.status, 200, "the image of the feed is served");
}

function itemIn(node: XmlNode, name: string): XmlNode {
  const found = find(node, name);
  if (!found) throw new Error(`The feed has no ${name}`);
  return found;
}

function find(node: XmlNode, name: string): XmlNode | undefined {
  if (node.name === name) return node;
  for (const child of node.children) {
    const found = find(child, name);
    if (found) return found;
  }
  return undefined;
}

function textOf(node: XmlNode): string {
  return node.text + Object.values(node.attributes).join(" ") + node.children.map(textOf).join(" ");
}
