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

journey("every screen of the dashboard can be used by everybody, in light and dark, on phones and desks", async (t) => {
  const server = await startServer(t);
  const visitor = await visit(t);
  const { page } = visitor;
  await page.goto(`${server.url}/setup`);
  await isSound(t, visitor, "setup-locked");
  await setUp(page, server, async (step) => isSound(t, visitor, step));
  for (const typed of everyKind.slice(-2)) await write(page, server, typed);
  const detail = page.url();
  await write(page, server, { title: "About", text: "Kim lives by the river.", isPage: true });
  const blog = "/b/kim.localhost";
  const screens = {
    home: "/",
    compose: "/compose",
    more: "/more",
    posts: `${blog}/posts`,
    drafts: `${blog}/posts?tab=drafts`,
    pages: `${blog}/pages`,
    post: new URL(detail).pathname,
    edit: `${new URL(detail).pathname}/edit`,
    design: `${blog}/design`,
    settings: `${blog}/settings`,
    import: `${blog}/import`,
    account: "/account",
    health: "/admin",
    plugins: "/admin/plugins",
    plugin: "/admin/plugins/feeds",
    jobs: "/admin/jobs",
    dead: "/admin/jobs?state=dead",
  };
  for (const [name, path] of Object.entries(screens)) {
    const answer = await page.goto(server.url + path);
    t.is(answer?.status(), 200, path);
    await isSound(t, visitor, name);
  }
  const stranger = await visit(t);
  await stranger.page.goto(`${server.url}/signin`);
  await isSound(t, stranger, "signin");
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
