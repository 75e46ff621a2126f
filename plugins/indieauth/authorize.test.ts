import test from "ava";
import { app, noPkce, openFlow } from "./flow.testing.ts";

// A PNG of one dot.
const picture = new Uint8Array(
  Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64"),
);

test("until the address of the answer is trusted, nobody is sent anywhere; after that the app is told", async (t) => {
  const { ask, host } = await openFlow(t);
  host.network.on("GET https://app.example/", {
    html: `<link rel="redirect_uri" href="/elsewhere"><link rel="redirect_uri" href="appland://done">`,
    headers: { link: '<https://far.example/back>; rel="redirect_uri"' },
  });

  const refused: readonly Record<string, string | undefined>[] = [
    { client_id: undefined },
    { client_id: "https://kim@app.example/" },
    { redirect_uri: undefined },
    { redirect_uri: "https://evil.example/back" },
    { redirect_uri: "http://app.example/back" },
    { redirect_uri: "https://app.example:8443/back" },
    { redirect_uri: "https://app.example.evil.example/back" },
    { redirect_uri: "https://far.example/back/" },
    { redirect_uri: "https://far.example/back?x=1" },
    { redirect_uri: "https://FAR.example/back" },
    { redirect_uri: "otherland://done" },
    { redirect_uri: "appland://done/" },
  ];
  for (const changes of refused) {
    const page = await ask({ ...changes, response_type: "token" });
    t.is(page.status, 400, JSON.stringify(changes));
    t.is(page.headers.location, undefined, JSON.stringify(changes));
  }
  for (const redirect of ["https://far.example/back", "appland://done", "https://app.example/elsewhere"])
    t.is((await ask({ redirect_uri: redirect })).status, 200, redirect);

  const told: readonly [Record<string, string | undefined>, string][] = [
    [{ response_type: "token" }, "unsupported_response_type"],
    [{ response_type: undefined }, "invalid_request"],
    [{ code_challenge_method: "plain" }, "invalid_request"],
    [{ code_challenge_method: undefined }, "invalid_request"],
    [{ code_challenge: "short" }, "invalid_request"],
    [{ scope: 'a"b' }, "invalid_scope"],
  ];
  for (const [changes, error] of told) {
    const page = await ask(changes);
    const to = new URL(page.headers.location!);
    t.is(page.status, 302);
    t.is(to.origin + to.pathname, "https://app.example/back");
    t.deepEqual(
      [to.searchParams.get("keep"), to.searchParams.get("error"), to.searchParams.get("state"), to.searchParams.get("iss")],
      ["1", error, app.state, `http://hub.example:${host.port}/`],
    );
  }
  t.is(new URL((await ask({ state: undefined })).headers.location!).searchParams.get("state"), null);
});

test("who is signed out signs in first and comes back with every parameter as it was", async (t) => {
  const { host, addressOf } = await openFlow(t);
  const out = await host.request({ path: addressOf({ state: "é&=+/? %20'()*" }), host: "hub.example" });
  t.is(out.status, 303);
  const to = new URL(out.headers.location!, "http://hub.example");
  t.is(to.pathname, "/signin");
  const next = new URL(to.searchParams.get("next")!, "http://hub.example");
  t.deepEqual(Object.fromEntries(next.searchParams), { ...app, state: "é&=+/? %20'()*" });
  const form = await host.request({ path: out.headers.location!, host: "hub.example" });
  const kept = /name="next" value="([^"]+)"/.exec(form.text)![1]!.replaceAll("&amp;", "&").replaceAll("&#39;", "'");
  t.deepEqual(Object.fromEntries(new URL(kept, "http://hub.example").searchParams), Object.fromEntries(next.searchParams));
});

test("the question says who asks for what, warns, and is answered once by whom it was put to", async (t) => {
  const { host, ask, answer, kim } = await openFlow(t);
  const lee = await host.as("lee");
  host.network.on("GET https://bird.example/logo.png", { bytes: picture, headers: { "content-type": "image/png" } });
  host.network.on("GET https://bird.example/app.json", {
    json: {
      client_id: "https://bird.example/app.json",
      client_name: "Bird <b>app</b>",
      client_uri: "https://bird.example/",
      logo_uri: "https://bird.example/logo.png",
      redirect_uris: ["https://nest.example/back", "/here"],
    },
  });
  const changes = {
    client_id: "https://bird.example/app.json",
    redirect_uri: "https://nest.example/back",
    scope: "post birds email",
    ...noPkce,
  };
  const page = await ask(changes);
  t.is(page.status, 200);
  t.regex(page.text, /<title>Let Bird &lt;b&gt;app&lt;\/b&gt; in\?/);
  t.regex(page.text, /<code[^>]*>https:\/\/bird\.example\/app\.json<\/code>/);
  t.regex(page.text, /another site than the app’s: nest\.example/);
  t.regex(page.text, /does not protect the sign-in/);
  t.regex(page.text, /value="create" checked> <span>Publish posts/);
  t.regex(page.text, /<code>birds<\/code>/);
  t.notRegex(page.text, /value="birds"|value="update"|logo\.png/);
  t.regex(page.headers["content-security-policy"]!, /frame-ancestors 'none'/);
  t.notRegex(page.headers["content-security-policy"]!, /form-action/);
  t.is(page.headers["cache-control"], "no-store");
  const logo = /<img src="(\/indieauth\/logo\/[0-9a-f]{64})" alt=""/.exec(page.text)![1]!;
  const shown = await kim.get(logo);
  t.deepEqual([shown.status, shown.headers["content-type"]], [200, "image/png"]);
  t.not((await host.request({ path: logo, host: "hub.example" })).status, 200);
  t.is((await kim.get(`/indieauth/logo/${"0".repeat(64)}`)).status, 404);
  t.is((await ask(changes)).status, 200);
  t.is(host.network.requestsTo("GET https://bird.example/app.json").length, 1, "kept for an hour");
  t.is(host.network.requestsTo("GET https://bird.example/logo.png").length, 1);

  const question = /name="question" value="([^"]+)"/.exec(page.text)![1]!;
  const blog = /name="blog" value="(\w+)"/.exec(page.text)![1]!;
  const wish = { question, blog, scope: ["create", "update", "birds", "email"], answer: "allow" };
  t.is((await lee.post("/indieauth/consent", wish)).status, 422, "not who was asked");
  t.is((await kim.post("/indieauth/consent", { ...wish, csrf: "made-up" })).status, 403);
  const sent = await kim.post("/indieauth/consent", wish);
  t.is(sent.status, 302);
  const to = new URL(sent.headers.location!);
  t.is(to.host, "nest.example");
  t.deepEqual([...to.searchParams.keys()], ["code", "state", "iss", "me"]);
  t.is(to.searchParams.get("me"), host.blog.url);
  t.is(to.searchParams.get("iss"), host.blog.url);
  t.is((await kim.post("/indieauth/consent", wish)).status, 422, "once");

  const no = await answer({}, { answer: "deny" });
  t.deepEqual([no.to.searchParams.get("error"), no.to.searchParams.get("state")], ["access_denied", app.state]);
  t.is(no.to.searchParams.get("code"), null);
  const late = await ask();
  host.clock.advance({ minutes: 31 });
  const over = /name="question" value="([^"]+)"/.exec(late.text)![1]!;
  t.is((await kim.post("/indieauth/consent", { ...wish, question: over })).status, 422);

  const kept = () => host.house.storage.query("SELECT collection FROM plugin_documents WHERE plugin_id = 'indieauth'");
  t.deepEqual((await kept()).map(({ collection }) => collection).toSorted(), ["clients", "logos"]);
  host.clock.advance({ days: 8, hours: 1 });
  await host.runJobs();
  t.deepEqual(await kept(), [], "what nothing reads any more is forgotten, though the installation has no jobs that come round");
});

test("a logo that is none, is too large or cannot be had is not shown, and no other site learns who is asked", async (t) => {
  const { host, ask } = await openFlow(t);
  const logos: [string, object | null][] = [
    [
      "/logo.svg",
      { text: "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", headers: { "content-type": "image/svg+xml" } },
    ],
    [
      "/lies.png",
      { text: "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", headers: { "content-type": "image/png" } },
    ],
    ["/page.png", { html: "<p>no" }],
    ["/broken.png", { text: "no picture", headers: { "content-type": "image/png" } }],
    ["/large.png", { bytes: new Uint8Array(300_000), headers: { "content-type": "image/png" } }],
    ["/gone.png", { status: 404, bytes: picture, headers: { "content-type": "image/png" } }],
    ["/silent.png", { fails: "timeout" }],
    ["javascript:alert(1)", null],
    ["https://a:b@app.example/logo.png", null],
  ];
  for (const [logo_uri, answer] of logos) {
    const html = `<div class="h-app"><span class="p-name">App</span><img class="u-logo" src="${logo_uri}"></div>`;
    host.network.on("GET https://app.example/", { html });
    const at = `GET https://app.example${logo_uri}`;
    if (answer) host.network.on(at, answer);
    host.clock.advance({ hours: 2 });
    const page = await ask();
    t.regex(page.text, /Let App in/);
    t.notRegex(page.text, /<img[^>]+(?:logo|app\.example)/, logo_uri);
    if (answer) t.is(host.network.requestsTo(at).length, 1, logo_uri);
  }
});

test("a client is fetched carefully, and what is wrong with its word leaves only its address", async (t) => {
  const { host, ask } = await openFlow(t);
  const json = (more: object) => ({ client_id: "https://app.example/", client_name: "Named", ...more });
  const bare = async (script: object, id = "https://app.example/") => {
    host.network.on(`GET ${id}`, script);
    const page = await ask({ client_id: id, redirect_uri: `${new URL(id).origin}/back` });
    t.is(page.status, 200);
    t.regex(page.text, /says nothing of itself/, JSON.stringify(script).slice(0, 80));
  };
  await bare({ status: 404, json: json({}) });
  await bare({ redirect: "https://other.example/" });
  await bare({ status: 201, json: json({}) });
  await bare({ fails: "timeout" });
  await bare({ json: json({ client_id: "https://other.example/" }) });
  await bare({ json: json({ client_uri: "https://other.example/" }) });
  await bare({ json: json({ client_uri: "https://app.example.evil.example/" }) });
  await bare({ json: json({ client_name: "x".repeat(6_000) }) });
  await bare({ json: [] });
  await bare({ text: "{", headers: { "content-type": "application/json" } });
  await bare({ html: "x".repeat(300_000) });
  await bare({ text: "Named" });
  t.is(host.network.requestsTo("GET https://other.example/").length, 0, "redirects are not followed");
  for (const own of ["http://127.0.0.1/", "http://[::1]/", "http://localhost/", "http://app.localhost:8080/"]) {
    const page = await ask({ client_id: own, redirect_uri: `${own}back` });
    t.regex(page.text, /says nothing of itself/, own);
  }
  host.network.on("GET https://app.example/", {
    html: `<div class="h-app"><a class="u-url p-name" href="https://else.example/">Birds\u202e app</a></div>`,
    headers: { "cache-control": "max-age=999999" },
  });
  const named = await ask();
  t.regex(named.text, /Let Birds app in\?/);
  t.regex(named.text, /calls another site its home: else\.example/);
  host.clock.advance({ hours: 23 });
  await ask();
  const before = host.network.requestsTo("GET https://app.example/").length;
  host.clock.advance({ hours: 2 });
  await ask();
  t.is(host.network.requestsTo("GET https://app.example/").length, before + 1, "kept for a day at most");
});

test("the owner decides about apps without PKCE, and only one's own blogs say who one is", async (t) => {
  const { host, ask, answer, redeem } = await openFlow(t, {
    blogs: [
      { host: "kim.example" },
      { host: "team.example", owner: "lee", members: { kim: "author" } },
      { host: "birds.example" },
    ],
  });
  await host.set("indieauth", { withoutPkce: "named", withoutPkceApps: "https://other.example/\nhttps://app.example" });
  t.is((await ask(noPkce)).status, 200);
  await host.set("indieauth", { withoutPkce: "none" });
  const page = await ask(noPkce);
  t.false(page.text.includes(`value="${host.blog.id}"`), "a blog that allows none is no choice");
  t.true(page.text.includes(`value="${host.blogs[2]!.id}"`));
  for (const blog of host.blogs) await host.set("indieauth", { withoutPkce: "none" }, blog);
  t.is(new URL((await ask(noPkce)).headers.location!).searchParams.get("error"), "invalid_request");

  const who = await ask({ scope: "profile" });
  const team = host.blogs[1]!;
  for (const blog of [host.blogs[0]!, host.blogs[2]!]) t.true(who.text.includes(`name="blog" value="${blog.id}"`));
  t.false(who.text.includes(team.id));
  const { to } = await answer({ me: "https://birds.example/" }, { blog: team.id });
  t.is(to.searchParams.get("me"), team.url);
  t.is(to.searchParams.get("iss"), host.blogs[2]!.url, "the issuer by which the app came");
  const code = to.searchParams.get("code")!;
  t.is((await redeem(code, {}, "/indieauth/auth")).status, 400, "an author is not who the blog stands for");
  const hinted = await ask({ me: "birds.example" });
  t.regex(hinted.text, new RegExp(`value="${host.blogs[2]!.id}" checked`));
  const lee = await host.as("lee");
  await host.house.host.disable("indieauth", { blog: team });
  t.regex((await ask({}, lee)).text, /no blog that an app could be let in to/);
});
