import { existsSync } from "node:fs";
import test from "ava";
import { databases, testDatabase } from "../../core/storage/testing.ts";
import { createTestHost } from "../../core/testing/test-host.ts";

const root = new URL("../../plugins/", import.meta.url);
const ids = ["feeds", "photos", "micropub"];
const isThere = ids.every((id) => existsSync(new URL(`${id}/plugin.ts`, root)));
if (!isThere) test("collections by Micropub (skipped: one of plugins/photos and plugins/micropub is not there)", (t) => t.pass());

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

for (const dialect of isThere ? databases : [])
  test(`${dialect}: photo collections are made, filled, named, emptied and removed by an app; strange words are refused`, async (t) => {
    const load = async (id: string) => {
      const folder = new URL(id, root).pathname;
      return { plugin: (await import(`${folder}/plugin.ts`)).default, folder };
    };
    const databaseUrl = await testDatabase(t, dialect);
    const host = await createTestHost(t, {
      plugins: await Promise.all(ids.map(load)),
      ...(dialect === "mysql" && { databaseUrl }),
    });
    const headers = { authorization: `Token ${await host.token({ scopes: ["create", "update", "delete", "media"] })}` };
    const send = (json: object) => host.request({ path: "/micropub", json: { "mp-channel": "collections", ...json }, headers });
    const list = async () => {
      const answer = await host.request({ path: "/micropub?q=source&mp-channel=collections", headers });
      return (answer.json() as { items: { properties: Record<string, unknown> }[] }).items.map(({ properties }) => properties);
    };
    const file = await host.request({ path: "/micropub/media", multipart: { file: { name: "a.png", bytes: png } }, headers });
    const photo = file.headers.location!;

    const made = await send({ properties: { name: ["Trips"] } });
    t.is(made.status, 201);
    const { url } = made.json() as { url: string };
    t.deepEqual((await send({ action: "update", url, add: { photo: [photo] } })).json(), {});
    t.like((await list())[0], { name: ["Trips"], photo: [photo], "microblog-uploads-count": 1 });
    t.true(Number.isInteger(((await list())[0]!.uid as unknown[])[0]));
    await send({ action: "update", url, replace: { name: ["Journeys"] }, delete: { photo: [photo] } });
    t.like((await list())[0], { name: ["Journeys"], photo: [], "microblog-uploads-count": 0 });
    t.is((await send({ action: "delete", url })).status, 200);
    t.deepEqual(await list(), []);
    t.is((await send({ action: "delete", url })).status, 400);

    const strange = encodeURIComponent("\u202eé\u{1F426}\u0644");
    for (const path of [
      `?q=source&url=${strange}`,
      `?q=source&post-type=${strange}`,
      `?q=source&category=${strange}`,
      `?q=source&mp-destination=${strange}`,
      `/media?q=source&url=${host.blog.url}media/${strange}`,
      `/media/waiting?file_id=${strange}`,
    ])
      t.is((await host.request({ path: `/micropub${path}`, headers })).status, path.includes("category") ? 200 : 400, path);
    t.deepEqual(host.failures(), []);
  });
