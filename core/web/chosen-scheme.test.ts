import test from "ava";
import { saveDesign } from "../render/designs/designs.ts";
import { createTestHost } from "../testing/test-host.ts";

async function readersBlog(t: Parameters<typeof createTestHost>[0]) {
  const host = await createTestHost(t);
  await saveDesign(host.scope(), host.house.themes, { core: { colorScheme: "reader" } });
  return host;
}

test("readers choose a blog's colour scheme by a form, without script, and get its page from memory", async (t) => {
  const host = await readersBlog(t);
  const page = await host.get("/archive");
  t.regex(page.text, /<form class="rk-scheme" method="post" action="\/scheme"/);
  t.regex(page.text, /name="back" value="\/archive"/);
  t.regex(page.text, /value="auto" aria-pressed="true"/);
  t.is(page.headers.vary, "accept-encoding, cookie");

  const chosen = await host.request("POST", "/scheme", { scheme: "dark", back: "/archive" });
  t.like([chosen.status, chosen.headers.location], [303, "/archive"]);
  t.regex(String(chosen.headers["set-cookie"]), /^scheme=dark; Path=\/; HttpOnly; SameSite=Lax; Max-Age=31536000/);
  const dark = await host.get("/archive", { cookie: "a=b; scheme=dark" });
  t.regex(dark.text, /value="dark" aria-pressed="true"/);
  const sheet = /\/assets\/theme-[0-9a-f]+\.css/.exec(dark.text)![0];
  t.regex((await host.get(sheet)).text, /color-scheme:dark/);
  t.is((await host.get("/archive", { cookie: "scheme=dark" })).headers.etag, dark.headers.etag);
  t.is((await host.get("/archive")).headers.etag, page.headers.etag);
  t.is((await host.get("/archive", { cookie: "scheme=sepia" })).headers.etag, page.headers.etag);
});

test("the way back from the form leads nowhere else", async (t) => {
  const host = await readersBlog(t);
  for (const back of ["https://evil.example/", "//evil.example", "/\\evil.example", "/a\r\nx: y", "", "x"])
    t.is((await host.request("POST", "/scheme", { scheme: "light", back })).headers.location, "/", back);
  t.regex(String((await host.request("POST", "/scheme", { scheme: "auto" })).headers["set-cookie"]), /Max-Age=0/);
});

test("a blog that chooses its scheme itself has no form, and a cookie changes nothing", async (t) => {
  const host = await createTestHost(t);
  const page = await host.get("/");

  t.notRegex(page.text, /rk-scheme/);
  t.is((await host.get("/", { cookie: "scheme=dark" })).headers.etag, page.headers.etag);
  t.is((await host.request("POST", "/scheme", { scheme: "dark" })).status, 404);
});
