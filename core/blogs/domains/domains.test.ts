import test, { type ExecutionContext } from "ava";
import { noTaps } from "../../hooks/no-taps.ts";
import type { Scope } from "../../hooks/scope.ts";
import { FetchRefused } from "../../net/fetch-refused.ts";
import { auditLines } from "../../people/audit.ts";
import { later, makePerson, morning } from "../../people/testing.ts";
import type { Dialect } from "../../storage/columns.ts";
import { databases, openTestStorage } from "../../storage/testing.ts";
import { blogByHost, makeBlogWithOwner } from "../blogs.ts";
import { addDomain, hostsOf, markVerified, removeDomain } from "../hosts.ts";
import { coreSchedules } from "../../worker/core-jobs.ts";
import { checkDomains, domainsJob } from "./check-all.ts";
import { checkDomain, checksOf, failingDomains } from "./check-domain.ts";
import { fakeRecords, fakeWeb } from "./domains.testing.ts";
import { lookAtDomain, ownAddresses, wishFor } from "./look-at-domain.ts";

const hub = { url: "https://hub.example" };
const by = { accountId: null, via: "test" };

async function place(t: ExecutionContext, dialect: Dialect = "sqlite") {
  const storage = await openTestStorage(t, dialect);
  const person = await makePerson(storage, "kim");
  const blog = await storage.write((db) => makeBlogWithOwner(db, { name: "kim", ownerId: person.id }, hub, morning));
  const { zone, records } = fakeRecords();
  const web = fakeWeb();
  zone.addresses["hub.example"] = ["203.0.113.7", "2001:db8:0::7"];
  const parts = { records, hub, fetch: web.fetch };
  const add = (name: string) => storage.write((db) => addDomain(db, blog.id, name, { hub, now: morning }));
  const check = (host: string, seconds = 0) => checkDomain(storage, parts, { blogId: blog.id, host, by }, later(seconds));
  const state = async (host: string) => (await hostsOf(storage, blog.id)).find((one) => one.host === host)?.state;
  return { storage, blog, zone, web, parts, add, check, state };
}

for (const dialect of databases) {
  test(`${dialect}: a TXT record with the token proves a domain, which answers from then on`, async (t) => {
    const { storage, zone, add, check, state } = await place(t, dialect);
    const { host, token } = await add("kim.example");

    t.like(await check(host), { isProven: false, leadsHere: false, failingSince: null });
    t.is(await state(host), "pending");
    zone.texts["_rookery.kim.example"] = ["v=spf1 -all", token];
    t.like(await check(host, 60), { isProven: true, leadsHere: false });

    t.is(await state(host), "active");
    t.is((await blogByHost(storage, "kim.example", hub))?.host, "kim.hub.example");
    const [line] = await auditLines(storage);
    t.like(line, { action: "domain.verified", subject: "kim.example", detail: { proof: "dns" } });
  });

  test(`${dialect}: somebody else's token proves nothing, nor does a name that leads here`, async (t) => {
    const { zone, add, check, state } = await place(t, dialect);
    const { host } = await add("kim.example");
    zone.texts["_rookery.kim.example"] = ["another-token"];
    zone.addresses["kim.example"] = ["203.0.113.7"];

    t.like(await check(host), { isProven: false, leadsHere: true });
    t.is(await state(host), "pending");
  });

  test(`${dialect}: once it answers it is never taken away, however wrong its records are; since when is kept`, async (t) => {
    const { storage, blog, zone, add, check, state } = await place(t, dialect);
    const { host, token } = await add("kim.example");
    zone.texts["_rookery.kim.example"] = [token];
    zone.addresses["kim.example"] = ["203.0.113.7"];
    t.like(await check(host), { leadsHere: true, failingSince: null });

    zone.addresses["kim.example"] = ["198.51.100.1"];
    delete zone.texts["_rookery.kim.example"];
    const failed = await check(host, 60);
    await check(host, 120);
    zone.silent.add("kim.example");
    const silent = await check(host, 180);

    t.is(await state(host), "active");
    t.is(silent.failingSince, failed.failingSince, "silence neither mends nor worsens");
    t.deepEqual(
      (await failingDomains(storage)).map((one) => [one.host, one.addresses]),
      [["kim.example", []]],
    );
    zone.silent.clear();
    zone.addresses["kim.example"] = ["203.0.113.7"];
    t.is((await check(host, 240)).failingSince, null);
    t.deepEqual(await failingDomains(storage), []);
    await storage.write((db) => removeDomain(db, blog.id, host));
    t.deepEqual(await checksOf(storage, blog.id), []);
  });

  test(`${dialect}: the daily look takes every domain that answers, once a day, and goes on after a stop`, async (t) => {
    const { storage, blog, zone, parts, add, web } = await place(t, dialect);
    const names = Array.from({ length: 23 }, (_, n) => `d${String(n).padStart(2, "0")}.example`);
    for (const name of [...names, "waits.example"]) await add(name);
    await storage.write(async (db) => {
      for (const name of names) await markVerified(db, blog.id, name);
    });
    for (const name of names.slice(1)) zone.addresses[name] = ["203.0.113.7"];
    const scope = { storage, taps: noTaps, clock: { now: () => later(86_400) }, site: hub } as unknown as Scope;

    const stopper = new AbortController();
    const stopping = { ...parts, fetch: async (url: string) => (stopper.abort(new Error("stopped")), web.fetch(url)) };
    await t.throwsAsync(checkDomains(scope, stopping, stopper.signal), { message: "stopped" });
    t.is((await checksOf(storage, blog.id)).length, 20);
    await checkDomains(scope, parts, new AbortController().signal);
    const asked = web.asked.length;
    t.deepEqual(coreSchedules[domainsJob], { hours: 24 });
    await checkDomains(scope, parts, new AbortController().signal);

    t.is(asked, 23);
    t.is(web.asked.length, asked, "nobody is asked twice a day");
    t.deepEqual(
      (await failingDomains(storage)).map(({ host }) => host),
      ["d00.example"],
    );
  });
}

test("a file on the server that the domain leads to proves it, but not one that another host gives", async (t) => {
  const { web, add, check, state, parts } = await place(t);
  const { host, token } = await add("kim.example");
  const { fileUrl } = wishFor({ host, token }, hub, []);
  t.is(fileUrl, `http://kim.example/.well-known/rookery-verification/${token}`);
  const elsewhere = Object.defineProperty(new Response(token), "url", { value: "https://lee.example/file" });
  const redirected = await lookAtDomain({ ...parts, fetch: async () => elsewhere }, { host, token, state: "pending" } as never);
  t.false(redirected.isProven);

  web.bodies.set(fileUrl, "not the token");
  t.false((await check(host)).isProven);
  web.bodies.set(fileUrl, `${token}\n`);
  t.true((await check(host, 60)).isProven);

  t.is(await state(host), "active");
});

test("a verified domain behind somebody's proxy leads here when it answers with its token", async (t) => {
  const { zone, web, add, check, storage, blog } = await place(t);
  const { host, token } = await add("kim.example");
  await storage.write((db) => markVerified(db, blog.id, host));
  zone.addresses["kim.example"] = ["198.51.100.9"];

  t.false((await check(host)).leadsHere);
  web.bodies.set(`http://kim.example/.well-known/rookery-verification/${token}`, token);
  t.true((await check(host, 60)).leadsHere);
});

for (const [said, addresses, aliases, expected] of [
  ["the hub's address", ["203.0.113.7"], [], true],
  ["both addresses, written otherwise", ["203.0.113.7", "2001:DB8::7"], [], true],
  ["a forgotten IPv6 address", ["203.0.113.7", "2001:db8::99"], [], false],
  ["an alias of the hub", ["198.51.100.1"], ["hub.example"], true],
  ["an alias of the blog", ["198.51.100.1"], ["kim.hub.example"], true],
  ["an alias that only ends alike", ["198.51.100.1"], ["evilhub.example"], false],
  ["nothing", [], [], false],
] as const)
  test(`a domain with ${said} leads ${expected ? "here" : "elsewhere"}`, async (t) => {
    const { zone, parts, add } = await place(t);
    const host = await add("kim.example");
    zone.addresses["kim.example"] = addresses;
    zone.aliases["kim.example"] = aliases;

    t.is((await lookAtDomain(parts, host)).leadsHere, expected);
  });

test("name servers that do not answer and a web that may not be reached are findings, not errors", async (t) => {
  const { zone, parts, add } = await place(t);
  const host = await add("kim.example");
  for (const name of ["kim.example", "_rookery.kim.example", "hub.example"]) zone.silent.add(name);
  const refusing = { ...parts, fetch: () => Promise.reject(new FetchRefused("address")) };

  t.like(await lookAtDomain(refusing, host), { isSilent: true, isProven: false, leadsHere: false, hasFile: false });
  t.deepEqual(await ownAddresses(parts), []);
});

for (const name of ["co.uk", "com.au", "github.io", "203.0.113.9", "hub.example", "lee.hub.example", "localhost"])
  test(`${name} cannot be added`, async (t) => {
    const { add } = await place(t);

    await t.throwsAsync(add(name), { name: "PublicError" });
  });

test("a domain in letters of any script is kept in the letters of the domain name system", async (t) => {
  const { add } = await place(t);

  t.is((await add("https://Bücher.example/")).host, "xn--bcher-kva.example");
});
