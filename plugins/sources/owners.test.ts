import test from "ava";
import { at, item, later, openSources, rss } from "./sources.testing.ts";
import type { TestHost } from "rookery/testing";

const links = (host: TestHost, urls: readonly string[]) =>
  host.house.storage.write((db) =>
    db.run("UPDATE accounts SET preferences = ? WHERE id = ?", [
      JSON.stringify({ links: urls.map((url) => ({ label: "", url })) }),
      host.account.id,
    ]),
  );

test("a site is somebody's when it and their profile name each other, and each half is said in words", async (t) => {
  const { host, kim, add } = await openSources(t);
  host.network.on(`GET ${at}`, { xml: rss(item("1", "One")) });
  const one = await add();
  const proof = async () => (await host.house.storage.query("SELECT proof FROM p_sources_owners"))[0]!.proof;
  const said = async () => (await kim.get(one)).text;
  t.is(await proof(), "");
  t.regex(await said(), /do not name each other/);
  const week = async () => {
    await later(host, 169);
    await later(host, 1);
  };
  host.network.on("GET https://lee.example/", {
    html: `<a rel="nofollow me" href="${host.blog.url.replace(/\/$/, "")}">Kim</a>`,
  });
  await week();
  t.is(await proof(), "site");
  t.regex(await said(), /your profile does not name the site/);
  await links(host, ["http://lee.example"]);
  await week();
  t.is(await proof(), "both");
  t.regex((await kim.get("/sources")).text, /proven to be yours/);
  host.network.on("GET https://lee.example/", { status: 503 });
  await week();
  t.is(await proof(), "both", "a site that is ill for a day disproves nothing");
  host.network.on("GET https://lee.example/", {
    html: `<a href="${host.blog.url}">Kim</a><!-- <a rel="me" href="${host.blog.url}"> -->`,
  });
  await week();
  t.is(await proof(), "profile");
  t.deepEqual(host.failures(), []);
});

test("owners are told once that a feed fails, that it was given up, and that it is gone", async (t) => {
  const { host, kim, add, feed } = await openSources(t);
  host.network.on(`GET ${at}`, { xml: rss(item("1", "One")) });
  const one = await add();
  const told = () =>
    host
      .events("account.notice")
      .map(({ accountId, notice }) => [accountId === host.account.id, notice.text, notice.url.endsWith(one)]);
  host.network.on(`GET ${at}`, { status: 500 });
  await later(host, 25);
  t.deepEqual(told(), []);
  for (let days = 0; days < 20; days += 5) await later(host, 5 * 24);
  t.deepEqual(told(), [[true, "Your source “Lee” has been failing for two weeks.", true]]);
  t.regex((await kim.get(one)).text, /This feed is failing\./);
  for (let days = 0; days < 50; days += 10) await later(host, 240);
  t.is((await feed()).state, "paused");
  t.is(told().length, 2);
  t.regex(String(told()[1]![1]), /60 days/);
  await kim.post(one, { intent: "check" });
  host.network.on(`GET ${at}`, { status: 410 });
  await host.runJobs();
  t.regex(String(told()[2]?.[1]), /gone for good/);
  t.is(told().length, 3);
  t.deepEqual(host.failures(), []);
});
