import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import test from "ava";
import sharp from "sharp";
import { macRequests, mobileRequests, replay } from "./micropub/app-requests.ts";
import { conformServer } from "./server/conform-server.ts";

const isThere = ["micropub", "indieauth"].every((id) => existsSync(new URL(`../../plugins/${id}/plugin.ts`, import.meta.url)));
const check = isThere ? test.serial : test.serial.skip;
// Old packages of CommonJS, as they are.
const need = createRequire(import.meta.url);

let page = "";
let token = "";
const ends: (() => unknown)[] = [];
if (isThere)
  test.before("a server is set up as its operator would", async () => {
    const made = await conformServer({ teardown: (work) => void ends.unshift(work) }, ["create update delete media"]);
    [page, token] = [made.page, made.tokens[0]!];
  });
else test("apps write by Micropub (skipped: plugins/micropub or plugins/indieauth is not there)", (t) => t.pass());
test.after.always("the server is stopped", async () => {
  for (const end of ends) await end();
});

const jpeg = () =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: "olive" } })
    .jpeg()
    .toBuffer();

check("micropub-helper, unmodified: discovery, create in three encodings, query, update, delete, undelete, media", async (t) => {
  const Micropub = need("micropub-helper");
  const client = new Micropub({ token, clientId: "https://app.example/", redirectUri: "https://app.example/back" });
  const found = await client.getEndpointsFromUrl(page);
  t.is(found.micropub, `${page}micropub`);
  t.true(await client.verifyToken());
  const config = await client.query("config");
  client.options.mediaEndpoint = config["media-endpoint"];

  const entry = { type: ["h-entry"], properties: { content: ["By the helper"], category: ["one", "two"] } };
  const url = await client.create(entry, "json");
  await client.create({ h: "entry", content: "By form", category: ["one", "two"] }, "form");
  t.deepEqual((await client.querySource(url, ["content", "category"])).properties, entry.properties);
  await client.update(url, { replace: { content: ["Changed"] } });
  t.deepEqual((await client.querySource(url)).properties.content, ["Changed"]);
  await client.delete(url);
  t.is((await fetch(url)).status, 410);
  await client.undelete(url);
  t.is((await fetch(url)).status, 200);
  t.true(Array.isArray((await client.querySource({ limit: 1 })).items));
  const error = await t.throwsAsync(async () => {
    try {
      await client.update("https://nowhere.example/", { replace: { content: ["x"] } });
    } catch (failure) {
      throw new Error(String((failure as { status: number }).status), { cause: failure });
    }
  });
  t.is(error!.message, "400");
});

check("micropub-client, unmodified: configuration and update", async (t) => {
  const { Micropub } = need("micropub-client");
  const client = new Micropub({ url: `${page}micropub`, token });
  const config = await client.getConfig();
  t.is(config["media-endpoint"], `${page}micropub/media`);
  t.true(config["post-types"].some(({ type }: { type: string }) => type === "note"));
  const made = await replay(page, mobileRequests(token, page).create);
  t.deepEqual(await client.update({ url: made.location, add: { category: ["Later"] } }), {});
  t.is((await client.update({ url: made.location, replace: "no" })).error, "invalid_request");
});

check("the mobile app: its requests, byte for byte, get what it reads", async (t) => {
  const app = mobileRequests(token, page);
  const { json: config } = await replay(page, app.config);
  t.is(config.destination.filter((one: Record<string, unknown>) => one["microblog-default"]).length, 1);
  t.is(config.destination[0].uid, page);
  const post = await replay(page, app.create);
  t.deepEqual([post.status, post.json.url, typeof post.json.preview], [201, post.location, "string"]);
  const { properties } = (await replay(page, app.source(post.location))).json;
  t.like(properties, { content: ["Hello from the phone 🐦"], category: ["Photos", "Walks"] });
  t.true(
    (await replay(page, app.categories)).json["microblog-categories"].every((one: { uid: number }) => Number.isInteger(one.uid)),
  );

  const edited = await replay(page, app.edit(post.location));
  t.deepEqual([edited.status, edited.json], [200, {}]);
  t.like((await replay(page, app.source(post.location))).json.properties, {
    content: ["Edited on the phone"],
    "post-status": ["published"],
  });

  const draft = await replay(page, app.createWithoutDestination);
  const { items } = (await replay(page, app.drafts)).json;
  t.is(items[0].properties.url[0], draft.location);
  t.true(items[0].properties.uid[0] > 0);
  const out = await replay(page, app.publish(draft.location));
  t.is((await fetch(out.location)).status, 200);

  const upload = await replay(page, app.upload((await jpeg()).toString("latin1")));
  t.deepEqual([upload.status, upload.json.url], [201, upload.location]);
  t.like((await replay(page, app.uploads)).json.items[0], { url: upload.location, width: 60, height: 40, "microblog-ai": false });
  const photo = await replay(page, app.photo(upload.location));
  const html = await (await fetch(photo.location)).text();
  t.is(html.split('class="u-photo"').length - 1, 1, "a photo is shown once");
  t.is(new URL((await replay(page, app.page)).location).pathname, "/colophon");
  t.deepEqual((await replay(page, app.remove(post.location))).json, {});
  t.is((await fetch(post.location)).status, 410);
});

check(
  "the Mac app: what it stored it finds again at the beginning, photos stay and are shown once, parts become a file",
  async (t) => {
    const app = macRequests(token, page);
    const bytes = await jpeg();
    const half = Math.floor(bytes.byteLength / 2);
    await replay(page, app.append(bytes.subarray(0, half).toString("base64")));
    await replay(page, app.append(bytes.subarray(half).toString("base64")));
    await replay(page, app.finished);
    const { is_processing, url } = (await replay(page, app.waiting)).json;
    t.false(is_processing);
    t.deepEqual((await replay(page, app.setAlt(url))).json, {});

    const post = await replay(page, app.create(url));
    const read = async () =>
      (await replay(page, app.list)).json.items.find(
        (one: { properties: { url: string[] } }) => one.properties.url[0] === post.location,
      ).properties;
    const before = await read();
    t.is(before.content[0], "From the desk\n\nTwo lines");
    t.is((await replay(page, app.save(post.location, `${before.content[0]}\n\nA third`))).status, 200);
    const after = await read();
    t.true(after.content[0].startsWith(before.content[0]));
    t.deepEqual(after.photo, [{ value: url, alt: "A desk" }]);
    const html = await (await fetch(post.location)).text();
    t.is(html.split('class="u-photo"').length - 1, 1);
    t.like((await replay(page, app.addCategory)).json, { name: "Travel", path: "/categories/travel" });
    t.deepEqual((await replay(page, app.deleteUpload(url))).json, {});
  },
);
