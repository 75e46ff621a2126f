import test from "ava";
import { addDomain, markVerified } from "../../../core/blogs/hosts.ts";
import { makeBlogWithOwner } from "../../../core/blogs/blogs.ts";
import { openSite } from "../sites.testing.ts";

const fresh = { "confirm-password": "seven herons in the reeds" };

async function withDomain(t: Parameters<typeof openSite>[0], typed = "kim.example") {
  const site = await openSite(t);
  const at = site.at("/settings/domain");
  await site.browser.get(at);
  await site.browser.post(at, { domain: typed, ...fresh });
  const page = (await site.browser.get(at)).text;
  const token = /class="token">([^<]+)</.exec(page)?.[1] ?? "";
  return { ...site, domain: at, page, token };
}

test("a domain shows the records it needs, answers once they prove it, and becomes the blog's address", async (t) => {
  const { browser, domain, page, token, zone, read, post, house } = await withDomain(t);
  const note = await post({ content: "A heron" });
  t.regex(page, /_rookery\.kim\.example/);
  t.regex(page, /127\.0\.0\.1/);
  t.regex(page, /not looked up yet/);
  t.is((await read("/", "kim.example")).status, 404, "before it is proven it serves nothing");

  await browser.post(`${domain}/kim.example/check`, {});
  t.regex((await browser.get(domain)).text, /TXT record of kim\.example is not there yet/);
  t.is((await browser.post(`${domain}/kim.example/main`, { anyway: "on", ...fresh })).status, 409);
  zone.texts["_rookery.kim.example"] = ["something else", token];
  await browser.post(`${domain}/kim.example/check`, {});
  const proven = (await browser.get(domain)).text;
  t.regex(proven, /is yours, but does not lead here yet/);
  t.regex(proven, /something else/);
  t.is((await read("/", "kim.example")).status, 301, "it leads to the address");

  const doubtful = await browser.post(`${domain}/kim.example/main`, fresh);
  t.is(doubtful.status, 422);
  t.regex(doubtful.text, /readers would not find the blog/);
  zone.addresses["kim.example"] = ["127.0.0.1"];
  await browser.post(`${domain}/kim.example/check`, {});
  const main = await browser.post(`${domain}/kim.example/main`, fresh);
  t.is(main.location, "/b/kim.example/settings/domain");

  t.is((await read("/", "kim.example")).status, 200);
  t.regex((await read(note.path, "kim.example")).text, /rel="canonical" href="http:\/\/kim\.example/);
  t.regex((await read(note.path)).location ?? "", /^http:\/\/kim\.example/);
  const own = await browser.post("/b/kim.example/settings/domain/kim.localhost/remove", fresh);
  t.is(own.status, 409);
  t.is((await browser.post("/b/kim.example/settings/domain/kim.example/remove", fresh)).status, 409);
  await browser.post("/b/kim.example/settings/domain/kim.localhost/main", fresh);
  t.regex((await browser.get("/b/kim.localhost/settings/domain/kim.example/remove")).text, /Remove kim\.example\?/);
  t.is((await browser.post(`${domain}/kim.example/remove`, fresh)).status, 303);
  t.is((await read("/", "kim.example")).status, 404);
  const actions = (await house.storage.query("SELECT action FROM audit_log WHERE action LIKE 'domain.%' ORDER BY id")).map(
    ({ action }) => action,
  );
  t.deepEqual(actions, ["domain.add", "domain.verified", "domain.main", "domain.main", "domain.remove"]);
});

test("a domain in other letters is shown both ways", async (t) => {
  const { page } = await withDomain(t, "bücher.example");

  t.regex(page, /bücher\.example/);
  t.regex(page, /xn--bcher-kva\.example/);
});

test("adding a domain asks who it is first, and loses nothing that was typed", async (t) => {
  const { browser, at, house } = await openSite(t);
  await browser.get(at("/settings/domain"));
  await house.storage.write((db) => db.run("UPDATE sessions SET created_at = '2020-01-01T00:00:00.000Z'"));
  for (const column of ["confirmed_at", "fresh_at"])
    await house.storage
      .write((db) => db.run(`UPDATE sessions SET ${column} = '2020-01-01T00:00:00.000Z'`))
      .catch(() => undefined);

  const asked = await browser.post(at("/settings/domain"), { domain: "kim.example" });

  t.is(asked.status, 403);
  t.regex(asked.text, /name="domain" value="kim\.example"/);
  t.is((await browser.post(at("/settings/domain"), { domain: "kim.example", "confirm-password": "wrong one" })).status, 422);
  t.is((await browser.post(at("/settings/domain"), { domain: "kim.example", ...fresh })).status, 303);
});

test("names that cannot be, or are another blog's, are refused with what was typed", async (t) => {
  const { browser, at, house } = await openSite(t);
  await browser.get(at("/settings/domain"));
  await house.storage.write(async (db) => {
    const [kim] = await db.query("SELECT id FROM accounts");
    const now = house.clock.now();
    const other = await makeBlogWithOwner(db, { name: "lee", ownerId: String(kim!.id) }, house.site, now);
    await addDomain(db, other.id, "lee.example", { hub: house.site, now });
    await markVerified(db, other.id, "lee.example");
  });
  const wrong = ["localhost", "lee.localhost", "192.0.2.1", "http://[2001:db8::1]/", "co.uk", "lee.example", "not a name"];
  for (const domain of wrong) {
    const page = await browser.post(at("/settings/domain"), { domain, ...fresh });
    t.is(page.status, 422, domain);
    t.regex(page.text, /href="#domain"/);
  }
  t.is((await browser.post(at("/settings/domain/none.example/check"), {})).status, 404);
  t.is((await browser.post(at("/settings/domain/lee.example/check"), {})).status, 404);
});

test("name servers that do not answer change nothing, and looking too often is refused", async (t) => {
  const { browser, domain, zone } = await withDomain(t);
  for (const name of ["kim.example", "_rookery.kim.example"]) zone.silent.add(name);

  await browser.post(`${domain}/kim.example/check`, {});
  t.regex((await browser.get(domain)).text, /name servers did not answer/);
  let last = 0;
  for (let n = 0; n < 12 && last !== 429; n++) last = (await browser.post(`${domain}/kim.example/check`, {})).status;

  t.is(last, 429);
});

test("a domain that stops leading here is a warning for its owner and in the health list, and goes on being served", async (t) => {
  const { browser, domain, zone, token, read } = await withDomain(t);
  zone.texts["_rookery.kim.example"] = [token];
  zone.addresses["kim.example"] = ["127.0.0.1"];
  await browser.post(`${domain}/kim.example/check`, {});
  t.regex((await browser.get("/admin")).text, /Every domain that was looked up leads here/);

  zone.addresses["kim.example"] = ["198.51.100.1"];
  await browser.post(`${domain}/kim.example/check`, {});

  t.regex((await browser.get(domain)).text, /has not led here since/);
  const health = (await browser.get("/admin")).text;
  t.regex(health, /One domain does not lead here any more: kim\.example/);
  t.regex(health, /href="\/b\/kim\.example\/settings\/domain"/);
  t.is((await read("/", "kim.example")).status, 301);
});

test("Caddy hears yes for the hub and hosts of blogs, no for all else, and not too often", async (t) => {
  const { read, domain, browser, zone, token } = await withDomain(t);
  const ask = async (name: string, host = "localhost") =>
    (await read(`/caddy/ask?domain=${encodeURIComponent(name)}`, host)).status;

  t.is(await ask("kim.localhost"), 200);
  t.is(await ask("localhost"), 200);
  t.is(await ask("KIM.localhost."), 200);
  t.is(await ask("kim.localhost", "127.0.0.1"), 200, "asked by the machine's own name");
  t.is(await ask("kim.example"), 404, "not proven yet");
  zone.texts["_rookery.kim.example"] = [token];
  await browser.post(`${domain}/kim.example/check`, {});
  t.is(await ask("kim.example"), 200);
  for (const wrong of ["lee.example", "", "../../etc", "a b"]) t.is(await ask(wrong), 404, wrong);
  t.is((await read("/caddy/ask?domain=kim.localhost", "kim.localhost")).status, 404, "a blog's host is no place to ask");
  let last = 0;
  for (let n = 0; n < 80 && last !== 429; n++) last = await ask(`unknown-${n}.example`);
  t.is(last, 429);
  t.is(await ask("kim.localhost"), 200, "what is known never waits");
});

test("a proven host gives its token, so that a look through any proxy finds it; a waiting one gives nothing", async (t) => {
  const { read, domain, browser, zone, token } = await withDomain(t);
  const path = `/.well-known/rookery-verification/${token}`;

  t.is((await read(path, "kim.example")).status, 404);
  t.is((await read(path)).status, 404);
  zone.texts["_rookery.kim.example"] = [token];
  await browser.post(`${domain}/kim.example/check`, {});

  t.deepEqual([(await read(path, "kim.example")).status, (await read(path, "kim.example")).text.trim()], [200, token]);
  t.is((await read("/.well-known/rookery-verification/nonsense", "kim.example")).status, 404);
});
