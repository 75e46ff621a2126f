import test from "ava";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { blogByHost, makeBlogWithOwner } from "../../../core/blogs/blogs.ts";
import { installationFacts } from "../../../core/installation/facts.ts";
import { createAccount } from "../../../core/people/accounts.ts";
import { signUpRules } from "../../../core/residents/joining/sign-up-rules.ts";
import { openDashboard, PlainBrowser, setUp } from "../../testing.ts";

async function open(t: Parameters<typeof openDashboard>[0]) {
  const parts = await openDashboard(t);
  await setUp(parts);
  await parts.browser.get("/admin/settings");
  return parts;
}

const general = { "s-name": "The Heronry", "s-contact": "kim@kim.example", "s-language": "de", "s-timeZone": "Europe/Berlin" };

test("what is decided for new blogs holds for those that come; what is wrong comes back typed", async (t) => {
  const { browser, house } = await open(t);

  t.is((await browser.post("/admin/settings", general)).location, "/admin/settings");
  t.like(await installationFacts(house.storage), { name: "The Heronry", language: "de", timeZone: "Europe/Berlin" });
  const wrong = await browser.post("/admin/settings", {
    ...general,
    "s-contact": "nobody",
    "s-language": "xx-none",
    "s-name": "Typed",
  });
  t.is(wrong.status, 422);
  t.regex(wrong.text, /Contact must be an e-mail address/);
  t.regex(wrong.text, /value="Typed"/);
  t.regex((await browser.get("/")).text, /The Heronry/);

  const now = house.clock.now();
  const lee = await house.storage.write((db) => createAccount(db, { username: "lee", passwordHash: null }, now));
  await house.storage.write((db) => makeBlogWithOwner(db, { name: "lee", ownerId: lee.id }, house.site, now));
  t.like(await blogByHost(house.storage, "lee.localhost", house.site), { language: "de", timeZone: "Europe/Berlin" });
});

test("limits hold: photos a post, size of a file, blogs of a member", async (t) => {
  const { browser, house } = await open(t);
  const limits = {
    "s-photosPerPost": "1",
    "s-imageMegabytes": "1",
    "s-audioMegabytes": "50",
    "s-videoMegabytes": "50",
    "s-blogsEach": "4",
  };

  t.is((await browser.post("/admin/settings/limits", { ...limits, "s-imageMegabytes": "21" })).status, 422);
  t.is((await browser.post("/admin/settings/limits", { ...limits, "s-audioMegabytes": "501" })).status, 422);
  t.is((await browser.post("/admin/settings/limits", { ...limits, "s-audioMegabytes": "500" })).status, 303);
  t.is((await browser.post("/admin/settings/limits", limits)).status, 303);

  t.is((await signUpRules(house.storage)).blogsEach, 4);
  t.regex((await browser.get("/compose?blog=kim.localhost")).text, /data-most="1"/);
  const noise = {
    create: { width: 900, height: 900, channels: 3, background: "#4a7", noise: { type: "gaussian", mean: 128, sigma: 60 } },
  } as const;
  const large = await sharp(noise as never)
    .png()
    .toBuffer();
  t.true(large.length > 1_000_000);
  const form = new FormData();
  form.append("file", new File([new Uint8Array(large)], "large.png", { type: "image/png" }));
  await browser.get("/b/kim.localhost/media");
  const refused = await browser.post("/b/kim.localhost/media", form);
  t.is(refused.status, 422);
  t.regex(refused.text, /larger than 1 MB/);
});

test("terms and privacy are Markdown that everybody can read, and not there while they are empty", async (t) => {
  const { browser, url } = await open(t);
  const stranger = new PlainBrowser(url);
  t.is((await stranger.get("/terms")).status, 404);
  await browser.get("/admin/settings/texts");
  await browser.post("/admin/settings/texts", { "s-terms": "Be *kind*. <script>alert(1)</script>", "s-privacy": "" });

  const page = await stranger.get("/terms");
  t.is(page.status, 200);
  t.regex(page.text, /Be <em>kind<\/em>/);
  t.notRegex(page.text, /alert\(1\)<\/script>/);
  t.is((await stranger.get("/privacy")).status, 404);
});

test("storage is tried by writing, reading and removing a file; what goes wrong is said", async (t) => {
  const { browser, house } = await open(t);

  t.is((await browser.post("/admin/settings/storage/test", {})).status, 303);
  const media = join(house.settings.dataFolder, "media");
  rmSync(media, { recursive: true, force: true });
  writeFileSync(media, "in the way");
  const broken = await browser.post("/admin/settings/storage/test", {});
  t.is(broken.status, 422);
  t.regex(broken.text, /It does not work:/);
});

test("every setting is shown with where it is from, and no secret", async (t) => {
  const { browser, house } = await open(t);

  const page = (await browser.get("/admin/settings/advanced")).text;

  for (const { name } of house.settings.entries) t.true(page.includes(name), name);
  t.regex(page, /environment/);
  t.regex(page, /default/);
});
