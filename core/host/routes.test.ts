import test from "ava";
import { existsSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { definePlugin, PublicError, type Route, type RouteRequest } from "../plugin.ts";
import { createTestHost, type TestHost } from "../testing/test-host.ts";

const files: string[] = [];
const all: Route = {
  method: "POST",
  path: "/api",
  on: ["blog", "hub"],
  access: "public",
  body: "multipart",
  limit: 50_000,
  cors: true,
  errors: "json",
  async run({ fields, multipart, headers, url, address }: RouteRequest) {
    const sent = await fields();
    const parts = headers["content-type"]?.startsWith("multipart/") ? (await multipart()).files : [];
    files.push(...parts.map(({ path }) => path));
    const read = parts.map(({ field, name, path }) => [field, name, readFileSync(path, "utf8").length]);
    return {
      status: 201,
      headers: { location: "https://kim.example/1" },
      json: { sent: [...sent], read, url, address, cookie: headers.cookie ?? null },
    };
  },
};
const route = (method: Route["method"], path: string, run: Route["run"], more: Partial<Route> = {}): Route => ({
  method,
  path,
  on: "blog",
  access: "public",
  run,
  ...more,
});
const refuse =
  (key: string, status: number, values = {}) =>
  () => {
    throw new PublicError(key, "No.", status, values);
  };
const routes = [
  all,
  route("PATCH", "/api", () => ({ text: "patched" }), { cors: true }),
  route("GET", "/tree/*rest", ({ params }) => ({ json: params })),
  route("GET", "/.well-known/webfinger", () => ({ text: "found" }), { on: ["blog", "hub"] }),
  route("GET", "/looks", ({ headers }) => ({ text: headers.cookie ?? "" }), { on: "hub" }),
  route("POST", "/json", async ({ json }) => ({ json: await json() })),
  route("POST", "/form", async ({ form }) => ({ json: [...(await form())] })),
  route("POST", "/known-only", async ({ multipart }) => ({ json: (await multipart({ files: 0 })).files })),
  route("POST", "/limited", async ({ context, address }) => {
    await context.limit(address, { times: 2, seconds: 60 });
    return { text: "fine" };
  }),
  route("GET", "/scope", refuse("right.scope", 403, { scope: "create" }), { errors: "json", cors: true }),
  route("GET", "/token", refuse("micropub.invalid_token", 401), { errors: "json" }),
  route("GET", "/nobody", refuse("micropub.nobody", 401), { errors: "json" }),
];
const plugin = definePlugin({ id: "api", name: "A", description: "A", version: "1.0.0", api: 1, routes: routes as never });

const multipart = (parts: readonly string[]) => `${parts.map((part) => `--x\r\n${part}\r\n`).join("")}--x--\r\n`;
const field = (name: string, value: string) => `content-disposition: form-data; name="${name}"\r\n\r\n${value}`;
const file = (name: string, value: string) =>
  `content-disposition: form-data; name="${name}"; filename="a.jpg"\r\ncontent-type: image/jpeg\r\n\r\n${value}`;
const asMultipart = { headers: { "content-type": "multipart/form-data; boundary=x" } };
const typed = (type: string) => ({ headers: { "content-type": type } });

test("one address takes its parameters from wherever they stand, on blogs and on the hub, and what came as files goes again", async (t) => {
  const host = await createTestHost(t, { plugins: [plugin] });
  const post = async (body: string | undefined, options: object) =>
    (await host.request("POST", "/api?a=1&b=2", body, options)).json() as { sent: string[][]; read: unknown[] };

  t.deepEqual((await post("b=3&b=4", typed("application/x-www-form-urlencoded"))).sent, [
    ["a", "1"],
    ["b", "3"],
    ["b", "4"],
  ]);
  t.deepEqual((await post('{"b":["x",3,null],"c":{"d":true}}', typed("application/json"))).sent, [
    ["a", "1"],
    ["b", "x"],
    ["b", "3"],
    ["c", '{"d":true}'],
  ]);
  t.deepEqual((await post("", typed("application/json"))).sent, [
    ["a", "1"],
    ["b", "2"],
  ]);
  t.deepEqual((await post(undefined, {})).sent, [
    ["a", "1"],
    ["b", "2"],
  ]);
  const answer = await post(multipart([field("b[]", "x"), file("photo[]", "12345")]), asMultipart);
  t.deepEqual(answer, {
    ...answer,
    sent: [
      ["a", "1"],
      ["b", "x"],
    ],
    read: [["photo", "a.jpg", 5]],
    url: `${host.blog.url}api?a=1&b=2`,
    address: "127.0.0.1",
    cookie: null,
  } as never);
  t.is(files.length, 1);
  t.false(existsSync(files[0]!));
  const onHub = await host.request("POST", "/api", "a=1", {
    ...typed("application/x-www-form-urlencoded"),
    host: new URL(host.house.settings.url).host,
  });
  t.like(onHub.json() as object, { url: `${host.house.settings.url}/api` });
  const cookie = "rk=session; x.api.look=dark; x.other.look=no; __Secure-x.api.key=k; api=1; x.api=2";
  const seen = await host.request("GET", "/looks", undefined, { host: "hub.example", headers: { cookie } });
  t.is(seen.text, "x.api.look=dark; __Secure-x.api.key=k", "on the hub a plugin sees the cookies of its name alone");
  t.deepEqual((await host.get("/tree/a/b%20c")).json(), { rest: "a/b c" });
  t.deepEqual((await host.get("/tree/")).json(), { rest: "" });
  t.is((await host.get("/.well-known/webfinger")).text, "found");
  t.is((await host.request("GET", "/.well-known/webfinger", undefined, { host: "hub.example" })).text, "found");
  t.deepEqual(host.failures(), []);
});

const wrong: readonly (readonly [what: string, status: number, path: string, body: string, options: object])[] = [
  ["JSON that is none", 400, "/json", "{", typed("application/json")],
  ["a form where JSON is taken", 415, "/json", "a=1", typed("application/x-www-form-urlencoded")],
  ["JSON where a form is taken", 415, "/form", "{}", typed("application/json")],
  ["JSON that is no object", 400, "/api", "[1]", typed("application/json")],
  ["text", 415, "/api", "hello", typed("text/plain")],
  ["a form of broken UTF-8", 400, "/form", "a=%ff", typed("application/x-www-form-urlencoded")],
  ["a form with NUL", 400, "/form", "a=%00", typed("application/x-www-form-urlencoded")],
  ["too many fields", 413, "/form", "a&".repeat(1500), typed("application/x-www-form-urlencoded")],
  ["too much", 413, "/api", `a=${"x".repeat(60_000)}`, typed("application/x-www-form-urlencoded")],
  ["a file that is too large", 413, "/api", multipart([file("file", "x".repeat(60_000))]), asMultipart],
  ["too many files", 413, "/api", multipart(Array.from({ length: 11 }, () => file("file", "x"))), asMultipart],
  ["too many parts", 413, "/api", multipart(Array.from({ length: 200 }, (_, at) => field(`a${at}`, "x"))), asMultipart],
  ["a file from somebody nobody knows", 413, "/known-only", multipart([file("file", "x")]), asMultipart],
  ["a multipart body that breaks off", 400, "/api", '--x\r\ncontent-disposition: form-data; name="a"', asMultipart],
  ["a multipart body without a boundary", 400, "/api", "x", typed("multipart/form-data")],
  ["fields inside of fields", 400, "/api", multipart([field("a[b]", "x")]), asMultipart],
];

test("what cannot be read is refused with 4xx and a sentence, and no plugin is blamed", async (t) => {
  const host = await createTestHost(t, { plugins: [plugin] });

  for (const [what, status, path, body, options] of wrong) {
    const answer = await host.request("POST", path, body, options);
    t.is(answer.status, status, `${what}: ${answer.text}`);
    t.true(answer.text.length > 10, what);
    if (path === "/api") t.like(answer.json() as object, { error: "invalid_request" }, what);
  }
  const latin = Buffer.from([0x22, 0xff, 0x22]).toString("latin1");
  t.is(
    await rawStatus(
      host,
      `POST /json HTTP/1.1\r\nhost: kim.example\r\ncontent-type: application/json\r\ncontent-length: 3\r\n\r\n${latin}`,
    ),
    400,
  );
  t.deepEqual(host.failures(), []);
});

test("pages of other origins may call what is open to them, without cookies, and read where it went", async (t) => {
  const host = await createTestHost(t, { plugins: [plugin] });
  const asks = {
    origin: "https://app.example",
    "access-control-request-method": "POST",
    "access-control-request-headers": "authorization, x-thing, cookie",
  };

  for (const on of ["kim.example", "hub.example"]) {
    const asked = await host.request("OPTIONS", "/api", undefined, { headers: asks, host: on });
    t.like(asked, { status: 204 });
    t.like(asked.headers, {
      "access-control-allow-origin": "*",
      "access-control-allow-methods": on.startsWith("kim") ? "POST, PATCH" : "POST",
    });
    t.is(asked.headers["access-control-allow-headers"], "Authorization, Content-Type, Accept, authorization, x-thing");
    t.is(asked.headers["access-control-allow-credentials"], undefined);
    const made = await host.request(
      "POST",
      "/api",
      {},
      { headers: { origin: "https://app.example", cookie: "session=1" }, host: on },
    );
    t.is(made.status, 201, made.text);
    t.like(made.headers, { "access-control-allow-origin": "*", location: "https://kim.example/1" });
    t.regex(made.headers["access-control-expose-headers"]!, /Location, Link, Retry-After/);
    t.is((made.json() as { cookie: unknown }).cookie, null);
  }
  t.is((await host.request("PATCH", "/api", "x", typed("text/plain"))).text, "patched");
  t.is((await host.request("OPTIONS", "/json")).status, 405);
  t.is((await host.request("GET", "/api")).headers.allow, "POST, PATCH");
  t.is((await host.get("/scope")).headers["access-control-allow-origin"], "*");
  const other = await host.request("GET", "/api", undefined, { host: "hub.example" });
  t.like(other.json() as object, { error: "method_not_allowed" });
  t.like(other.headers, { allow: "POST", "access-control-allow-origin": "*" });
});

test("refusals come in the shape that apps read, with the headers they ask for", async (t) => {
  const host = await createTestHost(t, { plugins: [plugin] });

  const scope = await host.get("/scope");
  t.deepEqual([scope.status, scope.json()], [403, { error: "insufficient_scope", error_description: "No.", scope: "create" }]);
  t.is(scope.headers["www-authenticate"], 'Bearer error="insufficient_scope", scope="create"');
  const token = await host.get("/token");
  t.deepEqual(
    [token.status, (token.json() as { error: string }).error, token.headers["www-authenticate"]],
    [401, "invalid_token", 'Bearer error="invalid_token"'],
  );
  t.like((await host.get("/nobody")).json() as object, { error: "unauthorized" });
  t.is((await host.request("POST", "/limited", {})).status, 200);
  t.is((await host.request("POST", "/limited", {})).status, 200);
  const limited = await host.request("POST", "/limited", {});
  t.is(limited.status, 429);
  t.is(limited.headers["retry-after"], "30");
  host.clock.advance({ seconds: 31 });
  t.is((await host.request("POST", "/limited", {})).status, 200);
});

test("a star stands only before the last word, and an hour is too long", (t) => {
  const declare = (one: object) => () =>
    definePlugin({
      id: "api",
      name: "A",
      description: "A",
      version: "1.0.0",
      api: 1,
      routes: [{ ...routes[2], ...one }] as never,
    });

  t.throws(declare({ path: "/a/*rest/b" }), { message: /a star/ });
  t.throws(declare({ path: "/a*" }), { message: /a star/ });
  t.throws(declare({ timeout: { hours: 1 } }), { message: /60 seconds/ });
});

function rawStatus(host: TestHost, request: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(host.port, "127.0.0.1", () => socket.write(request, "latin1"));
    socket.once("data", (data: Buffer) => {
      resolve(Number(/ (\d{3}) /.exec(data.toString("latin1"))![1]));
      socket.destroy();
    });
    socket.once("error", reject);
  });
}
