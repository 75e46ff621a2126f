import test from "ava";
import { PublicError } from "../../../core/errors.ts";
import { definePlugin } from "../../../core/host/define-plugin.ts";
import type { Plugin } from "../../../core/host/manifest.ts";
import { openDashboard, setUp } from "../../testing.ts";
import { growOld } from "../signin/people.testing.ts";

const [at, isMultiple] = ["/admin/plugins/locker", { multiple: true }];
const seen: { readonly isBig?: unknown; readonly shelf: unknown }[] = [];

const box = {
  fields: { name: { type: "text", label: "Name", required: true } },
  connect: async (_context: unknown, { name }: { readonly name?: unknown }) => {
    if (name === "no") throw new PublicError("locker.no", "There is no such box.", 422, { field: "name" });
    return { account: String(name), expiresAt: null, tokens: {} };
  },
} as const;

const locker = definePlugin({
  id: "locker",
  name: "Locker",
  description: "Is opened by an app password.",
  version: "1.0.0",
  api: 1,
  settings: {
    shelf: { type: "text", label: "Shelf" },
    door: { type: "oauth", label: "the locker" },
    boxes: { type: "oauth", label: "boxes", ...isMultiple },
  },
  connections: {
    boxes: box,
    door: {
      fields: {
        handle: { type: "handle", label: "Handle", required: true },
        password: { type: "secret", label: "App password", help: "Made in the locker.", required: true },
        isBig: { type: "boolean", label: "Big door" },
      },
      connect: async ({ settings }, values) => {
        seen.push({ ...values, shelf: settings.shelf });
        if (values.handle === "lee") throw new PublicError("locker.closed", "The locker is closed today.", 503);
        if (values.password !== "s3same")
          throw new PublicError("locker.password", "That is not the app password.", 422, { field: "password" });
        return { account: String(values.handle), expiresAt: null, tokens: { key: "k3y" } };
      },
    },
  },
});

async function open(t: Parameters<typeof openDashboard>[0]) {
  const given = [{ plugin: locker as unknown as Plugin, folder: "/nowhere/locker", isBundled: true }];
  const parts = await openDashboard(t, { plugins: given });
  await setUp(parts);
  await parts.browser.get(at);
  return parts;
}

test("an app password typed beside Connect connects, without script; nothing of it is kept or shown", async (t) => {
  const { browser, house } = await open(t);
  t.regex((await browser.get(at)).text, /<input id="s-door\.password"[^>]*type="password"/);

  const typed = { "s-shelf": "top", "s-door.handle": "kim.example", "s-door.password": "s3same", "s-door.isBig": "on" };
  t.is((await browser.post(`${at}/connect/door`, typed)).location, at);

  t.deepEqual(
    seen.find(({ isBig }) => isBig),
    { handle: "kim.example", password: "s3same", isBig: true, shelf: "top" },
  );
  const page = await browser.get(at);
  t.regex(page.text, /Connected with kim\.example/);
  t.regex(page.text, /<details><summary>Connect with other details/);
  const wrong = await browser.post(`${at}/connect/door`, { ...typed, "s-door.password": "gu3ss" });
  t.regex(wrong.text, /<details open><summary>Connect with other details/);
  t.false(/s3same|k3y/.test(page.text));
  for (const table of ["plugin_settings", "secrets", "audit_log"])
    t.false(/s3same|k3y/.test(JSON.stringify(await house.storage.query(`SELECT * FROM ${table}`))), table);
});

test("what is wrong is said at its field, and what was typed stands there again, except secrets", async (t) => {
  const { browser } = await open(t);

  const wrong = await browser.post(`${at}/connect/door`, {
    "s-shelf": "top",
    "s-door.handle": "kim.example",
    "s-door.password": "gu3ss",
  });
  t.is(wrong.status, 422);
  t.regex(wrong.text, /<p class="error" id="s-door\.password-error">That is not the app password\.</);
  t.regex(wrong.text, /<a href="#s-door\.password">/);
  t.regex(wrong.text, /id="s-door\.handle"[^>]*value="kim\.example"/);
  t.false(wrong.text.includes("gu3ss"));

  const empty = await browser.post(`${at}/connect/door`, { "s-door.handle": "kim.example", "s-door.password": "" });
  t.is(empty.status, 422);
  t.regex(empty.text, /id="s-door\.password-error"/);

  const closed = await browser.post(`${at}/connect/door`, { "s-door.handle": "lee", "s-door.password": "s3same" });
  t.is(closed.status, 503);
  t.regex(closed.text, /<p class="error" id="s-door-error">The locker is closed today\.</);
});

test("Enter or Save with everything typed connects; with half of it only saves", async (t) => {
  const { browser } = await open(t);

  await browser.post(`${at}/settings`, { "s-shelf": "low", "s-door.handle": "kim.example", "s-door.password": "" });
  t.regex((await browser.get(at)).text, /Not connected/);
  await browser.post(`${at}/settings`, { "s-shelf": "low", "s-door.handle": "kim.example", "s-door.password": "s3same" });
  t.regex((await browser.get(at)).text, /Connected with kim\.example/);

  await browser.post(`${at}/settings`, { "s-shelf": "high" });
  t.regex((await browser.get(at)).text, /Connected with kim\.example/);
});

test("connecting by typing asks who it is once the last proof is old", async (t) => {
  const { browser, house } = await open(t);
  await growOld(house);

  t.is((await browser.post(`${at}/connect/door`, { "s-door.handle": "kim", "s-door.password": "s3same" })).status, 403);
});

test("several accounts are connected one after another by typing, and disconnected one by one", async (t) => {
  const { browser } = await open(t);
  for (const name of ["red", "blue", "red"])
    t.is((await browser.post(`${at}/connect/boxes`, { "s-boxes.name": name })).location, at);
  await browser.get(at); // with the word that it went well

  const page = await browser.get(at);
  t.deepEqual([...page.text.matchAll(/Connected with (red|blue)\./g)].map((one) => one[1]).toSorted(), ["blue", "red"]);
  t.regex(page.text, /<input id="s-boxes\.name"/);
  const wrong = await browser.post(`${at}/connect/boxes`, { "s-boxes.name": "no" });
  t.regex(wrong.text, /id="s-boxes\.name-error">There is no such box\.</);

  await browser.post(`${at}/disconnect/boxes`, { connection: "red" });
  await browser.get(at);
  const left = (await browser.get(at)).text;
  t.true(left.includes("Connected with blue.") && !left.includes("Connected with red."));
});
