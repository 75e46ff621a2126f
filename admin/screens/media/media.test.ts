import test, { type ExecutionContext } from "ava";
import sharp from "sharp";
import { listBlogs } from "../../../core/blogs/blogs.ts";
import { grant } from "../../../core/blogs/memberships.ts";
import { findFiles, libraryFile } from "../../../core/media/find-files.ts";
import { storeMedia } from "../../../core/media/library.ts";
import { createAccount } from "../../../core/people/accounts.ts";
import { hashPassword } from "../../../core/people/passwords.ts";
import type { BlogRole } from "../../../core/people/permissions.ts";
import { publish } from "../../../core/posts/publish.ts";
import { postById } from "../../../core/posts/read.ts";
import { openDashboard, PlainBrowser, setUp } from "../../testing.ts";

const at = "/b/kim.localhost/media";

async function opened(t: ExecutionContext) {
  const dashboard = await openDashboard(t);
  await setUp(dashboard);
  const { house } = dashboard;
  const [blog] = await listBlogs(house.storage, house.site, { limit: 1 });
  const kim = { id: blog!.ownerId, role: "member" as const };
  const scope = house.scopeOf(kim as Parameters<typeof house.scopeOf>[0], blog!, "test");
  const store = async (name: string, alt = "") => {
    const bytes = await sharp({ create: { width: 900, height: 600, channels: 3, background: "teal" } })
      .jpeg()
      .toBuffer();
    return (await libraryFile(scope, (await storeMedia(scope, house.media, { bytes, name, alt })).id))!;
  };
  const post = async (content: string, photos: readonly { url: string; alt: string }[] = []) => {
    const outcome = await publish(scope, { content, photos });
    if (!outcome.ok) throw new Error(outcome.refusal.refuse);
    return outcome.post;
  };
  return { ...dashboard, scope, store, post, blog: blog! };
}

/** Signs a new person in who has a role on kim's blog. */
async function person({ house, blog, url }: Awaited<ReturnType<typeof opened>>, username: string, role: BlogRole) {
  const passwordHash = await hashPassword("four swans on the lake");
  await house.storage.write(async (db) => {
    const { id } = await createAccount(db, { username, passwordHash, role: "member" }, house.clock.now());
    await grant(db, { blogId: blog.id, accountId: id, role }, house.clock.now());
  });
  const browser = new PlainBrowser(url);
  await browser.get("/signin");
  await browser.post("/signin", { name: username, password: "four swans on the lake" });
  await browser.get("/");
  return browser;
}

test("the library shows what is there as grid or list, filtered by what is missing, unused, named; empty it says how to begin", async (t) => {
  const { browser, store, post } = await opened(t);
  t.regex((await browser.get(at)).text, /Upload or drop files here/);
  const bird = await store("bird <1>.jpg");
  await store("reed.jpg", "Reeds");
  await post("Seen", [{ url: bird.url, alt: "" }]);

  const grid = (await browser.get(at)).text;
  t.regex(grid, /bird &lt;1&gt;\.jpg/);
  t.regex(grid, /2 files, together/);
  t.is([...grid.matchAll(/type="checkbox" name="id"/g)].length, 2);
  t.regex((await browser.get(`${at}?view=list`)).text, /900 × 600/);
  const shown = async (query: string) => {
    const { text } = await browser.get(`${at}?${query}`);
    return ["bird", "reed"].filter((name) => text.includes(`Choose ${name}`));
  };
  t.deepEqual(await shown("missing=alt"), ["bird"]);
  t.deepEqual(await shown("unused=1"), ["reed"]);
  t.deepEqual(await shown("q=REED"), ["reed"]);
  t.deepEqual(await shown("kind=audio"), []);
  t.deepEqual(await shown("month=nonsense&after=nonsense"), []);
  t.deepEqual(await shown("all=1"), ["bird", "reed"]);
});

test("a description is kept, with the tick also in the posts that show the picture; too long a one comes back as typed", async (t) => {
  const { browser, house, scope, store, post } = await opened(t);
  const file = await store("bird.jpg");
  const inPhotos = await post("Seen", [{ url: file.url, alt: "Old" }]);
  const inText = await post(`![Old](${file.url}) and ![Other](https://ana.example/x.jpg)`);
  const path = `${at}/${file.id}`;
  t.regex((await browser.get(path)).text, /Change it in the 2 posts/);

  t.is((await browser.post(path, { alt: "A heron", caption: "At dawn" })).status, 303);
  t.is((await postById(scope, inPhotos.id))!.photos[0]!.alt, "Old");
  t.is((await browser.post(path, { alt: "A [grey] heron", caption: "At dawn", "in-posts": "on" })).status, 303);

  t.like(await libraryFile(scope, file.id), { alt: "A [grey] heron", caption: "At dawn" });
  t.is((await postById(scope, inPhotos.id))!.photos[0]!.alt, "A [grey] heron");
  const changed = (await postById(scope, inText.id))!;
  t.is(changed.source, `![A \\[grey\\] heron](${file.url}) and ![Other](https://ana.example/x.jpg)`);
  t.regex(changed.html, /alt="A \[grey\] heron"/);
  t.regex((await browser.get(path)).text, /Saved, also in 2 posts/);
  t.is((await house.storage.query("SELECT id FROM audit_log WHERE action = 'media.described'")).length, 2);

  const long = await browser.post(path, { alt: "é".repeat(5001), caption: "Kept" });
  t.is(long.status, 422);
  t.true(long.text.includes("é".repeat(5001)) && long.text.includes('value="Kept"'));
  t.regex(long.text, /<title>Error/);
});

test("a replaced file keeps its address and its place in posts; another kind of file is refused on the page", async (t) => {
  const { browser, scope, store } = await opened(t);
  const file = await store("bird.jpg");
  const send = (bytes: Uint8Array) => {
    const form = new FormData();
    form.append("replacement", new Blob([bytes as Uint8Array<ArrayBuffer>]), "new.png");
    return browser.post(`${at}/${file.id}/replace`, form);
  };
  await browser.get(`${at}/${file.id}`);
  const png = await sharp({ create: { width: 50, height: 40, channels: 3, background: "red" } })
    .png()
    .toBuffer();

  t.is((await send(png)).status, 303);

  t.like(await libraryFile(scope, file.id), { url: file.url, revision: 2, width: 50, type: "image/png" });
  const refused = await send(Buffer.from("<script>1</script>"));
  t.is(refused.status, 415);
  t.regex(refused.text, /id="replacement-error"/);
});

test("a file that posts show is deleted only with the tick; its posts are named", async (t) => {
  const { browser, house, scope, store, post } = await opened(t);
  const [used, unused] = [await store("bird.jpg"), await store("reed.jpg")];
  await post("A heron at dawn", [{ url: used.url, alt: "" }]);
  const path = `${at}/${used.id}/delete`;
  t.regex((await browser.get(path)).text, /Delete bird\.jpg\?[^]*A heron at dawn/);

  const blocked = await browser.post(path, {});
  t.is(blocked.status, 409);
  t.regex(blocked.text, /still shown in posts/);
  t.truthy(await libraryFile(scope, used.id));

  t.regex((await browser.post(`${at}/bulk`, { action: "delete", id: [used.id, unused.id] })).text, /Delete 2 files\?/);
  const both = { action: "delete", confirmed: "yes", id: [used.id, unused.id] };
  t.is((await browser.post(`${at}/bulk`, both)).status, 409);
  t.is((await browser.post(`${at}/bulk`, { ...both, force: "yes" })).status, 303);
  t.deepEqual(await findFiles(scope), []);
  t.deepEqual(await Array.fromAsync(house.media.list()), []);
  t.is((await browser.get(path)).status, 404);
});

test("pictures are described one after another, the chosen ones or all that lack it", async (t) => {
  const { browser, scope, store } = await opened(t);
  const [first, second, described] = [await store("a.jpg"), await store("b.jpg"), await store("c.jpg", "Seen")];
  const shown = (text: string) => /name="id" value="([^"]+)"/.exec(text)?.[1];
  const page = await browser.get(`${at}/describe`);
  t.is(shown(page.text), second.id);

  t.is((await browser.post(`${at}/describe`, { id: second.id, ids: "", alt: "" })).status, 422);
  const next = await browser.post(`${at}/describe`, { id: second.id, ids: "", alt: "A reed" });
  t.is(shown((await browser.get(next.location!)).text), first.id);
  const last = await browser.post(`${at}/describe`, { id: first.id, ids: "", alt: "", decorative: "on" });
  t.regex((await browser.get(last.location!)).text, /Every picture here has its description/);
  t.like(await libraryFile(scope, first.id), { alt: "", isDecorative: true });

  const chosen = await browser.post(`${at}/bulk`, { action: "describe", id: [described.id, first.id] });
  t.is(shown((await browser.get(chosen.location!)).text), described.id);
});

test("chosen files come as one archive; without a choice nothing happens", async (t) => {
  const { browser, store } = await opened(t);
  const files = [await store("bird.jpg"), await store("bird.jpg")];
  await browser.get(at);

  const archive = await browser.post(`${at}/bulk`, { action: "download", id: files.map(({ id }) => id) });

  t.is(archive.status, 200);
  t.true(archive.text.startsWith("PK") && archive.text.includes("bird.jpg") && archive.text.includes("bird 2.jpg"));
  t.is((await browser.post(`${at}/bulk`, { action: "download" })).status, 303);
  t.is((await browser.post(`${at}/bulk`, { action: "paint", id: files[0]!.id })).status, 422);
});

test("authors see every file and change their own; editors all; others have no library", async (t) => {
  const parts = await opened(t);
  const file = await parts.store("bird.jpg");
  const path = `${at}/${file.id}`;
  const author = await person(parts, "lee", "author");
  t.is((await author.get(path)).status, 200);
  for (const [method, where] of [
    ["POST", path],
    ["POST", `${path}/replace`],
    ["GET", `${path}/delete`],
    ["POST", `${path}/delete`],
  ] as const)
    t.is((await (method === "GET" ? author.get(where) : author.post(where, { alt: "Mine", force: "yes" }))).status, 403, where);
  t.is((await author.post(`${at}/bulk`, { action: "delete", confirmed: "yes", id: file.id })).status, 403);
  t.is((await author.post(`${at}/describe`, { id: file.id, alt: "Mine" })).status, 404);
  t.like(await libraryFile(parts.scope, file.id), { alt: "" });

  const editor = await person(parts, "ana", "editor");
  t.is((await editor.post(path, { alt: "A heron" })).status, 303);
  for (const role of ["contributor", "reader"] as const) {
    const browser = await person(parts, `an-${role}`, role);
    t.is((await browser.get(at)).status, 404);
    t.is((await browser.get(path)).status, 404);
  }
});
