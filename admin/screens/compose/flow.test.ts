import { get } from "node:http";
import test from "ava";
import { blogByHost, changeBlog } from "../../../core/blogs/blogs.ts";
import { personByUsername } from "../../../core/people/accounts.ts";
import { changeProfile } from "../../../core/people/profile.ts";
import { openDashboard, setUp } from "../../testing.ts";

const picture = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

async function opened(t: Parameters<typeof openDashboard>[0]) {
  const made = await openDashboard(t);
  await setUp(made);
  const { house, browser } = made;
  const blog = (await blogByHost(house.storage, "kim.localhost", house.site))!;
  const kim = (await personByUsername(house.storage, "kim"))!;
  const stored = async () =>
    (await house.storage.query("SELECT id, status, source, properties, published_at FROM posts ORDER BY id DESC LIMIT 1"))[0]!;
  const photos = async () =>
    (JSON.parse(String((await stored()).properties)) as { photo?: { url: string; alt: string; decorative?: boolean }[] }).photo ??
    [];
  const prefer = (preferences: Record<string, string>) =>
    house.storage.write((db) => changeProfile(db, kim.id, { preferences }, house.clock.now()));
  const upload = async () => {
    const form = new FormData();
    form.set("file", new File([picture], "dot.png", { type: "image/png" }));
    const answer = await browser.post("/b/kim.localhost/media", form, { accept: "application/json" });
    return JSON.parse(answer.text) as { id: string; url: string };
  };
  await browser.get("/compose");
  return { ...made, blog, stored, photos, prefer, upload };
}

test("photos keep their descriptions when they are moved, put into the text and taken out, without script", async (t) => {
  const { browser, upload, photos, stored } = await opened(t);
  const files = [await upload(), await upload(), await upload()];
  const fields = {
    content: "Birds",
    "photo[]": files.map(({ id }) => id),
    "mp-photo-alt[]": ["first", "second", "third"],
    "photo-decorative[]": files[2]!.id,
  };
  const order = (text: string) =>
    [...text.matchAll(/<textarea id="alt-\d" name="mp-photo-alt\[\]"[^>]*>\n(\w*)/g)].map((one) => one[1]);
  t.deepEqual(order((await browser.post("/compose", { ...fields, intent: "down:0" })).text), ["second", "first", "third"]);
  t.deepEqual(order((await browser.post("/compose", { ...fields, intent: "up:2" })).text), ["first", "third", "second"]);
  t.deepEqual(order((await browser.post("/compose", { ...fields, intent: "remove:1" })).text), ["first", "third"]);
  const inserted = await browser.post("/compose", { ...fields, intent: "insert:1" });
  t.true(inserted.text.includes(`Birds\n\n![second](${files[1]!.url})`));
  t.deepEqual(order(inserted.text), ["first", "third"]);

  await browser.post("/compose", { ...fields, intent: "publish" });
  t.deepEqual(
    (await photos()).map(({ alt, decorative }) => [alt, decorative]),
    [
      ["first", undefined],
      ["second", undefined],
      ["", true],
    ],
  );
  t.is((await stored()).status, "published");
});

test("a post takes as many photos as the blog's setting says, and says so", async (t) => {
  const { browser, blog, house } = await opened(t);
  await house.storage.write((db) => changeBlog(db, blog.id, { settings: { photosPerPost: 1 } }, house.clock.now()));
  const form = new FormData();
  form.set("content", "Two");
  form.append("photo[]", new File([picture], "a.png", { type: "image/png" }));
  form.append("photo[]", new File([picture], "b.png", { type: "image/png" }));
  const { status, text } = await browser.post("/compose", form);
  t.is(status, 422);
  t.regex(text, /A post takes 1 photos at most|1 photo at most/);
});

test("who wants to be reminded of descriptions is asked once before publishing; others read a note, or nothing", async (t) => {
  const { browser, upload, prefer, stored } = await opened(t);
  const { id } = await upload();
  const fields = { content: "Birds", "photo[]": id, "mp-photo-alt[]": "", intent: "publish" };
  t.regex((await browser.post("/compose", { ...fields, intent: "edit" })).text, /no-alt">No description yet/);
  await prefer({ altReminder: "off" });
  t.notRegex((await browser.post("/compose", { ...fields, intent: "edit" })).text, /No description yet/);
  await prefer({ altReminder: "confirm" });
  const asked = await browser.post("/compose", fields);
  t.is(asked.status, 422);
  t.regex(asked.text, /One photo has no description[^]*name="alt-confirmed"/);
  t.is((await browser.post("/compose", { ...fields, intent: "draft" })).status, 303, "a draft is nobody's business");
  await browser.get("/compose");
  t.is((await browser.post("/compose", { ...fields, draftKey: "x2", "photo-decorative[]": id })).status, 303);
  t.is((await browser.post("/compose", { ...fields, draftKey: "x3", "alt-confirmed": "on" })).status, 303);
  t.is((await stored()).status, "published");
});

test("a time is said in words, in the blog's zone and the writer's own, and a skipped hour moves forward", async (t) => {
  const { browser, blog, house } = await opened(t);
  await house.storage.write((db) => changeBlog(db, blog.id, { timeZone: "Europe/Berlin" }, house.clock.now()));
  const ask = async (published: string) =>
    JSON.parse((await browser.get(`/compose/when?blog=kim.localhost&published=${published}`)).text) as Record<string, string>;
  t.like(await ask("2999-03-14T09:00"), {
    words: "Thursday, 14 March 2999, 09:00 in Berlin – in 972 years",
    other: "That is 14 Mar 2999, 08:00 in UTC.",
    button: "Schedule for 09:00",
    note: "",
  });
  t.like(await ask("2027-03-28T02:30"), { note: "The clocks skip the time you chose, so it is 03:30." });
  t.like(await ask("2001-01-01T10:00"), { button: "Publish" });
  t.is(await ask("soon"), null as never);
});

test("now, later and a date of the past are told apart, and a choice that makes no sense is said", async (t) => {
  const { browser, stored } = await opened(t);
  const send = (fields: Record<string, string>) =>
    browser.post("/compose", { content: "Text", draftKey: JSON.stringify(fields), intent: "publish", ...fields });
  await send({ when: "schedule", published: "2999-01-01T09:00" });
  t.like(await stored(), { status: "scheduled", published_at: "2999-01-01T09:00:00.000Z" });
  await send({ when: "now", published: "2999-01-02T09:00" });
  t.is((await stored()).status, "scheduled", "without script a typed date counts");
  await send({ published: "2999-01-03T09:00", intent: "schedule" });
  t.is((await stored()).status, "scheduled");
  await send({ when: "date", published: "2001-01-01T09:00" });
  t.like(await stored(), { status: "published", published_at: "2001-01-01T09:00:00.000Z" });
  for (const [fields, sentence] of [
    [{ when: "schedule" }, /Say when/],
    [{ when: "schedule", published: "2001-01-01T09:00" }, /This time has passed/],
    [{ when: "date", published: "2999-01-01T09:00" }, /lies ahead/],
    [{ intent: "schedule" }, /Say when/],
  ] as const) {
    const { status, text } = await send(fields as Record<string, string>);
    t.is(status, 422);
    t.regex(text, sentence);
  }
});

test("a time of the blog's own is one button, without script too", async (t) => {
  const { browser, blog, house } = await opened(t);
  await house.storage.write((db) => changeBlog(db, blog.id, { settings: { scheduleSlots: ["09:00"] } }, house.clock.now()));
  const slot = /value="(at:[^"]+)"[^>]*>Next: /.exec((await browser.get("/compose")).text)?.[1];
  const { text } = await browser.post("/compose", { content: "Later", intent: slot! });
  t.true(text.includes(`value="${slot!.slice(3)}"`));
  t.regex(text, /Schedule for 09:00/);
});

test("after publishing, Undo takes the post back to the composer; a post with a time has no Undo", async (t) => {
  const { browser, stored } = await opened(t);
  const answer = await browser.post("/compose", { content: "Oops", intent: "publish" });
  const { text } = await browser.get(answer.location!);
  const [, path] = /action="([^"]+\/undo)"/.exec(text)!;
  const [, version] = /name="version" value="(\d+)"/.exec(text)!;
  t.regex(text, /Published\./);
  t.is((await browser.post(path!, { version: version! })).status, 303);
  t.is((await stored()).status, "draft");
  const later = await browser.post("/compose", { content: "x", draftKey: "2", when: "schedule", published: "2999-01-01T09:00" });
  t.notRegex((await browser.get(later.location!)).text, /\/undo"/);
});

test("an edit is quiet unless somebody wants readers to see it", async (t) => {
  const { browser, stored } = await opened(t);
  await browser.post("/compose", { content: "One", intent: "publish" });
  const at = `/b/kim.localhost/posts/${String((await stored()).id)}/edit`;
  await browser.get(at);
  await browser.post(at, { content: "Two", version: "1", intent: "update" });
  t.notRegex(String((await stored()).properties), /edited/);
  await browser.post(at, { content: "Three", version: "2", "show-edited": "on", intent: "update" });
  t.regex(String((await stored()).properties), /"edited":true/);
});

test("the preview is a page of the blog's own theme in a frame, and what cannot be shown is said", async (t) => {
  const { browser } = await opened(t);
  const json = { accept: "application/json" };
  const fields = {
    blog: "kim.localhost",
    name: "Herons",
    content: "**Strong**",
    category: "Birds",
    published: "2999-01-01T09:00",
  };
  const address = (JSON.parse((await browser.post("/compose/preview", fields, json)).text) as { url: string }).url;
  const page = await readAs(address);
  t.regex(page, /Herons[^]*<strong>Strong/);
  t.regex(page, /Birds/);
  t.notRegex(await readAs(new URL("/", address).href), /Herons/);
  t.is((await browser.post("/compose/preview", { ...fields, "in-reply-to": "no" }, json)).status, 422);
  t.regex((await browser.post("/compose/preview", fields)).text, /<iframe[^>]* src="http:\/\/kim\.localhost/);
});

// Node's own fetch decides about the Host header by itself.
function readAs(address: string): Promise<string> {
  const { host, port, pathname, search } = new URL(address);
  return new Promise((resolve, reject) => {
    get({ host: "localhost", port, path: pathname + search, headers: { host } }, (answer) => {
      let text = "";
      answer.on("data", (piece: Buffer) => (text += piece.toString()));
      answer.on("end", () => resolve(text));
    }).on("error", reject);
  });
}
