import test from "ava";
import sharp from "sharp";
import { storedValues } from "../../../core/host/plugin-settings.ts";
import { growOld } from "../signin/people.testing.ts";
import { openKitchen } from "./kitchen.testing.ts";

const at = "/admin/plugins/kitchen";
const network = { pluginId: "kitchen", scope: "network", scopeId: "-" } as const;
const filled = {
  "s-line": "stew",
  "s-long": "two\nlines",
  "s-site": "https://lee.example/",
  "s-mail": "kim@kim.example",
  "s-handle": "@kim@kim.example",
  "s-count": "3",
  "s-heat": "7",
  "s-dish": "soup",
  "s-spice": "saffron",
  "s-size": "large",
  "s-herbs": ["mint", "sage"],
  "s-colour": "#1F5FBF",
  "s-day": "2026-11-24",
  "s-moment": "2026-11-24T09:30",
  "s-rest": "90",
  "s-rest.unit": "M",
  "s-cover": "",
  "s-font": "",
  "s-guests.rows": "2",
  "s-guests.0.name": "Lee",
  "s-guests.0.site": "https://lee.example/",
  "s-guests.1.name": "Ana",
  "s-guests.1.site": "",
};

test("a field of every kind is drawn, stored and shown again", async (t) => {
  const { browser, house } = await openKitchen(t);
  const empty = await browser.get(at);
  t.is(empty.status, 200);
  const choicesOf = (name: string) => new RegExp(`<select id="${name}"[^]*?</select>`).exec(empty.text)?.[0] ?? "";
  t.regex(choicesOf("s-dish"), /<option value="">/);
  t.notRegex(choicesOf("s-spice"), /<option value="">/, "whoever has a usual value cannot choose none");
  for (const label of ["A line", "Heat", "Herbs", "Guests", "A cook", "Port", "The stove is hot"])
    t.regex(empty.text, new RegExp(label));

  t.is((await browser.post(`${at}/settings`, filled)).location, at);

  t.deepEqual(await storedValues(house.storage, network), {
    line: "stew",
    long: "two\nlines",
    site: "https://lee.example/",
    mail: "kim@kim.example",
    handle: "kim@kim.example",
    count: 3,
    heat: 7,
    isOpen: false,
    dish: "soup",
    spice: "saffron",
    size: "large",
    herbs: ["mint", "sage"],
    colour: "#1f5fbf",
    day: "2026-11-24",
    moment: "2026-11-24T09:30:00.000Z",
    rest: "PT90M",
    guests: [
      { name: "Lee", site: "https://lee.example/" },
      { name: "Ana", site: "" },
    ],
  });
  const again = (await browser.get(at)).text;
  for (const shown of [
    'value="stew"',
    'value="2026-11-24T09:30"',
    'name="s-guests.1.name" type="text" value="Ana"',
    'value="90"',
  ])
    t.true(again.includes(shown), shown);
  t.regex(again, /name="s-herbs" value="sage" checked/);
});

test("what is wrong comes back typed, with a sentence at each field and in a summary; nothing is stored", async (t) => {
  const { browser, house } = await openKitchen(t);
  await browser.get(at);
  const wrong = {
    "s-site": "nowhere",
    "s-count": "many",
    "s-rest": "soon",
    "s-guests.1.site": "x",
    "s-herbs": ["thyme"],
    "s-cook": "nobody",
  };

  const page = await browser.post(`${at}/settings`, { ...filled, ...wrong });

  t.is(page.status, 422);
  for (const id of ["s-site", "s-count", "s-rest", "s-guests.1.site", "s-herbs", "s-cook"])
    t.true(page.text.includes(`href="#${id}"`), id);
  t.regex(page.text, /A site must be a web address/);
  for (const typed of ['value="nowhere"', 'value="many"', 'value="soon"', 'value="stew"'])
    t.true(page.text.includes(typed), typed);
  t.deepEqual(await storedValues(house.storage, network), {});
});

test("entries of a list are added, moved and removed without script, and nothing is stored by it", async (t) => {
  const { browser, house } = await openKitchen(t);
  await browser.get(at);
  const press = async (intent: string) => (await browser.post(`${at}/settings`, { ...filled, "s-line": "typed", intent })).text;
  const names = (text: string) =>
    [...text.matchAll(/name="s-guests\.\d\.name" type="text" value="([^"]*)"/g)].map((found) => found[1]);

  t.deepEqual(names(await press("list:add:guests")), ["Lee", "Ana", ""]);
  t.deepEqual(names(await press("list:up:guests:1")), ["Ana", "Lee"]);
  t.deepEqual(names(await press("list:down:guests:0")), ["Ana", "Lee"]);
  t.deepEqual(names(await press("list:remove:guests:0")), ["Ana"]);
  t.deepEqual(names(await press("list:remove:guests:9")), ["Lee", "Ana"]);
  t.true((await press("list:add:guests")).includes('value="typed"'));
  t.regex(await press("list:add:guests"), /autofocus/);
  t.deepEqual(await storedValues(house.storage, network), {});
});

test("a field that hangs on another counts only with it", async (t) => {
  const { browser, house } = await openKitchen(t);
  const page = await browser.get(at);
  t.regex(page.text, /Counts only when “A dish” is Pie\./);

  t.is((await browser.post(`${at}/settings`, { ...filled, "s-dish": "pie", "s-crust": "" })).status, 422);
  t.is((await browser.post(`${at}/settings`, { ...filled, "s-dish": "pie", "s-crust": "thin" })).status, 303);
  t.is((await browser.post(`${at}/settings`, { ...filled, "s-dish": "soup", "s-crust": "" })).status, 303);

  t.is((await storedValues(house.storage, network)).crust, "thin");
});

test("a secret is never shown, kept by an empty field, replaced and forgotten; whoever changes it proves who they are", async (t) => {
  const { browser, house } = await openKitchen(t);
  await browser.get(at);
  const token = async () => {
    const { plugin } = await house.host.find("kitchen");
    return (await house.host.contexts.settings(plugin, null)).token;
  };

  t.is((await browser.post(`${at}/settings`, { ...filled, "s-token": "pepper" })).status, 303);
  t.is(await token(), "pepper");
  const page = await browser.get(at);
  t.false(page.text.includes("pepper"));
  t.regex(page.text, /It is set, and never shown/);
  await browser.post(`${at}/settings`, { ...filled, "s-token": "" });
  t.is(await token(), "pepper");
  const refused = await browser.post(`${at}/settings`, { ...filled, "s-token": "salt", "s-count": "many" });
  t.false(/value="salt"/.test(refused.text));

  await growOld(house);
  const asked = await browser.post(`${at}/settings`, { ...filled, "s-token": "salt" });
  t.is(asked.status, 403);
  t.is(await token(), "pepper");
  t.is((await browser.post(`${at}/settings`, { ...filled, "s-token": "" })).status, 303);
  const proof = { "confirm-password": "seven herons in the reeds" };
  t.is((await browser.post(`${at}/settings`, { ...filled, ...proof, "s-token.forget": "on" })).status, 303);
  t.is(await token(), undefined);
  t.is((await house.storage.query("SELECT place FROM secrets WHERE place LIKE 'plugin/kitchen/%'")).length, 0);
});

test("the test of a setting saves and says what it found out", async (t) => {
  const { browser } = await openKitchen(t);
  await browser.get(at);

  const bad = await browser.post(`${at}/test/taste`, { ...filled, "s-token": "pepper" });
  const good = await browser.post(`${at}/test/taste`, { ...filled, "s-token": "salt" });

  t.regex(bad.text, /It tastes of pepper\./);
  t.is(good.location, at);
  t.regex((await browser.get(at)).text, /Saved\. It tastes of salt\./);
  t.is((await browser.post(`${at}/test/burn`, filled)).status, 404);
});

test("a picture is taken from the library or brought along; one that is none is refused", async (t) => {
  const { browser, house } = await openKitchen(t);
  await browser.get(at);
  const png = await sharp({ create: { width: 40, height: 30, channels: 3, background: "#4a7" } })
    .png()
    .toBuffer();
  const form = (content: Uint8Array<ArrayBuffer> | string) => {
    const sent = new FormData();
    sent.append("s-line", "stew");
    sent.append("s-size", "small");
    sent.append("s-cover", "");
    sent.append("s-cover.file", new File([content], "pot.png", { type: "image/png" }));
    return sent;
  };

  t.is((await browser.post(`${at}/settings`, form("no picture"))).status, 422);
  t.is((await browser.post(`${at}/settings`, form(new Uint8Array(png)))).status, 303);

  const { cover } = await storedValues(house.storage, network);
  t.regex(String(cover), /^http:\/\/kim\.localhost:\d+\/media\//);
  t.true((await browser.get(at)).text.includes(`value="${String(cover)}" checked`));
  t.is((await browser.post(`${at}/settings`, { ...filled, "s-cover": "https://evil.example/x.png" })).status, 422);
});
