import test from "ava";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import { machine, setUp } from "../machine.testing.ts";
import { run } from "../process.testing.ts";
import { freePort } from "../../testing/free-port.ts";

const at = ["--blog", "kim.localhost"];

test("a new theme is found without a restart, has nothing to find, and is worn", async (t) => {
  const rookery = machine(t);
  await setUp(rookery);

  const { out } = await rookery(["theme", "new", "nest"]);
  t.deepEqual(out, [join(rookery.folder, "data/themes/nest")]);
  t.deepEqual(JSON.parse((await rookery(["theme", "check", out[0]!, "--json"])).out[0]!), []);
  const listed = JSON.parse((await rookery(["theme", "list", "--json"])).out[0]!) as object[];
  t.true(listed.some((theme) => JSON.stringify(theme) === '{"id":"nest","name":"Nest","version":"0.1.0"}'));
  t.is((await rookery(["theme", "use", "nest", ...at])).code, 0);
  const blogs = JSON.parse((await rookery(["blog", "list", "--json"])).out[0]!) as { theme: string }[];
  t.is(blogs[0]?.theme, "nest");

  t.is((await rookery(["theme", "new", "nest"])).code, 1);
  t.is((await rookery(["theme", "new", "other", "--parent", "gone"])).code, 1);
  t.is((await rookery(["theme", "use", "gone", ...at])).code, 1);
});

test("check names each finding and ends with 1 when there is an error", async (t) => {
  const rookery = machine(t);
  const [folder] = (await rookery(["theme", "new", "nest", "--into", "mine"])).out;
  mkdirSync(join(folder!, "templates"));
  writeFileSync(join(folder!, "templates/home.njk"), "{% extends 'layout.njk' %}\n{{ frob() }}");

  const { code, out, err } = await rookery(["theme", "check", "mine/nest", "--json"]);

  t.is(code, 1);
  t.deepEqual(JSON.parse(out[0]!), [
    { code: "T302", level: "error", file: "templates/home.njk", line: 2, message: "There is no function frob()." },
  ]);
  t.is(err.length, 1);
  const lines = (await rookery(["theme", "check", "mine/nest"])).out;
  t.regex(lines[0]!, /^error {3}T302 templates\/home\.njk:2 /);
  t.regex(lines[1]!, /^ +→ See the list of functions/);
  t.is((await rookery(["theme", "zip", "mine/nest"])).code, 1);
  t.is((await rookery(["theme", "check", "nowhere"])).code, 1);
});

test("zip packs a sound theme under its id", async (t) => {
  const rookery = machine(t);
  await rookery(["theme", "new", "nest", "--into", "mine"]);

  const { code, out } = await rookery(["theme", "zip", "mine/nest"]);

  t.is(code, 0);
  t.deepEqual(out, [join(rookery.folder, "nest-0.1.0.zip")]);
  t.true(readFileSync(out[0]!).includes("nest/theme.json"));
});

test("the same folder gives the same archive, byte for byte, whenever it is packed", async (t) => {
  const rookery = machine(t);
  await rookery(["theme", "new", "nest", "--into", "mine"]);

  await rookery(["theme", "zip", "mine/nest", "--out", "one.zip"]);
  const later = new Date("2030-01-01T12:00:00Z");
  utimesSync(join(rookery.folder, "mine/nest/theme.json"), later, later);
  await rookery(["theme", "zip", "mine/nest", "--out", "other.zip"]);

  const [one, other] = ["one.zip", "other.zip"].map((name) => readFileSync(join(rookery.folder, name)));
  t.true(one!.equals(other!));
  t.is((await rookery(["theme", "zip", "mine/nest", "--out", "no/such/place.zip"])).code, 1);
});

test("a blog's own template shows in a running server, a broken one is refused with its place, and it goes again", async (t) => {
  const port = await freePort();
  const env = { ROOKERY_PORT: String(port) };
  const rookery = machine(t, env);
  await setUp(rookery);
  const server = run(t, ["web"], { cwd: rookery.folder, env });
  // The server must be gone before its folder is.
  t.teardown(() => rmSync(rookery.folder, { recursive: true, force: true }));
  await server.line(/Rookery is at/);
  const home = async () => {
    const request = get({ host: "127.0.0.1", port, path: "/", headers: { host: `kim.localhost:${port}` }, agent: false });
    const [response] = (await once(request, "response")) as [AsyncIterable<Buffer>];
    const pieces = [];
    for await (const piece of response) pieces.push(piece);
    return Buffer.concat(pieces).toString();
  };
  // A process notices within a second what another one changed.
  const until = async (pattern: RegExp) => {
    const end = Date.now() + 5000;
    let page = await home();
    while (!pattern.test(page) && Date.now() < end) page = await home();
    return page;
  };
  const override = (...words: string[]) =>
    rookery(["theme", "override", ...words, ...at], "<html><head>{{ head() }}</head>Mine: {{ blog.title }}</html>");
  t.notRegex(await home(), /Mine:/);

  t.is((await override("set", "home")).code, 0);
  t.regex(await until(/Mine:/), /Mine: Kim writes/);
  const broken = await rookery(["theme", "override", "set", "home", ...at], "fine\n  {% for %}");
  t.is(broken.code, 1);
  t.regex(broken.err[0]!, /^home\.njk, line 2, column \d+: /);
  t.regex(await home(), /Mine:/);
  t.regex((await override("list")).out[0]!, /^perch\thome\.njk\tactive$/);

  t.is((await override("remove", "home")).code, 0);
  t.notRegex(await until(/^(?!.*Mine:)/s), /Mine:/);
  t.is((await override("remove", "home")).code, 1);
  await rookery(["theme", "override", "set", "home", ...at], "Other: {{ blog.title }}");
  t.regex(await until(/Other:/), /Other: Kim writes/);
  t.is((await override("set", "../home")).code, 1);
  t.is((await rookery(["theme", "override", "set", "home", ...at])).code, 2);
});
