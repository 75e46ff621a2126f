import type { ExecutionContext } from "ava";
import { shoot, visit, type Visitor } from "./browser.ts";
import { journey } from "./journey.ts";
import { blogUrl, follow, setUp } from "./person.ts";
import { faultsOf } from "./look.ts";
import { everyKind, write } from "./sample.ts";
import { startServer } from "./server.ts";

async function isSound(t: ExecutionContext, { page, problems }: Visitor, name: string): Promise<void> {
  const faults = await faultsOf(page, (kind) => shoot(page, `${name}-${kind}`));
  t.deepEqual(faults, [], name);
  t.deepEqual(problems, [], name);
}

journey("the looking itself sees a picture without words, a sentence too pale, and a page too wide", async (t) => {
  const { page } = await visit(t);
  await page.setContent(
    "<title>x</title><img src=data:,><p style='color:#ccc;background:#fff'>pale<pre style='width:900px'>wide</pre>",
  );
  const faults = (await faultsOf(page, async () => undefined)).join("\n");
  for (const fault of [/image-alt/, /color-contrast/, /html-has-lang/, /^320: 9/m]) t.regex(faults, fault);
});

journey("the wizard can be used by everybody, in light and dark, on phones and desks", async (t) => {
  const server = await startServer(t);
  const visitor = await visit(t);
  const { page } = visitor;
  await page.goto(`${server.url}/setup`);
  await isSound(t, visitor, "setup-locked");
  await setUp(page, server, async (step) => isSound(t, visitor, step));
});

journey("the blog's pages in Perch can be read by everybody, in light and dark, on phones and desks", async (t) => {
  const server = await startServer(t);
  const visitor = await visit(t);
  const { page, problems } = visitor;
  await setUp(page, server);
  for (const typed of everyKind) await write(page, server, typed);
  await write(page, server, { title: "About", text: "Kim lives by the river.", isPage: true });
  await page.goto(blogUrl(server));
  await isSound(t, visitor, "blog-home");
  await follow(page, "A week of water levels");
  await isSound(t, visitor, "blog-article");
  await follow(page, "River");
  await isSound(t, visitor, "blog-category");
  await page.goto(blogUrl(server, "/archive/"));
  await isSound(t, visitor, "blog-archive");
  await page.goto(blogUrl(server));
  await follow(page, "About", "body");
  await isSound(t, visitor, "blog-page");
  const answer = await page.goto(blogUrl(server, "/nothing-here/"));
  t.is(answer?.status(), 404);
  // A browser says itself that a page was not found.
  problems.splice(0, problems.length, ...problems.filter((line) => !line.includes("404")));
  await isSound(t, visitor, "blog-404");
});
