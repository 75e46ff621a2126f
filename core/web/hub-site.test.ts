import test from "ava";
import { readdirSync, readFileSync } from "node:fs";
import { definePlugin } from "../plugin.ts";
import { startSession } from "../people/sessions.ts";
import { createTestHost, type TestHost } from "../testing/test-host.ts";
import type { Screen } from "./screen.types.ts";

const screens: readonly Screen[] = [
  { method: "GET", path: "/signin", access: "public", run: ({ csrf }) => ({ text: csrf }) },
  {
    method: "POST",
    path: "/signin",
    access: "public",
    run: async (request) => ({ text: (await request.form()).fields.get("name") ?? "" }),
  },
  {
    method: "GET",
    path: "/",
    access: "member",
    run: ({ account, csrf, flash }) => ({ text: `${account!.username} ${csrf} ${flash?.text}` }),
  },
  { method: "POST", path: "/save", access: "member", run: () => ({ redirect: "/", flash: "Saved – ✓" }) },
  { method: "GET", path: "/admin", access: "admin", run: () => ({ text: "admin" }) },
  { method: "GET", path: "/assets/style.css", access: "public", run: () => ({ text: "p{}" }) },
  {
    method: "GET",
    path: "/b/:blog/posts",
    access: "member",
    run: ({ params, query }) => ({ text: `${params.blog} ${query.get("tab")}` }),
  },
  {
    method: "POST",
    path: "/upload",
    access: "member",
    run: async (request) => {
      const { fields, files } = await request.form();
      return {
        json: {
          alt: fields.getAll("alt"),
          files: files.map((file) => [file.field, file.name, file.bytes, readFileSync(file.path, "utf8")]),
        },
      };
    },
  },
];

async function signedIn(t: Parameters<typeof createTestHost>[0]) {
  const host = await createTestHost(t, { screens: () => screens });
  const { cookie, session } = await host.house.storage.write((db) =>
    startSession(db, host.account.id, { userAgent: "test", address: "" }, new Date()),
  );
  const hub = { host: "hub.example", headers: { cookie: `rk=${cookie}`, origin: `http://hub.example:${host.port}` } };
  return { host, hub, csrf: session.csrf };
}

const ask = (host: TestHost, path: string, options: { headers?: Record<string, string> } = {}) =>
  host.request("GET", path, undefined, { host: "hub.example", ...options });

test("who is not signed in is led to the sign-in and back; who is, gets in", async (t) => {
  const { host, hub } = await signedIn(t);

  const away = await ask(host, "/b/kim/posts?tab=drafts");
  t.is(away.status, 303);
  t.is(away.headers.location, "/signin?next=%2Fb%2Fkim%2Fposts%3Ftab%3Ddrafts");
  t.is((await ask(host, "/b/kim/posts?tab=drafts", hub)).text, "kim drafts");
  t.is((await ask(host, "/", { headers: { cookie: "rk=forged" } })).status, 303);
});

test("the hub's pages are kept by nobody, framed by nobody, and send no cookie to a blog", async (t) => {
  const { host, hub } = await signedIn(t);

  const page = await ask(host, "/", hub);

  t.is(page.headers["cache-control"], "no-store");
  t.regex(page.headers["content-security-policy"]!, /frame-ancestors 'none'/);
  t.is(page.headers["cross-origin-opener-policy"], "same-origin");
  t.is((await host.get("/", { cookie: hub.headers.cookie })).headers["set-cookie"], undefined);
});

test("a form needs our origin, the session's word and a form's type; then it counts, and its message shows once", async (t) => {
  const { host, hub, csrf } = await signedIn(t);
  const post = (body: Record<string, string>, headers: Record<string, string> = {}) =>
    host.request("POST", "/save", body, { ...hub, headers: { ...hub.headers, ...headers } });

  t.is((await post({ csrf }, { origin: "https://evil.example" })).status, 403);
  t.is((await post({ csrf }, { origin: "null" })).status, 403);
  t.is((await post({ csrf }, { "sec-fetch-site": "cross-site" })).status, 403);
  t.is((await post({ csrf: "wrong" })).status, 403);
  t.is((await post({})).status, 403);
  t.is(
    (await host.request("POST", "/save", { csrf }, { host: "hub.example", headers: { cookie: hub.headers.cookie } })).status,
    403,
  );
  t.is((await post({ csrf }, { "content-type": "application/json" })).status, 415);
  const saved = await post({ csrf });
  t.like(saved, { status: 303 });

  const flash = [saved.headers["set-cookie"]]
    .flat()
    .join(";")
    .match(/rk-flash=([^;]*)/)![1]!;
  const shown = await ask(host, "/", { headers: { cookie: `${hub.headers.cookie}; rk-flash=${flash}` } });
  t.regex(shown.text, /Saved – ✓/);
  t.regex(String(shown.headers["set-cookie"]), /rk-flash=;.*Max-Age=0/);
});

test("a form of somebody signed out is bound to a cookie of its own", async (t) => {
  const { host } = await signedIn(t);
  const page = await ask(host, "/signin");
  const cookie = String(page.headers["set-cookie"]).split(";")[0]!;
  const origin = `http://hub.example:${host.port}`;
  const send = (csrf: string, with_: Record<string, string>) =>
    host.request("POST", "/signin", { csrf, name: "kim" }, { host: "hub.example", headers: { origin, ...with_ } });

  t.is((await send(page.text, { cookie })).text, "kim");
  t.is((await send(page.text, {})).status, 403);
  t.is((await send("x".repeat(43), { cookie })).status, 403);
});

test("a file that arrives beside a signed-out page leaves the word of the page's form alone", async (t) => {
  const { host } = await signedIn(t);

  t.is((await ask(host, "/assets/style.css")).headers["set-cookie"], undefined);
});

test("a wrong role is told there is no such page; a POST after the session ended keeps its text", async (t) => {
  const { host, hub } = await signedIn(t);
  t.is((await ask(host, "/admin", hub)).text, "admin");
  await host.house.storage.write((db) => db.run("UPDATE accounts SET role = 'member'"));

  t.is((await ask(host, "/admin", hub)).status, 404);
  await host.house.storage.write((db) => db.run("UPDATE accounts SET role = 'admin'"));
  const ended = await host.request(
    "POST",
    "/save",
    { csrf: "x" },
    { host: "hub.example", headers: { origin: hub.headers.origin } },
  );
  t.is(ended.status, 401);
  t.regex(ended.text, /your text is still there/);
});

test("files come through with their names and leave nothing behind", async (t) => {
  const { host, hub, csrf } = await signedIn(t);
  const part = (name: string, value: string, file = "") =>
    `--x\r\ncontent-disposition: form-data; name="${name}"${file && `; filename="${file}"`}\r\n\r\n${value}\r\n`;
  const body = `${part("csrf", csrf)}${part("alt", "one")}${part("alt", "two")}${part("photo", "bytes", "../Vögel.jpg")}${part("empty", "", "")}--x--\r\n`;
  const headers = { ...hub.headers, "content-type": "multipart/form-data; boundary=x" };

  const answer = await host.request("POST", "/upload", body, { ...hub, headers });
  const cut = await host.request("POST", "/upload", body.slice(0, 100), { ...hub, headers });

  t.deepEqual(answer.json(), { alt: ["one", "two"], files: [["photo", "Vögel.jpg", 5, "bytes"]] });
  t.is(cut.status, 400);
  t.throws(() => readFileSync(`${host.folder}/uploads/anything`));
});

test("form fields that are no texts are refused, and the files beside them go", async (t) => {
  const { host, hub, csrf } = await signedIn(t);
  const part = (name: string, value: string, file = "") =>
    `--x\r\ncontent-disposition: form-data; name="${name}"${file && `; filename="${file}"`}\r\n\r\n${value}\r\n`;
  const send = (name: string, value: string) => {
    const body = `${part("csrf", csrf)}${part(name, value)}${part("photo", "bytes", "x")}--x--\r\n`;
    const headers = { ...hub.headers, "content-type": "multipart/form-data; boundary=x" };
    return host.request("POST", "/upload", body, { ...hub, headers });
  };

  t.is((await send("alt[x]", "an object")).status, 400);
  t.is((await send("__proto__[x]", "a prototype")).status, 400);
  t.is((await send("alt[toString]", "a method")).status, 400);
  t.is((await send("alt[a][b][c]", "deep")).status, 413);
  t.is((await send("alt", "a\0b")).status, 400);
  t.deepEqual(readdirSync(`${host.folder}/uploads`), []);
  t.deepEqual((await send("alt[]", "as composers send it")).json(), {
    alt: ["as composers send it"],
    files: [["photo", "x", 5, "bytes"]],
  });

  const urlencoded = { ...hub.headers, "content-type": "application/x-www-form-urlencoded" };
  t.is((await host.request("POST", "/save", `csrf=${csrf}&a=%ff`, { ...hub, headers: urlencoded })).status, 400);
  t.is((await host.request("POST", "/save", `csrf=${csrf}&a=%C3%A9 100%`, { ...hub, headers: urlencoded })).status, 303);
});

test("nobody who is not signed in can leave files, not even for a moment", async (t) => {
  const { host } = await signedIn(t);
  const origin = `http://hub.example:${host.port}`;
  const headers = { origin, "content-type": "multipart/form-data; boundary=x" };
  const body = '--x\r\ncontent-disposition: form-data; name="f"; filename="f"\r\n\r\nbytes\r\n--x--\r\n';

  t.is((await host.request("POST", "/signin", body, { host: "hub.example", headers })).status, 415);
  t.throws(() => readdirSync(`${host.folder}/uploads`), { code: "ENOENT" });
});

test("before anybody set it up, everything leads to the set-up", async (t) => {
  const { host } = await signedIn(t);
  await host.house.storage.write((db) => db.run("UPDATE accounts SET role = 'member'"));

  t.is((await ask(host, "/")).headers.location, "/setup");
  t.is((await ask(host, "/signin")).status, 200);
});

test("a plugin's routes on the hub and in the dashboard know who is signed in, and take changes from there only", async (t) => {
  const run = ({ accountId, headers }: { accountId: string | null; headers: object }) =>
    "cookie" in headers ? { text: "the session" } : { text: accountId ? "somebody" : "nobody" };
  const route = (path: string, more: object) => ({ method: "GET", path, on: "hub", access: "public", run, ...more });
  const routes = [
    route("/open", {}),
    route("/closed", { access: "member" }),
    route("/closed", { access: "member", method: "POST" }),
    route("/panel", { on: "admin", access: "admin" }),
  ];
  const plugin = definePlugin({ id: "router", name: "R", description: "R", version: "1.0.0", api: 1, routes: routes as never });
  const host = await createTestHost(t, { screens: () => screens, plugins: [plugin] });
  const { cookie } = await host.house.storage.write((db) =>
    startSession(db, host.account.id, { userAgent: "", address: "" }, new Date()),
  );
  const signedIn = { headers: { cookie: `rk=${cookie}` } };
  const origin = `http://hub.example:${host.port}`;

  const open = await ask(host, "/open", signedIn);
  t.is(open.text, "nobody");
  t.regex(open.headers["content-security-policy"]!, /frame-ancestors 'none'/);
  t.is((await ask(host, "/closed")).status, 303);
  t.is((await ask(host, "/closed", signedIn)).text, "somebody");
  t.is((await ask(host, "/admin/x/router/panel", signedIn)).text, "somebody");
  t.is((await ask(host, "/admin/x/other/panel", signedIn)).status, 404);
  const post = (headers: Record<string, string>) => host.request("POST", "/closed", "", { host: "hub.example", headers });
  t.is((await post({ ...signedIn.headers, origin: "https://evil.example" })).status, 403);
  t.is((await post({ ...signedIn.headers, origin })).text, "somebody");
  t.is((await post({ origin })).status, 401);
  await host.house.storage.write((db) => db.run("UPDATE accounts SET role = 'member'"));
  t.is((await ask(host, "/admin/x/router/panel", signedIn)).status, 404);
});

test("a plugin's address on the hub takes only so many requests that change something", async (t) => {
  const run = () => ({ text: "taken" });
  const open = { method: "POST", on: ["hub", "blog"], access: "public", run };
  const routes = [
    { ...open, path: "/inbox" },
    { ...open, path: "/wide", perMinute: 100 },
    { ...open, path: "/api", errors: "json", cors: true },
  ];
  const plugin = definePlugin({ id: "inbox", name: "I", description: "I", version: "1.0.0", api: 1, routes: routes as never });
  const host = await createTestHost(t, { plugins: [plugin] });

  const answers = await Promise.all(
    Array.from({ length: 90 }, () => host.request("POST", "/inbox", "", { host: "hub.example" })),
  );

  const refused = answers.filter(({ status }) => status === 429);
  t.true(refused.length > 0 && refused.length <= 30);
  t.regex(refused[0]!.headers["retry-after"]!, /^\d+$/);
  const wide = await Promise.all(
    Array.from({ length: 90 }, (_, at) => host.request("POST", "/wide", "", at % 2 ? { host: "hub.example" } : {})),
  );
  t.deepEqual([...new Set(wide.map(({ status }) => status))], [200], "its own number, on the hub and on a blog");
  for (const on of ["hub.example", "kim.example"]) {
    const app = await host.request("POST", "/api", "", { host: on });
    t.is(app.status, 429);
    t.like(app.json() as object, { error: "invalid_request" });
    t.regex(app.headers["retry-after"]!, /^\d+$/);
    t.is(app.headers["access-control-allow-origin"], "*");
  }
});
