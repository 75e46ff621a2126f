import { existsSync } from "node:fs";
import test from "ava";
import { Site, wordIn } from "./indieauth/site.ts";
import { conformServer } from "./server/conform-server.ts";

// Two installations, two server processes: one says whose a site is, the other lets people in by it.
const isThere = existsSync(new URL("../../plugins/indieauth/plugin.ts", import.meta.url));
const check = isThere ? test : test.skip;
if (!isThere) test("a site of one's own signs in elsewhere (skipped: plugins/indieauth is not there)", (t) => t.pass());

const password = "correct horse battery 9";

check("a blog of one installation signs its owner in at another, once it is connected there", async (t) => {
  const env = { ROOKERY_PRIVATE_NETWORK: "allow" };
  const [there, here] = await Promise.all([conformServer(t, []), conformServer(t, [], { env })]);
  const site = new Site(there.page);
  await site.signIn("kim", password);
  const hub = here.server.url;

  /** Sends a form on a page here, and gives the question that it leads to at the other installation. */
  const leave = async (browser: Site, page: string, action: string) => {
    const csrf = wordIn(await (await browser.go(hub + page)).text(), "csrf");
    const answer = await browser.go(hub + action, { csrf, next: "/account", "with-indieauth": there.page });
    t.is(answer.status, 200);
    const to = new URL(answer.headers.get("refresh")!.replace(/^0; url=/, ""));
    t.is(to.origin + to.pathname, await site.link("authorization_endpoint"));
    return to.search.slice(1);
  };
  const signIn = (browser: Site) => leave(browser, "/signin", "/signin/with/indieauth");
  const isIn = async (browser: Site) => (await browser.go(`${hub}/account`)).status === 200;

  const stranger = new Site(here.page);
  const refused = await stranger.go((await site.allow(await signIn(stranger))).href);
  t.is(refused.status, 422, "nobody connected this site");
  t.false(await isIn(stranger));

  const owner = new Site(here.page);
  await owner.signIn("kim", password);
  const back = await site.allow(await leave(owner, "/account", "/account/identities/with/indieauth"));
  t.is(back.searchParams.get("iss"), there.page);
  const connected = await owner.go(back.href);
  t.is(connected.headers.get("location"), "/account#identities", await connected.text());
  t.true((await (await owner.go(`${hub}/account`)).text()).includes(there.page));

  const browser = new Site(here.page);
  const answer = await site.allow(await signIn(browser));
  t.is((await stranger.go(answer.href)).status, 403, "another browser's answer");
  const again = await site.allow(await signIn(browser));
  again.searchParams.set("iss", hub);
  t.is((await browser.go(again.href)).status, 422, "another server's answer");
  t.false(await isIn(browser));
  const entered = await browser.go((await site.allow(await signIn(browser))).href);
  t.deepEqual([entered.status, entered.headers.get("location")], [303, "/account"]);
  t.true(await isIn(browser));
});
