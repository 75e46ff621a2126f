import assert from "node:assert/strict";
import type { Case } from "./cases-create.ts";
import { ask, assertRefused, type MicropubClient } from "./client.ts";

// A word that no post has said yet, however often a case is run.
const unheard = (what: string): string => `hush${what}${Math.random().toString(36).slice(2)}`;

const feeds = ["feed.json", "feed.xml", "atom.xml", "sitemap.xml", "archive"];

/** Where readers would find a text that they must not: pages and feeds. */
async function placesOf(client: MicropubClient, text: string): Promise<string[]> {
  const found = [];
  for (const path of ["", ...feeds]) if ((await ask(client.page + path)).text.includes(text)) found.push(path || "home");
  return found;
}

/** What the public suite does not look at, and servers most often get wrong (indieweb.md §15, 8 to 17). */
export const leakCases: readonly Case[] = [
  [
    "a plain text is no HTML, and comes back as it was sent",
    async (client) => {
      const content = "Tom & <script>alert(1)</script> Jerry &amp; co";
      const url = await client.make(client.json({ type: ["h-entry"], properties: { content: [content] } }));
      assert.deepEqual((await client.source(url)).properties.content, [content]);
      assert.doesNotMatch((await ask(url)).text, /<script>alert/);
    },
  ],
  [
    "an update keeps the date, to the second, and everything it does not name",
    async (client) => {
      const published = "2026-01-02T03:04:05+00:00";
      const all = {
        content: ["x"],
        published: [published],
        category: ["a"],
        "in-reply-to": ["https://lee.example/1"],
        "x-mine": ["kept"],
      };
      const url = await client.make(client.json({ type: ["h-entry"], properties: all }));
      await client.json({ action: "update", url, replace: { content: ["y"] } });
      const { properties } = await client.source(url);
      for (const [name, values] of Object.entries({ ...all, content: ["y"] })) assert.deepEqual(properties[name], values, name);
    },
  ],
  [
    "an update that is wrong in part changes nothing at all",
    async (client) => {
      const url = await client.make(client.json({ type: ["h-entry"], properties: { content: ["whole"] } }));
      const wrong = { action: "update", url, replace: { content: ["half"] }, add: { "like-of": ["no address"] } };
      assertRefused(await client.json(wrong), 400, "invalid_request");
      assert.deepEqual((await client.source(url)).properties.content, ["whole"]);
    },
  ],
  [
    "a draft and a scheduled post are on no page and in no feed until they go out",
    async (client) => {
      const make = (properties: object) => client.make(client.json({ type: ["h-entry"], properties }));
      const words = ["draft", "later", "private"].map(unheard);
      const draft = await make({ content: [words[0]], "post-status": ["draft"] });
      await make({ content: [words[1]], published: ["2099-01-01T00:00:00Z"] });
      await make({ content: [words[2]], visibility: ["private"] });
      for (const word of words) assert.deepEqual(await placesOf(client, word), []);
      assert.deepEqual((await client.source(draft)).properties["post-status"], ["draft"]);
      const out = await client.json({ action: "update", url: draft, replace: { "post-status": ["published"] } });
      await client.entry(out.headers.get("location") ?? draft);
    },
  ],
  [
    "a deleted post is in no feed",
    async (client) => {
      const word = unheard("deleted");
      const url = await client.make(client.form({ content: word }));
      assert.ok((await placesOf(client, word)).includes("feed.json"));
      await client.form({ action: "delete", url });
      assert.deepEqual(await placesOf(client, word), []);
    },
  ],
  [
    "a file that could run in a browser is not kept",
    async (client) => {
      const url = await client.mediaEndpoint();
      for (const bytes of [
        "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        "<!doctype html><script>alert(1)</script>",
      ]) {
        const body = new FormData();
        body.append("file", new Blob([bytes], { type: "image/png" }), "a.png");
        assertRefused(await client.post({ url, body }), 415, "invalid_request");
      }
      assertRefused(await client.post({ url, body: new FormData() }), 400, "invalid_request");
    },
  ],
  [
    "pages of other origins may ask, and read where the post went",
    async (client) => {
      const endpoint = await client.endpoint();
      const origin = "https://app.example";
      const headers = { origin, "access-control-request-method": "POST", "access-control-request-headers": "authorization" };
      const preflight = await ask(endpoint, { method: "OPTIONS", headers });
      assert.match(preflight.headers.get("access-control-allow-headers") ?? "", /authorization/i);
      const answer = await client.post({ body: new URLSearchParams({ content: "From elsewhere" }), headers: { origin } });
      assert.match(answer.headers.get("access-control-expose-headers") ?? "", /Location/i);
      assert.equal(answer.headers.get("access-control-allow-origin"), "*");
    },
  ],
];
