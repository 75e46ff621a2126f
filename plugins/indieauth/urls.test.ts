import test from "ava";
import { clientIdOf, isOwnMachine, profileUrlOf, redirectOf } from "./urls.ts";

const clients: readonly [string, string | null][] = [
  ["https://app.example/", "https://app.example/"],
  ["https://app.example", "https://app.example/"],
  ["https://APP.Example/Id?x=1", "https://app.example/Id?x=1"],
  ["https://app.example:8443/id", "https://app.example:8443/id"],
  ["http://127.0.0.1:8000/", "http://127.0.0.1:8000/"],
  ["http://[::1]/", "http://[::1]/"],
  ["https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/"],
  ...[
    "",
    "app.example",
    "ftp://app.example/",
    "javascript:alert(1)",
    "https://kim@app.example/",
    "https://kim:pass@app.example/",
    "https://app.example/#me",
    "https://app.example/#",
    "https://app.example/a/../b",
    "https://app.example/./",
    "https://app.example/%2e%2e/b",
    "https://app.example/a/.%2E/",
    "https://app.example\\@evil.example/",
    "https:/app.example/",
    "https:app.example/",
    "https:///app.example/",
    "https://app.example/ x",
    "https://app.example/\n",
    "https://äpp.example/",
    "https://app.example./",
    "https://app%2eexample/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f.0.0.1/",
    "https://0177.0.0.1/",
    "https://127.0.0.2/",
    "https://10.0.0.1/",
    "https://169.254.169.254/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::]/",
    "https://[fe80::1]/",
    "https://[0:0:0:0:0:0:0:1]/",
    `https://app.example/${"x".repeat(500)}`,
  ].map((one): [string, null] => [one, null]),
];

for (const [written, canonical] of clients)
  test(`§3.3 client_id “${written.slice(0, 60)}” is ${canonical ?? "refused"}`, (t) =>
    t.is(clientIdOf(written)?.href ?? null, canonical));

const profiles: readonly [string, string | null][] = [
  ["https://kim.example", "https://kim.example/"],
  ["kim.example", "https://kim.example/"],
  ["KIM.example/About", "https://kim.example/About"],
  ["http://kim.example/", "http://kim.example/"],
  ["http://kim.localhost:2300/", "http://kim.localhost:2300/"],
  ...[
    "https://kim.localhost.example:2300/",
    "https://kim.example:8443/",
    "https://192.0.2.1/",
    "https://kim@kim.example/",
    "https://kim.example/#a",
    "https://kim.example/../a",
    "mailto:kim@kim.example",
    "",
  ].map((one): [string, null] => [one, null]),
];

for (const [written, canonical] of profiles)
  test(`§3.2 profile URL “${written}” is ${canonical ?? "refused"}`, (t) => t.is(profileUrlOf(written)?.href ?? null, canonical));

const redirects: readonly [string, "web" | "app" | null][] = [
  ["https://app.example/cb", "web"],
  ["https://app.example/cb?a=1&b=%20", "web"],
  ["HTTPS://APP.example/cb", "web"],
  ["http://127.0.0.1:49152/cb", "web"],
  ["microblog://micropub", "app"],
  ["com.example.app:/callback", "app"],
  ...[
    "",
    "/cb",
    "//app.example/cb",
    "cb",
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "blob:https://app.example/1",
    "https://app.example@evil.example/",
    "https://app.example:x@evil.example/",
    "https://app.example\\.evil.example/",
    "https://app.example\\@evil.example/",
    "https:\\\\evil.example/",
    "https:/evil.example",
    "https:evil.example",
    "https://app.example/a/../../b",
    "https://app.example/%2e%2e/b",
    "https://app.example/cb#x",
    "https://app.example/cb#",
    "https://app%2eexample/cb",
    "https://app.example%00.evil.example/",
    "https://app.example\t/cb",
    " https://app.example/cb",
    "https://app.example./cb",
    "http://127.0.0.1./cb",
    "http://2130706433/cb",
    "http://127.1/cb",
    "http://[::0001]/cb",
    "microblog://x#y",
  ].map((one): [string, null] => [one, null]),
];

for (const [written, kind] of redirects)
  test(`redirect_uri ${JSON.stringify(written)} is ${kind ?? "refused"}`, (t) => {
    const found = redirectOf(written);
    t.is(found && (found.origin === null ? "app" : "web"), kind);
    if (found) t.is(found.written, written, "nothing is written anew");
  });

test("a client on this machine is known by its name alone", (t) => {
  for (const host of ["127.0.0.1", "[::1]", "localhost", "app.localhost"]) t.true(isOwnMachine(new URL(`http://${host}/`)), host);
  t.false(isOwnMachine(new URL("https://localhost.example/")));
});
