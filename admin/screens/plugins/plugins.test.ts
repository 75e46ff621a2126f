import test from "ava";
import { blogByHost, makeBlogWithOwner } from "../../../core/blogs/blogs.ts";
import { createAccount } from "../../../core/people/accounts.ts";
import { startSession } from "../../../core/people/sessions.ts";
import { growOld } from "../signin/people.testing.ts";
import { openKitchen } from "./kitchen.testing.ts";

const plugins = "/admin/plugins";

type Parts = Awaited<ReturnType<typeof openKitchen>>;
const stateOf = async ({ house }: Parts, id: string) => (await house.host.list()).find((one) => one.id === id)!.state;

test("before a plugin is switched on, its page says what it may, what it adds and what comes with it", async (t) => {
  const parts = await openKitchen(t);
  const { browser } = parts;

  const page = (await browser.get(`${plugins}/waiter`)).text;
  t.regex(page, /Kitchen is switched on with it/);
  t.regex(page, /Talk to these servers: service\.example\./);
  const kitchen = (await browser.get(`${plugins}/kitchen`)).text;
  for (const added of ["The menu", "footer", "cook", "service.example"]) t.true(kitchen.includes(`<dd>${added}</dd>`), added);

  t.is((await browser.post(`${plugins}/waiter/enable`, {})).status, 303);
  t.regex((await browser.get(`${plugins}/waiter`)).text, /Waiter is switched on, and with it: Kitchen\./);
  t.is(await stateOf(parts, "kitchen"), "enabled");

  t.regex((await browser.get(`${plugins}/kitchen`)).text, /These cannot be without it and go off too: Waiter\./);
  await browser.post(`${plugins}/kitchen/disable`, {});
  t.is(await stateOf(parts, "waiter"), "disabled");
  t.is(await stateOf(parts, "kitchen"), "disabled");
});

test("switching on and erasing ask who it is once the last proof is old; switching off does not", async (t) => {
  const parts = await openKitchen(t);
  const { browser, house } = parts;
  await browser.get(plugins);
  await growOld(house);

  t.is((await browser.post(`${plugins}/kitchen/enable`, {})).status, 403);
  t.is(await stateOf(parts, "kitchen"), "available");
  t.is((await browser.post(`${plugins}/feeds/disable`, {})).status, 303);
  t.is((await browser.post(`${plugins}/feeds/erase`, { name: "feeds" })).status, 403);
  t.is(await stateOf(parts, "feeds"), "disabled");
});

test("plugins are listed by what they are for, and found by their words", async (t) => {
  const { browser } = await openKitchen(t);

  const all = (await browser.get(plugins)).text;
  t.true(all.indexOf("Cross-posting") < all.indexOf("Kitchen"));
  const found = (await browser.get(`${plugins}?q=everything`)).text;
  t.regex(found, /Kitchen/);
  t.notRegex(found, /Feeds/);
  t.regex((await browser.get(`${plugins}?q=%3Cb%3E`)).text, /No plugin fits “&lt;b&gt;”/);
});

test("a plugin that crashed says in what and when, and can be tried again or left off", async (t) => {
  const parts = await openKitchen(t);
  const { browser, house } = parts;
  await browser.get(plugins);
  await browser.post(`${plugins}/kitchen/enable`, {});
  const call = {
    pluginId: "kitchen",
    part: "job cook",
    limit: 100,
    log: house.log,
    work: () => Promise.reject(new Error("It burnt.")),
  };
  await house.host.guard.call(call);
  await house.host.pause("kitchen", "job cook");

  const page = (await browser.get(`${plugins}/kitchen`)).text;
  t.regex(page, /It kept failing in job cook: It burnt\./);
  t.regex(page, /It crashed and was switched off/);
  t.regex(page, /<code>job cook<\/code>/);
  t.regex((await browser.get(plugins)).text, /crashed/);

  // Its tables are those of another version.
  await house.storage.write((db) =>
    db.run("UPDATE plugins SET state = 'failed', reason = 'It has no oven.' WHERE id = 'kitchen'"),
  );
  t.regex((await browser.get(`${plugins}/kitchen`)).text, /It could not be brought up to date<\/h2><p>It has no oven\./);
  t.regex((await browser.get(plugins)).text, /not up to date[^]*It has no oven\./);
  await browser.post(`${plugins}/kitchen/enable`, {});
  t.is(await stateOf(parts, "kitchen"), "enabled");
});

test("a plugin that lacks a setting it needs says so until somebody fills it in", async (t) => {
  const parts = await openKitchen(t);
  const { house, browser } = parts;
  const { plugin } = await house.host.find("kitchen");
  const port = plugin.networkSettings!.port as { required?: boolean };
  port.required = true;
  t.teardown(() => delete port.required);
  await browser.get(plugins);
  await browser.post(`${plugins}/kitchen/enable`, {});

  t.regex((await browser.get(`${plugins}/kitchen`)).text, /It cannot work before this is filled in: Port\./);
  t.regex((await browser.get(plugins)).text, /needs setup/);
  await house.host.set("kitchen", { port: 80 });
  t.notRegex((await browser.get(plugins)).text, /needs setup/);
});

test("owners switch and set on their blog what the admin has switched on, and nothing else", async (t) => {
  const parts = await openKitchen(t);
  const { browser, house } = parts;
  const lee = await house.storage.write((db) => createAccount(db, { username: "lee", passwordHash: null }, house.clock.now()));
  await house.storage.write((db) => makeBlogWithOwner(db, { name: "lee", ownerId: lee.id }, house.site, house.clock.now()));
  const blog = (await blogByHost(house.storage, "lee.localhost", house.site))!;
  const ask = askerAs(parts, lee.id);
  const at = "/b/lee.localhost/settings/plugins";

  t.notRegex((await ask("GET", at)).text, /Kitchen/);
  t.is((await ask("GET", `${at}/kitchen`)).status, 404);
  t.is((await ask("POST", `${at}/kitchen/enable`)).status, 404);
  t.is((await ask("POST", "/b/kim.localhost/settings/plugins/feeds/disable")).status, 404);
  await browser.get(plugins);
  await browser.post(`${plugins}/kitchen/enable`, {});

  t.regex((await ask("GET", at)).text, /Kitchen/);
  t.is((await ask("POST", `${at}/kitchen/disable`)).status, 303);
  t.false(house.host.current.isActive("kitchen", blog));
  t.true(house.host.current.isActive("kitchen", { ...blog, id: "another" }));
  t.is((await ask("POST", `${at}/kitchen/enable`)).status, 303);
  t.true(house.host.current.isActive("kitchen", blog));

  const page = await ask("GET", `${at}/kitchen`);
  t.notRegex(page.text, /Port/, "what is the installation's is not the owner's to set");
  t.is((await ask("POST", `${at}/kitchen/settings`, { "s-line": "lee's", "s-size": "small" })).status, 303);
  t.is((await ask("POST", `${at}/kitchen/settings`, { "s-line": "lee's", "s-size": "huge" })).status, 422);
  const { plugin } = await house.host.find("kitchen");
  t.is((await house.host.contexts.settings(plugin, blog)).line, "lee's");
  t.is((await house.host.contexts.settings(plugin, null)).line, "soup");
});

test("whom an owner can choose is themselves: a field for an account names nobody else", async (t) => {
  const parts = await openKitchen(t);
  const { browser, house } = parts;
  await browser.get(plugins);
  await browser.post(`${plugins}/kitchen/enable`, {});
  const lee = await house.storage.write((db) => createAccount(db, { username: "lee", passwordHash: null }, house.clock.now()));
  await house.storage.write((db) => makeBlogWithOwner(db, { name: "lee", ownerId: lee.id }, house.site, house.clock.now()));

  const page = await askerAs(parts, lee.id)("GET", "/b/lee.localhost/settings/plugins/kitchen");

  t.regex(page.text, /\(lee\)/);
  t.notRegex(page.text, /\(kim\)/);
  t.notRegex(page.text, /kim\.localhost\)/);
});

function askerAs({ house, url }: Parts, accountId: string) {
  const visitor = { userAgent: "", address: "" };
  const begun = house.storage.write((db) => startSession(db, accountId, visitor, house.clock.now()));
  return async (method: string, path: string, fields: Record<string, string> = {}) => {
    const { cookie, session } = await begun;
    const answer = await fetch(url + path, {
      method,
      redirect: "manual",
      headers: { cookie: `rk=${cookie}`, origin: url },
      ...(method === "POST" && { body: new URLSearchParams({ csrf: session.csrf, ...fields }) }),
    });
    return { status: answer.status, text: await answer.text() };
  };
}
