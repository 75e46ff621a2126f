import test, { type ExecutionContext } from "ava";
import { createTestHost } from "rookery/testing";
import plugin from "../plugin.ts";

const site = "https://lee.example/";
const server = "https://auth.example/";

async function open(t: ExecutionContext) {
  const host = await createTestHost(t, {
    plugins: [{ plugin, folder: new URL("..", import.meta.url).pathname }],
    dashboard: true,
    now: new Date().toISOString(),
  });
  const lee = await host.as("lee");
  const { network } = host;
  network.on(`GET ${site}`, {
    html: `<link rel="indieauth-metadata" href="${server}metadata"><p>Lee`,
    headers: { link: '</style>; rel="preload"' },
  });
  network.on(`GET ${server}metadata`, {
    json: {
      issuer: server,
      authorization_endpoint: `${server}auth?as=lee`,
      authorization_response_iss_parameter_supported: true,
    },
  });
  network.on(`POST ${server}auth?as=lee`, { json: { me: site } });
  /** Lee presses Connect; gives where he is sent. */
  const go = async (typed = "lee.example") => {
    const page = await lee.post("/account/identities/with/indieauth", { "with-indieauth": typed });
    return { page, to: URL.parse((page.headers.refresh ?? "").replace(/^0; url=/, "")) };
  };
  const back = (to: URL, more: Record<string, string> = {}) => {
    const wanted = { state: to.searchParams.get("state")!, iss: server, code: "c0de", ...more };
    return lee.get(`/signin/with/callback?${new URLSearchParams(wanted)}`);
  };
  const names = () =>
    host.house.storage.query("SELECT identity FROM identities").then((rows) => rows.map(({ identity }) => identity));
  return { host, network, lee, go, back, names };
}

test("a site is found by its metadata, asked with PKCE, and believed when all fits", async (t) => {
  const { host, network, go, back, names } = await open(t);
  const { to } = await go();
  const asked = Object.fromEntries(to!.searchParams);
  t.is(to!.origin + to!.pathname, `${server}auth`);
  t.like(asked, {
    as: "lee",
    response_type: "code",
    code_challenge_method: "S256",
    me: site,
    client_id: `http://hub.example:${host.port}/indieauth/client`,
  });
  t.regex(asked.code_challenge!, /^[\w-]{43}$/);
  t.is((await back(to!)).headers.location, "/account#identities");
  t.deepEqual(await names(), [site]);
  const [sent] = network.sent<Record<string, string>>(`POST ${server}auth?as=lee`);
  t.like(sent!, { grant_type: "authorization_code", code: "c0de", client_id: asked.client_id, redirect_uri: asked.redirect_uri });
  const hash = await crypto.subtle.digest("SHA-256", Buffer.from(sent!.code_verifier!));
  t.is(Buffer.from(hash).toString("base64url"), asked.code_challenge!);
  const page = await host.request({ path: "/signin", host: "hub.example", headers: { "accept-language": "de" } });
  t.regex(page.text, /Adresse der eigenen Website[^]*Mit der eigenen Website/);
});

test("an answer that does not fit proves nothing", async (t) => {
  const { network, go, back, names } = await open(t);
  const refused = async (more: Record<string, string>) => (await back((await go()).to!, more)).status;
  t.is(await refused({ iss: "https://auth.example" }), 422);
  t.is(await refused({ iss: "https://evil.example/" }), 422);
  t.is(await refused({ error: "access_denied" }), 422);
  t.is(await refused({ code: "" }), 422);
  t.is(await refused({ state: "made-up" }), 403);
  const answers: object[] = [
    { status: 400, json: { error: "invalid_grant" } },
    { json: { me: 7 } },
    { json: {} },
    { json: [] },
    { text: "me=https://lee.example/" },
    { json: { me: "javascript:alert(1)" } },
    { json: { me: "https://user@lee.example/" } },
    { redirect: "https://evil.example/" },
    { fails: "timeout" },
  ];
  for (const answer of answers) {
    network.on(`POST ${server}auth?as=lee`, answer);
    t.is(await refused({}), 422, JSON.stringify(answer));
  }
  network.on(`POST ${server}auth?as=lee`, { json: { me: "https://kim.example/" } });
  network.on("GET https://kim.example/", { html: `<link rel="authorization_endpoint" href="https://kims.example/auth"><p>Kim` });
  t.is(await refused({}), 422, "somebody else's site, which does not name this server");
  t.deepEqual(await names(), []);
  network.on("GET https://kim.example/", { html: `<link rel="indieauth-metadata" href="${server}metadata"><p>Kim` });
  t.is(await refused({}), 303, "a site that names this server too");
  t.deepEqual(await names(), ["https://kim.example/"]);
});

test("what cannot be a site, or says nothing, is told in words", async (t) => {
  const { network, go } = await open(t);
  const told = async (typed: string, words: RegExp) => {
    const { page } = await go(typed);
    t.is(page.status, 422, typed);
    t.regex(page.text, words);
  };
  await told("", /Write the address of your site/);
  for (const typed of [
    "https://127.0.0.1/",
    "https://[::1]/",
    "https://lee.example:8443/",
    "ftp://lee.example/",
    "https://a@lee.example/",
  ])
    await told(typed, /Write the address of your site/);
  network.on("GET https://gone.example/", { status: 404 });
  await told("gone.example", /could not be reached/);
  network.on("GET https://plain.example/", { html: "<p>Nothing <!-- <link rel=authorization_endpoint href=/x> -->" });
  await told("plain.example", /needs IndieAuth/);
  for (const json of [
    {},
    [],
    { issuer: "https://other.example/", authorization_endpoint: `${server}auth` },
    { issuer: server, authorization_endpoint: 5 },
  ]) {
    network.on(`GET ${server}metadata`, { json });
    await told("lee.example", /needs IndieAuth/);
  }
});
