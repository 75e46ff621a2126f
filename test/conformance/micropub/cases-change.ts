import assert from "node:assert/strict";
import type { Case } from "./cases-create.ts";
import { ask, assertRefused, contentOf, type MicropubClient, type Properties } from "./client.ts";

const note = (client: MicropubClient, properties: Properties = {}) =>
  client.make(client.json({ type: ["h-entry"], properties: { content: ["Before"], category: ["foo", "bar"], ...properties } }));

async function update(client: MicropubClient, url: string, change: object): Promise<string> {
  const answer = await client.json({ action: "update", url, ...change });
  assert.ok([200, 201, 204].includes(answer.status), `${answer.status} ${answer.text}`);
  return answer.headers.get("location") ?? url;
}

const gone = async (client: MicropubClient, url: string, send: Promise<{ status: number }>): Promise<void> => {
  assert.ok([200, 201, 204].includes((await send).status));
  const page = await ask(url);
  assert.equal(page.status, 410, "a deleted post is gone");
  assert.doesNotMatch(page.text, /Before/);
  assert.ok(
    !(await ask(client.page)).text.includes(`href="${new URL(url).pathname}"`) && !(await ask(client.page)).text.includes(url),
  );
};

const back = async (
  client: MicropubClient,
  url: string,
  before: Properties,
  send: Promise<{ status: number }>,
): Promise<void> => {
  assert.ok([200, 201, 204].includes((await send).status));
  assert.match(contentOf(await client.entry(url)).value, /Before/);
  assert.deepEqual((await client.source(url)).properties, before);
};

/** Posts changed, deleted and asked about: cases 400 to 603 and 800 to 805 of the public suite. */
export const changeCases: readonly Case[] = [
  [
    "400: replacing all values of a property",
    async (client) => {
      const url = await note(client);
      const there = await update(client, url, { replace: { content: ["After"] } });
      assert.match(contentOf(await client.entry(there)).value, /After/);
      const { content, category } = (await client.source(there)).properties;
      assert.deepEqual([content, category], [["After"], ["foo", "bar"]]);
    },
  ],
  [
    "401: adding a value to a property that is there",
    async (client) => {
      const url = await note(client);
      await update(client, url, { add: { category: ["baz"] } });
      assert.deepEqual([...(await client.source(url)).properties.category!].sort(), ["bar", "baz", "foo"]);
    },
  ],
  [
    "402: adding a value to a property that is not there",
    async (client) => {
      const url = await note(client, { category: [] });
      await update(client, url, { add: { category: ["baz"] } });
      assert.deepEqual((await client.source(url)).properties.category, ["baz"]);
    },
  ],
  [
    "403: removing a value",
    async (client) => {
      const url = await note(client);
      await update(client, url, { delete: { category: ["foo"] } });
      assert.deepEqual((await client.source(url)).properties.category, ["bar"]);
    },
  ],
  [
    "404: removing a property",
    async (client) => {
      const url = await note(client);
      await update(client, url, { delete: ["category"] });
      assert.ok(!("category" in (await client.source(url)).properties));
    },
  ],
  [
    "405: an update whose operation is no object is refused, and changes nothing",
    async (client) => {
      const url = await note(client);
      assertRefused(
        await client.json({ action: "update", url, replace: "This is not a valid update request." }),
        400,
        "invalid_request",
      );
      assert.deepEqual((await client.source(url)).properties.content, ["Before"]);
    },
  ],
  [
    "500: deleting by form",
    async (client) => {
      const url = await note(client, { content: ["Before 500"] });
      await gone(client, url, client.form({ action: "delete", url }));
    },
  ],
  [
    "501: deleting by JSON",
    async (client) => {
      const url = await note(client, { content: ["Before 501"] });
      await gone(client, url, client.json({ action: "delete", url }));
    },
  ],
  [
    "502: undeleting by form",
    async (client) => {
      const url = await note(client, { content: ["Before 502"] });
      const { properties } = await client.source(url);
      await gone(client, url, client.form({ action: "delete", url }));
      await back(client, url, properties, client.form({ action: "undelete", url }));
    },
  ],
  [
    "503: undeleting by JSON",
    async (client) => {
      const url = await note(client, { content: ["Before 503"] });
      const { properties } = await client.source(url);
      await gone(client, url, client.json({ action: "delete", url }));
      await back(client, url, properties, client.json({ action: "undelete", url }));
    },
  ],
  [
    "600: the configuration",
    async (client) => {
      const answer = await client.query("config");
      assert.equal(answer.status, 200);
      assert.match(answer.headers.get("content-type") ?? "", /^application\/json/);
      const config = answer.json() as { q: string[]; "syndicate-to": unknown[] };
      assert.ok(Array.isArray(config["syndicate-to"]));
      for (const q of config.q) assert.equal((await client.query(q)).status, 200, `q=${q} works`);
      assert.match(await client.mediaEndpoint(), /^http/);
    },
  ],
  [
    "601: places for copies",
    async (client) => {
      const list = ((await client.query("syndicate-to")).json() as { "syndicate-to": { uid: string; name: string }[] })[
        "syndicate-to"
      ];
      assert.ok(Array.isArray(list) && list.every(({ uid, name }) => uid && name));
    },
  ],
  [
    "602: the source of a post, whole",
    async (client) => {
      const url = await note(client);
      const source = await client.source(url);
      assert.deepEqual(source.type, ["h-entry"]);
      assert.deepEqual([source.properties.content, source.properties.category], [["Before"], ["foo", "bar"]]);
      for (const [name, values] of Object.entries(source.properties)) assert.ok(Array.isArray(values), name);
    },
  ],
  [
    "603: the source of a post, some properties",
    async (client) => {
      const url = await note(client);
      const answer = (await client.query("source", { url, "properties[]": ["content", "category"] })).json() as {
        properties: Properties;
      };
      assert.deepEqual(answer.properties, { content: ["Before"], category: ["foo", "bar"] });
      const one = (await client.query("source", { url, properties: "content" })).json() as { properties: Properties };
      assert.deepEqual(one.properties, { content: ["Before"] });
    },
  ],
  [
    "800: the key in the header",
    async (client) => {
      await client.entry(await client.make(client.form({ h: "entry", content: "By header" })));
      assertRefused(await client.form({ h: "entry", content: "x" }, { token: "0".repeat(20) }), 401, "invalid_token");
    },
  ],
  [
    "801: the key in the body",
    async (client) => {
      const form = { h: "entry", content: "By body", access_token: client.token };
      const url = await client.make(client.form(form, { token: null }));
      assert.match(contentOf(await client.entry(url)).value, /By body/);
    },
  ],
  [
    "802: the key is not kept with the post",
    async (client) => {
      const url = await client.make(client.form({ h: "entry", content: "Secret", access_token: client.token }, { token: null }));
      assert.ok(!("access_token" in (await client.source(url)).properties));
      assert.ok(!(await ask(url)).text.includes(client.token));
      await client.entry(url);
    },
  ],
  [
    "803: a request without a key is refused",
    async (client) => {
      const answer = await client.form({ h: "entry", content: "x" }, { token: null });
      assertRefused(answer, 401, "unauthorized");
      assert.match(answer.headers.get("www-authenticate") ?? "", /^Bearer/);
    },
  ],
  [
    "804: a key without the scope is refused (403, as the living draft and RFC 6750 have it)",
    async (client) => {
      const answer = await client.form({ h: "entry", content: "x" }, { token: client.narrow });
      assertRefused(answer, 403, "insufficient_scope");
      assert.match(answer.headers.get("www-authenticate") ?? "", /insufficient_scope/);
    },
  ],
  [
    "805: a key in header and body is refused",
    async (client) =>
      assertRefused(await client.form({ h: "entry", content: "x", access_token: client.token }), 400, "invalid_request"),
  ],
];
