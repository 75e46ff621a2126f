import test, { type ExecutionContext } from "ava";
import { open } from "../client-api.testing.ts";

const wordIn = (text: string): string => /account\/signin\/([0-9A-F]{20})/.exec(text)![1]!;

async function signingIn(t: ExecutionContext, more = {}) {
  const town = await open(t, more);
  const mailed = async (form: object) => {
    const before = (await town.host.mails()).length;
    const answer = await town.ask("POST /account/signin", { form });
    await town.host.runJobs();
    return { answer, mails: (await town.host.mails()).slice(before) };
  };
  return { ...town, mailed };
}

test("an app is signed in by a mailed link, whose word goes on answering until it is over", async (t) => {
  const { host, ask, mailed } = await signingIn(t);
  const { answer, mails } = await mailed({
    email: " LEE@lee.example",
    app_name: "Micro.blog for iOS",
    redirect_url: "microblog://signin/",
  });
  t.deepEqual([answer.status, answer.json()], [200, {}]);
  t.is(mails[0]!.to, "lee@lee.example");
  const word = wordIn(mails[0]!.text);

  const opened = await ask(`GET /account/signin/${word}`);
  t.deepEqual([opened.status, opened.headers.location], [302, `microblog://signin/${word}`]);
  const [first, second] = await Promise.all([0, 1].map(() => ask("POST /account/verify", { form: { token: word } })));
  const facts = first!.json() as Record<string, string>;
  t.like(facts, { username: "lee", email: "lee@lee.example", default_site: "lee.example", has_site: true, is_fullaccess: true });
  t.regex(facts.token!, /^[0-9A-F]{20}$/);
  t.not(facts.token, word);
  t.is((second!.json() as { token: string }).token, facts.token!);
  const again = await ask("POST /account/verify", { form: { token: facts.token } });
  t.is((again.json() as { token: string }).token, facts.token!);

  // One app goes on with the word it sent.
  for (const authorization of [`Token ${facts.token}`, `bearer ${facts.token}`, facts.token!, word])
    t.is((await ask("POST /account/ai?is_using_ai=0", { headers: { authorization } })).status, 200, authorization);
  host.clock.advance({ minutes: 21 });
  t.deepEqual((await ask("POST /account/verify", { form: { token: word } })).json(), { error: "App token was not valid." });
  t.is((await ask("POST /account/ai", { headers: { authorization: word } })).status, 401);
  t.is((await ask(`GET /account/signin/${word}`)).status, 404);
  t.is((await ask("POST /account/verify", { headers: { authorization: `Bearer ${facts.token}` } })).status, 200);
  host.clock.advance({ hours: 1 });
  await host.runJobs();
  t.deepEqual(await host.house.storage.query("SELECT * FROM p_client_api_links"), []);
});

test("nobody learns who is here, mail goes only to registered apps, and not for ever", async (t) => {
  const { ask, mailed } = await signingIn(t);
  const unknown = await mailed({ email: "nobody@mail.example", app_name: "Strata", redirect_url: "strata://signin/" });
  t.deepEqual([unknown.answer.json(), unknown.mails], [{}, []]);
  for (const form of [
    { email: "lee@lee.example", app_name: "Strata", redirect_url: "evil://signin/" },
    { email: "lee@lee.example", app_name: "Evil" },
    { email: "lee" },
    {},
  ]) {
    const { answer, mails } = await mailed(form);
    t.is(answer.status, 200);
    t.deepEqual(Object.keys(answer.json() as object), ["error", "error_description"]);
    t.deepEqual(mails, []);
  }
  t.is((await mailed({ email: "lee@lee.example", is_mobile: "1" })).mails.length, 1);
  for (let times = 0; times < 4; times++) await mailed({ email: "lee@lee.example", app_name: "epilogue" });
  const { answer, mails } = await mailed({ email: "lee@lee.example" });
  t.deepEqual([answer.status, mails.length], [429, 0]);
  t.regex(answer.headers["retry-after"]!, /^\d+$/);
  t.is((await ask("POST /account/signin", { json: [1] })).status, 400);
});

test("whoever is asked for a second step signs in here before an app is opened", async (t) => {
  const { host, ask, mailed, lee } = await signingIn(t, { dashboard: true });
  await host.house.storage.write((db) =>
    db.run("INSERT INTO second_factors (account_id, last_step, created_at) VALUES (?, 0, ?)", [
      lee.id,
      host.clock.now().toISOString(),
    ]),
  );
  const { mails } = await mailed({ email: "lee@lee.example" });
  const word = /open-app\/([0-9A-F]{20})/.exec(mails[0]!.text)![1]!;
  const isRefused = async () =>
    t.true("error" in ((await ask("POST /account/verify", { form: { token: word } })).json() as object));
  await isRefused();
  t.is((await ask(`GET /account/signin/${word}`)).status, 303);
  const [kims, lees] = [await host.as("kim"), await host.as("lee")];
  t.is((await kims.get(`/open-app/${word}`)).status, 404, "somebody else's");
  const opened = await lees.get(`/open-app/${word}`);
  const appWord = /href="microblog:\/\/signin\/([0-9A-F]{20})"/.exec(opened.text)![1]!;
  t.not(appWord, word);
  await isRefused();
  t.like((await ask("POST /account/verify", { form: { token: appWord } })).json() as object, { username: "lee" });

  // Short addresses of people, which stand behind all others.
  for (const [path, status, location] of [
    ["/kim", 303, "/people/kim"],
    ["/@Kim", 303, "/people/kim"],
    ["/kim/7", 303, "/c/7"],
    ["/kim/x", 404],
    ["/nobody", 404],
    ["/nobody/7", 404],
    ["/account", 303, "/signin?next=%2Faccount"],
    ["/posts/kim", 200],
    ["/users/kim", 404],
    ["/kim/avatar.jpg", 200],
  ] as const) {
    const { headers, ...found } = await ask(`GET ${path}`);
    t.deepEqual([found.status, headers.location], [status, location], path);
  }
  t.is((await ask("POST /kim")).status, 404);
  t.like((await ask("GET /notes")).json() as object, { error: "method_not_allowed" });
});

test("apps say how they write times", async (t) => {
  const { ask, keyOf, kim } = await open(t);
  const key = await keyOf(kim);
  const said = { minutes: "360", format: "24", order: "dmy", separator: "/" };
  t.deepEqual((await ask("POST /account/timezone", { key, form: said })).json(), {});
  t.deepEqual((await ask("POST /account/timezone", { key, json: { format: 12, minutes: "no", order: "x" } })).json(), {});
  t.deepEqual((await ask("POST /account/posts/kim.example/summarize", { key, form: { text: "A heron." } })).json(), {});
  t.deepEqual((await ask("GET /account/posts/kim.example/summarize", { key })).json(), { latest: { summary: "A heron." } });
  t.is((await ask("GET /account/posts/kim.example:8080/summarize", { key })).status, 200);
  t.is((await ask("GET /account/posts/lee.example/summarize", { key })).status, 404);
  t.like(((await ask("GET /account/info/domains", { key })).json() as object[])[0], {
    hostname: "kim.example",
    ssl_status: "ready",
  });
  t.is((await ask("POST /account/apple", { form: {} })).status, 404);
  const leads = async (path: string) => (await ask(`GET ${path}`)).headers.location;
  t.is(await leads("/account/muting?username=kim"), "/muted?kind=person&value=kim");
  t.is(await leads("/post?text=A%20heron%26"), "/compose?text=A+heron%26");
  t.regex((await ask("GET /about/api")).text, /_microblog/);
  t.is(await leads("/account/categories/kim.example/filters"), "/b/kim.example/categories");
});
