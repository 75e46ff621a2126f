import test from "ava";
import { app, challengeOf, noPkce, openFlow } from "./flow.testing.ts";

const tokenShape = /^[0-9A-F]{20}$/;

test("a code becomes a token once; shown again it takes the token back", async (t) => {
  const { host, answer, redeem, bearer, post } = await openFlow(t);
  const { to } = await answer();
  t.deepEqual([to.searchParams.get("keep"), to.searchParams.get("state")], ["1", app.state]);
  const code = to.searchParams.get("code")!;
  const [stored] = await host.house.storage.query("SELECT code_hash FROM p_indieauth_codes");
  t.not(stored!.code_hash, code, "kept as a hash");
  t.is((await host.request({ path: `/indieauth/token?code=${code}`, host: "hub.example" })).status, 401, "never by GET");
  t.is((await bearer("/indieauth/token", code)).status, 401, "a code is no token");

  const answered = await redeem(code);
  t.is(answered.status, 200, answered.text);
  t.is(answered.headers["cache-control"], "no-store");
  t.is(answered.headers["access-control-allow-origin"], "*");
  const got = answered.json() as Record<string, string>;
  t.regex(got.access_token!, tokenShape);
  t.like(got, {
    token_type: "Bearer",
    scope: "profile create",
    me: host.blog.url,
    profile: { name: "Kim", url: host.blog.url },
  });
  t.deepEqual((await bearer("/indieauth/token", got.access_token!)).json(), {
    me: host.blog.url,
    client_id: app.client_id,
    scope: "profile create",
  });
  const [app1] = await host.house.storage.query("SELECT name, client_id FROM app_tokens");
  t.deepEqual({ ...app1 }, { name: "app.example", client_id: app.client_id });

  const again = await redeem(code);
  t.is(again.status, 400);
  t.like(again.json(), { error: "invalid_grant" });
  t.is((await bearer("/indieauth/token", got.access_token!)).status, 401, "the token went with it");
  t.like(
    (
      await post("/indieauth/token", { grant_type: "refresh_token", refresh_token: got.refresh_token!, client_id: app.client_id })
    ).json(),
    {
      error: "invalid_grant",
    },
  );
});

test("a code is burnt by whatever is wrong with the first try", async (t) => {
  const { host, answer, redeem } = await openFlow(t);
  const wrong: readonly [Record<string, string | undefined>, string][] = [
    [{ client_id: "https://other.example/" }, "invalid_grant"],
    [{ client_id: undefined }, "invalid_request"],
    [{ redirect_uri: "https://app.example/back" }, "invalid_grant"],
    [{ redirect_uri: undefined }, "invalid_request"],
    [{ code_verifier: "x".repeat(50) }, "invalid_grant"],
    [{ code_verifier: undefined }, "invalid_grant"],
    [{ grant_type: undefined }, "invalid_request"],
  ];
  for (const [changes, error] of wrong) {
    const code = (await answer()).to.searchParams.get("code")!;
    const refused = await redeem(code, changes);
    t.is(refused.status, 400);
    t.like(refused.json(), { error }, JSON.stringify(changes));
    t.like((await redeem(code)).json(), { error: "invalid_grant" }, "burnt");
  }
  const late = (await answer()).to.searchParams.get("code")!;
  host.clock.advance({ minutes: 5, seconds: 1 });
  t.like((await redeem(late)).json(), { error: "invalid_grant" });
  t.like((await redeem("made-up")).json(), { error: "invalid_grant" });
  t.like((await redeem("x", { grant_type: "password" })).json(), { error: "unsupported_grant_type" });
});

test("without a challenge there is no verifier, and old apps may leave out what they did not know of", async (t) => {
  const { answer, redeem } = await openFlow(t);
  const code = async () => (await answer(noPkce)).to.searchParams.get("code")!;
  t.like((await redeem(await code())).json(), { error: "invalid_grant" }, "a verifier for no challenge");
  t.is((await redeem(await code(), { code_verifier: undefined })).status, 200);
  t.is((await redeem(await code(), { code_verifier: undefined, grant_type: undefined, redirect_uri: undefined })).status, 200);
  const other = { code_verifier: undefined, redirect_uri: "https://app.example/other" };
  t.like((await redeem(await code(), other)).json(), { error: "invalid_grant" });
});

test("what nobody allowed makes no token; who one is is said at the authorization endpoint", async (t) => {
  const { host, answer, redeem, post } = await openFlow(t);
  const none = (await answer({ scope: undefined })).to.searchParams.get("code")!;
  const refused = await redeem(none);
  t.is(refused.status, 400);
  t.like(refused.json(), { error: "invalid_grant" });
  t.is((await host.house.storage.query("SELECT id FROM app_tokens")).length, 0);
  const who = await redeem((await answer({ scope: undefined })).to.searchParams.get("code")!, {}, "/indieauth/auth");
  t.deepEqual(who.json(), { me: host.blog.url });
  await host.house.storage.write((db) =>
    db.run("UPDATE accounts SET email = 'kim@mail.example' WHERE id = ?", [host.account.id]),
  );
  const asked = await redeem((await answer({ scope: "profile email" })).to.searchParams.get("code")!, {}, "/indieauth/auth");
  t.deepEqual(asked.json(), { me: host.blog.url, profile: { name: "Kim", url: host.blog.url, email: "kim@mail.example" } });
  const half = await redeem((await answer({ scope: "email create" })).to.searchParams.get("code")!);
  t.like(half.json(), { scope: "create" }, "an address is part of a profile");
  const unticked = await redeem((await answer({ scope: "create update" }, { scope: ["update"] })).to.searchParams.get("code")!);
  t.like(unticked.json(), { scope: "update" });
  t.is((await post("/indieauth/auth", {})).status, 400);
});

test("tokens are renewed, checked, and taken back", async (t) => {
  const { host, token, post, bearer, kim } = await openFlow(t, {
    blogs: [{ host: "kim.example" }, { host: "lee.example", owner: "lee" }],
  });
  await host.set("indieauth", { lifetime: "day" });
  const got = await token();
  t.is(got.expires_in as unknown, 86_400);
  const renew = (more: Record<string, string> = {}) =>
    post("/indieauth/token", {
      grant_type: "refresh_token",
      refresh_token: got.refresh_token!,
      client_id: app.client_id,
      ...more,
    });
  t.like((await renew({ client_id: "https://other.example/" })).json(), { error: "invalid_grant" });
  t.like((await renew({ scope: "create update" })).json(), { error: "invalid_scope" });
  const narrow = (await renew({ scope: "create" })).json() as Record<string, string>;
  t.like(narrow, { scope: "create", me: host.blog.url, token_type: "Bearer" });
  t.is((await bearer("/indieauth/token", got.access_token!)).status, 401, "the old value is over");
  t.is((await bearer("/indieauth/userinfo", narrow.access_token!)).status, 403);
  const wide = (
    await post("/indieauth/token", {
      grant_type: "refresh_token",
      refresh_token: narrow.refresh_token!,
      client_id: "https://app.example",
    })
  ).json() as Record<string, string>;
  t.like(wide, { scope: "profile create" }, "the refresh token keeps what was granted");
  t.deepEqual((await bearer("/indieauth/userinfo", wide.access_token!)).json(), { name: "Kim", url: host.blog.url });
  t.is((await bearer("/indieauth/userinfo", null)).status, 401);

  const check = (value: string, authorization?: string) =>
    post("/indieauth/introspect", { token: value }, authorization === undefined ? {} : { authorization });
  t.is((await check(wide.access_token!)).status, 401);
  t.is((await check(wide.access_token!, "Bearer made-up")).status, 401);
  const now = Math.floor(host.clock.now().getTime() / 1000);
  const facts = (await check(wide.access_token!, `Bearer ${wide.access_token!}`)).json();
  t.deepEqual(facts, {
    active: true,
    me: host.blog.url,
    client_id: app.client_id,
    scope: "profile create",
    iat: now,
    exp: now + 86_400,
  });
  const dead = await check("0123456789ABCDEF0123", `Bearer ${wide.access_token!}`);
  t.deepEqual([dead.status, dead.json()], [200, { active: false }]);
  const lees = await host.token({ scopes: ["create"], account: await host.person("lee"), blog: null });
  const strange = await check(wide.access_token!, `Bearer ${lees}`);
  t.deepEqual([strange.status, strange.json()], [200, { active: false }], "somebody else's");
  host.clock.advance({ minutes: 1 });
  t.like((await renew()).json(), { error: "invalid_grant" }, "used before");
  t.is((await bearer("/indieauth/token", wide.access_token!)).status, 401, "the family went");

  for (const [path, form] of [
    ["/indieauth/revoke", {}],
    ["/indieauth/token", { action: "revoke" }],
  ] as const)
    for (const name of ["access_token", "refresh_token"] as const) {
      const one = await token();
      const answered = await post(path, { ...form, token: one[name]! });
      t.is(answered.status, 200);
      t.is((await bearer("/indieauth/token", one.access_token!)).status, 401, `${path} ${name}`);
    }
  t.is((await post("/indieauth/revoke", { token: "made-up" })).status, 200);
  const empty = await post("/indieauth/revoke", {});
  t.is(empty.status, 400);
  t.like(empty.json(), { error: "invalid_request" });
  const last = await token();
  const page = await kim.get("/account");
  t.regex(page.text, /app\.example<\/strong> https:\/\/app\.example\//);
  await kim.post(`/account/apps/${/apps\/(\w{26})\/revoke/.exec(page.text)![1]!}/revoke`);
  t.is((await bearer("/indieauth/token", last.access_token!)).status, 401);
});

test("a challenge in hex is the same hash; a token opens nothing when its person left the blog", async (t) => {
  const { host, answer, redeem, bearer } = await openFlow(t, {
    blogs: [{ host: "kim.example" }, { host: "team.example", owner: "lee", members: { kim: "author" } }],
  });
  const hex = Buffer.from(challengeOf("a-verifier-that-is-long-enough-for-rfc-7636-0123456789"), "base64url").toString("hex");
  t.is((await redeem((await answer({ code_challenge: hex })).to.searchParams.get("code")!)).status, 200);
  const team = host.blogs[1]!;
  const got = (await redeem((await answer({}, { blog: team.id })).to.searchParams.get("code")!)).json() as Record<string, string>;
  t.is(got.me, team.url);
  await host.house.storage.write((db) =>
    db.run("DELETE FROM memberships WHERE blog_id = ? AND account_id = ?", [team.id, host.account.id]),
  );
  t.is((await bearer("/indieauth/token", got.access_token!)).status, 401);
});

test("metadata, links and the page for apps of one origin", async (t) => {
  const { host } = await openFlow(t);
  const hub = `http://hub.example:${host.port}`;
  const found = (await host.get("/.well-known/oauth-authorization-server")).json() as Record<string, unknown>;
  t.is(found.issuer, host.blog.url);
  t.is(found.authorization_endpoint, `${hub}/indieauth/auth`);
  t.deepEqual(found.introspection_endpoint_auth_methods_supported, ["Bearer"]);
  const own = await host.request({ path: "/.well-known/oauth-authorization-server", host: "hub.example" });
  t.is((own.json() as { issuer: string }).issuer, `${hub}/`);
  t.is((await host.request({ path: "/indieauth/client", host: "hub.example" })).status, 200);
  const page = await host.get("/");
  for (const rel of ["indieauth-metadata", "authorization_endpoint", "token_endpoint"]) {
    t.regex(page.headers.link!, new RegExp(`<http[^>]+>; rel="${rel}"`));
    t.regex(page.text.split("</head>")[0]!, new RegExp(`<link rel="${rel}" href="http`));
  }
  const fork = await host.request({ path: "/indieauth/redirect?code=a%20b&state=7", host: "hub.example" });
  t.deepEqual([fork.status, fork.headers.location], [302, "microblog://micropub?code=a+b&state=7"]);
});
