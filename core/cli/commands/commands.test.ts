import test from "ava";
import { machine } from "../machine.testing.ts";

const init = ["init", "--title", "Kim writes", "--username", "kim", "--password-stdin"];
const password = "correct horse battery\n";

test("a script sets Rookery up, publishes, edits, lists and deletes", async (t) => {
  const rookery = machine(t);

  t.is((await rookery(init, password)).out.at(-1), "http://kim.localhost:8080/");
  const { out } = await rookery(["post", "publish", "--blog", "kim.localhost", "--title", "Hi"], "Hello *world*\n");
  const url = out.at(-1)!;
  t.regex(url, /^http:\/\/kim\.localhost:8080\/.*hi$/);
  t.is((await rookery(["post", "edit", url], "Changed")).code, 0);
  t.is((await rookery(["post", "edit", url.replace("http://", "")], "Changed again")).code, 0);
  const listed = JSON.parse((await rookery(["post", "list", "--blog", "kim.localhost", "--json"])).out[0]!) as { url: string }[];
  t.deepEqual(
    listed.map((post) => post.url),
    [url],
  );
  t.is((await rookery(["post", "delete", url])).code, 0);

  t.deepEqual((await rookery(["post", "list", "--blog", "kim.localhost", "--count"])).out, ["0"]);
});

test("text on stdin that is not UTF-8 is refused in one sentence and changes nothing", async (t) => {
  const rookery = machine(t);
  await rookery(init, password);
  const publish = ["post", "publish", "--blog", "kim.localhost"];
  const url = (await rookery(publish, "Herons 🐦")).out.at(-1)!;
  const latin1 = Buffer.from("Caf\u00e9", "latin1");

  for (const words of [publish, ["post", "edit", url], ["account", "create", "--username", "lee", "--password-stdin"]]) {
    const { code, err, out } = await rookery(words, latin1);
    t.deepEqual([code, err.length, out], [1, 1, []], words.join(" "));
    t.regex(err[0]!, /stdin is not UTF-8/);
  }

  t.deepEqual((await rookery(["post", "list", "--blog", "kim.localhost", "--count"])).out, ["1"]);
  t.is((JSON.parse((await rookery(["account", "list", "--json"])).out[0]!) as unknown[]).length, 1);
});

test("a second init is refused and changes nothing", async (t) => {
  const rookery = machine(t);
  await rookery(init, password);

  const second = await rookery(["init", "--title", "T", "--username", "lee", "--password-stdin"], password);

  t.is(second.code, 1);
  t.is(second.err.length, 1);
  t.is((JSON.parse((await rookery(["account", "list", "--json"])).out[0]!) as unknown[]).length, 1);
});

test("people are made with a blog or without, suspended and given roles; the last admin stays", async (t) => {
  const rookery = machine(t);
  await rookery(init, password);

  t.is(
    (await rookery(["account", "create", "--username", "lee", "--password-stdin"], password)).out.at(-1),
    "http://lee.localhost:8080/",
  );
  t.is((await rookery(["account", "create", "--username", "ana", "--password-stdin", "--no-blog"], password)).code, 0);
  t.is((await rookery(["account", "suspend", "--username", "lee"])).code, 0);
  t.is((await rookery(["account", "role", "--username", "ana", "--role", "curator"])).code, 0);
  t.is((await rookery(["account", "suspend", "--username", "kim"])).code, 1);
  const recovered = await rookery(["account", "recover", "kim", "--two-factor-off"]);
  t.regex(recovered.out[0]!, /^http:\/\/localhost:8080\/signin\/reset\/new\?token=[\w-]{43}$/);

  const people = JSON.parse((await rookery(["account", "list", "--json"])).out[0]!) as {
    username: string;
    role: string;
    state: string;
  }[];
  t.deepEqual(
    people.map(({ username, role, state }) => [username, role, state]),
    [
      ["ana", "curator", "active"],
      ["kim", "admin", "active"],
      ["lee", "member", "suspended"],
    ],
  );
  t.is((JSON.parse((await rookery(["blog", "list", "--json"])).out[0]!) as unknown[]).length, 2);
});

test("a token is printed alone, and only for somebody's own blog", async (t) => {
  const rookery = machine(t);
  await rookery(init, password);
  await rookery(["account", "create", "--username", "lee", "--password-stdin"], password);

  const { out } = await rookery(["token", "create", "--username", "kim", "--scope", "create update"]);
  t.is(out.length, 1);
  t.regex(out[0]!, /^[0-9A-F]{20}$/);
  t.is((await rookery(["token", "create", "--username", "kim", "--blog", "lee.localhost", "--scope", "create"])).code, 1);
  t.is((await rookery(["token", "create", "--username", "kim"])).code, 2);
});

test("a plugin is switched off and on; what is already so is success; consent is needed", async (t) => {
  const rookery = machine(t);
  await rookery([...init, "--set", "none"], password);
  const state = async (id: string, ...more: string[]) => {
    const { out } = await rookery(["plugin", "list", "--json", ...more]);
    return (JSON.parse(out[0]!) as { id: string; state: string }[]).find((plugin) => plugin.id === id)?.state;
  };

  t.is((await rookery(["plugin", "enable", "sitemap"])).code, 1);
  t.is((await rookery(["plugin", "enable", "sitemap", "--yes"])).code, 0);
  t.is((await rookery(["plugin", "enable", "sitemap", "--yes"])).code, 0);
  t.is(await state("sitemap"), "enabled");
  t.is((await rookery(["plugin", "disable", "sitemap", "--blog", "kim.localhost"])).code, 0);
  t.is(await state("sitemap", "--blog", "kim.localhost"), "disabled");
  t.is(await state("sitemap"), "enabled");
  t.is((await rookery(["plugin", "disable", "sitemap"])).code, 0);
  t.is((await rookery(["plugin", "disable", "sitemap"])).code, 0);
  t.is(await state("sitemap"), "disabled");
  t.is((await rookery(["plugin", "enable", "no-such", "--yes"])).code, 1);
});

test("a domain is noted, listed and refused as address until it is verified", async (t) => {
  // Nobody answers there, so that nothing is asked outside.
  const rookery = machine(t, { ROOKERY_DNS: "127.0.0.1:1" });
  await rookery(init, password);
  const domain = (...words: string[]) => rookery(["blog", "domain", ...words, "--blog", "kim.localhost"]);

  t.regex((await domain("add", "kim.example")).out[0]!, /TXT record _rookery\.kim\.example/);
  t.is((await domain("main", "kim.example")).code, 1);
  t.deepEqual((await domain("list")).out, ["kim.localhost\tactive\tmain", "kim.example\tpending"]);
  const looked = await domain("verify", "kim.example");
  t.is(looked.code, 1);
  t.regex(looked.err.join(" "), /_rookery\.kim\.example should be \w+; found: the name servers do not answer/);
  t.is((await domain("verify", "lee.example", "--force")).code, 1);
  t.is((await domain("verify", "kim.example", "--force")).code, 0);
  t.is((await domain("main", "kim.example")).code, 0);
  t.regex((await rookery(["blog", "list"])).out[0]!, /^http:\/\/kim\.example/);
});

test("what lacks an option or a word is wrong usage; without an installation there is one sentence", async (t) => {
  const rookery = machine(t);

  for (const words of [["post", "publish"], ["account"], ["blog", "frob"], ["token"], ["plugin", "enable"], ["init"]]) {
    t.is((await rookery(words)).code, 2, words.join(" "));
  }
  const { code, err } = await rookery(["blog", "list"]);
  t.is(code, 1);
  t.regex(err[0]!, /rookery init/);
});
