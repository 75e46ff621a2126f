import assert from "node:assert/strict";
import sharp from "sharp";
import { ask, contentOf, type MicropubClient } from "./client.ts";

/** A check against a server; it throws when the server is wrong. */
export type Case = readonly [name: string, run: (client: MicropubClient) => Promise<void>];

const picture = async (format: "jpeg" | "png" | "gif", background = "teal") => {
  const plain = sharp({ create: { width: 40, height: 30, channels: 3, background } });
  return new Uint8Array(await plain.toFormat(format).toBuffer());
};
const photos = ["https://lee.example/sunset.jpg", "https://lee.example/dawn.jpg"];
const checkin = {
  type: ["h-card"],
  properties: {
    name: ["Los Gorditos"],
    url: ["https://cafe.example/"],
    latitude: [45.52],
    longitude: [-122.68],
    locality: ["Portland"],
  },
};

/** Posts made by form, JSON and multipart: cases 100 to 301 of the public suite. */
export const createCases: readonly Case[] = [
  [
    "100: a post is made by a form",
    async (client) => {
      const url = await client.make(client.form({ h: "entry", content: "Micropub test of creating a basic h-entry" }));
      assert.match(contentOf(await client.entry(url)).value, /creating a basic h-entry/);
    },
  ],
  [
    "101: a form with several categories",
    async (client) => {
      const url = await client.make(client.form({ h: "entry", content: "Several", "category[]": ["test1", "test2"] }));
      assert.deepEqual([...((await client.entry(url)).properties.category ?? [])].sort(), ["test1", "test2"]);
    },
  ],
  [
    "104: a form with a photo by its address",
    async (client) => {
      const url = await client.make(client.form({ h: "entry", content: "A photo", photo: photos[0]! }));
      assert.deepEqual((await client.entry(url)).properties.photo?.map(addressOf), [photos[0]]);
    },
  ],
  [
    "107: a form with one category, without brackets",
    async (client) => {
      const url = await client.make(client.form({ h: "entry", content: "One", category: "test1" }));
      assert.deepEqual((await client.entry(url)).properties.category, ["test1"]);
    },
  ],
  [
    "200: a post is made by JSON",
    async (client) => {
      const url = await client.make(client.json({ type: ["h-entry"], properties: { content: ["By JSON"] } }));
      assert.match(contentOf(await client.entry(url)).value, /By JSON/);
    },
  ],
  [
    "201: JSON with several categories",
    async (client) => {
      const url = await client.make(
        client.json({ type: ["h-entry"], properties: { content: ["x"], category: ["test1", "test2"] } }),
      );
      assert.deepEqual([...((await client.entry(url)).properties.category ?? [])].sort(), ["test1", "test2"]);
    },
  ],
  [
    "202: HTML is shown as HTML, without what could run",
    async (client) => {
      const html = "<p>This has <b>bold</b> and <i>italic</i> text.</p><script>alert(1)</script>";
      const url = await client.make(client.json({ type: ["h-entry"], properties: { content: [{ html }] } }));
      const content = contentOf(await client.entry(url)).html;
      assert.match(content, /<b>bold<\/b>/);
      assert.doesNotMatch(content, /script/);
    },
  ],
  [
    "203: JSON with a photo by its address",
    async (client) => {
      const url = await client.make(client.json({ type: ["h-entry"], properties: { content: ["x"], photo: [photos[0]] } }));
      assert.deepEqual((await client.entry(url)).properties.photo?.map(addressOf), [photos[0]]);
    },
  ],
  [
    "204: a nested object stays one, on the page and when it is read back",
    async (client) => {
      const url = await client.make(client.json({ type: ["h-entry"], properties: { content: ["Lunch"], checkin: [checkin] } }));
      assert.deepEqual((await client.source(url)).properties.checkin, [checkin]);
      const shown = (await client.entry(url)).properties.checkin?.[0] as {
        type: string[];
        properties: Record<string, unknown[]>;
      };
      assert.deepEqual(shown.type, ["h-card"]);
      assert.deepEqual(
        [shown.properties.name, shown.properties.url, shown.properties.latitude],
        [["Los Gorditos"], ["https://cafe.example/"], ["45.52"]],
      );
    },
  ],
  [
    "205: a photo keeps its description",
    async (client) => {
      const photo = { value: photos[0], alt: "Photo of a sunset" };
      const url = await client.make(client.json({ type: ["h-entry"], properties: { content: ["x"], photo: [photo] } }));
      assert.deepEqual((await client.entry(url)).properties.photo, [photo]);
      assert.deepEqual((await client.source(url)).properties.photo, [photo]);
    },
  ],
  [
    "206: several photos by their addresses, in order",
    async (client) => {
      const url = await client.make(client.json({ type: ["h-entry"], properties: { content: ["x"], photo: photos } }));
      assert.deepEqual((await client.entry(url)).properties.photo?.map(addressOf), photos);
    },
  ],
  [
    "300: a photo as a file",
    async (client) => {
      const url = await client.make(client.post({ body: await withFiles({ photo: [await picture("jpeg")] }) }));
      const [photo] = (await client.source(url)).properties.photo ?? [];
      assert.ok(photo, "the photo is there");
      assert.match((await ask(addressOf(photo))).headers.get("content-type") ?? "", /^image\/jpeg/);
      assert.equal((await client.entry(url)).properties.photo?.length, 1);
    },
  ],
  [
    "301: several photos as files",
    async (client) => {
      const files = [await picture("jpeg"), await picture("jpeg", "maroon")];
      const url = await client.make(client.post({ body: await withFiles({ "photo[]": files }) }));
      const addresses = (await client.source(url)).properties.photo?.map(addressOf);
      assert.equal(new Set(addresses).size, 2);
      assert.equal((await client.entry(url)).properties.photo?.length, 2);
    },
  ],
  ...(["jpeg", "png", "gif"] as const).map((format, at): Case => [
    `70${at}: the media endpoint keeps a ${format}`,
    async (client) => {
      const endpoint = await client.mediaEndpoint();
      const bytes = await picture(format);
      const upload = () => {
        const body = new FormData();
        body.append("file", new Blob([bytes], { type: "application/x-anything" }), `../../photo.${format}.html`);
        return client.make(client.post({ url: endpoint, body }));
      };
      const [one, two] = [await upload(), await upload()];
      assert.notEqual(one, two, "the same name twice is two files");
      const file = await ask(one);
      assert.equal(file.status, 200);
      assert.match(file.headers.get("content-type") ?? "", new RegExp(`^image/${format}`));
      assert.equal(file.headers.get("x-content-type-options"), "nosniff");
      const url = await client.make(client.json({ type: ["h-entry"], properties: { content: ["x"], photo: [one] } }));
      assert.deepEqual((await client.source(url)).properties.photo?.map(addressOf), [one]);
    },
  ]),
];

const addressOf = (photo: unknown): string => (typeof photo === "string" ? photo : (photo as { value: string }).value);

async function withFiles(files: Record<string, readonly Uint8Array<ArrayBuffer>[]>): Promise<FormData> {
  const body = new FormData();
  body.append("h", "entry");
  body.append("content", "Nice sunset tonight");
  for (const [name, list] of Object.entries(files))
    for (const bytes of list) body.append(name, new Blob([bytes], { type: "image/jpeg" }), "sunset.jpg");
  return body;
}
