import sharp from "sharp";
import test, { type ExecutionContext } from "ava";
import { existsSync } from "node:fs";
import { databases, testDatabase } from "../../core/storage/testing.ts";
import { createTestHost } from "../../core/testing/test-host.ts";
import { filled, send, type Recorded } from "./client-api/recorded.ts";
import { androidClassic, cli, iosClassic, mac, webClient } from "./client-api/requests/desktop.ts";
import { hubMicropub } from "./client-api/requests/hub-micropub.ts";
import { feedReader } from "./client-api/requests/feed-reader.ts";
import { mobile } from "./client-api/requests/mobile.ts";
import { notesApp } from "./client-api/requests/notes-app.ts";
import { readingList } from "./client-api/requests/reading-list.ts";
import { refusal } from "./client-api/shapes.ts";

const place = (id: string) => new URL(`../../plugins/${id}`, import.meta.url).pathname;
const wanted = ["timeline", "feeds", "bookmarks", "photos", "micropub", "replies", "discover", "moderation", "client-api"];
const isThere = wanted.every((id) => existsSync(`${place(id)}/plugin.ts`));
const check = isThere ? test : test.skip;
const everything = "create draft update delete undelete media profile email read follow mute block channels".split(" ");

/** A town with what apps ask for, and what of it has names in their requests. */
async function town(t: ExecutionContext, dialect: (typeof databases)[number]) {
  const plugins = [];
  for (const id of wanted)
    plugins.push({ plugin: ((await import(`${place(id)}/plugin.ts`)) as { default: never }).default, folder: place(id) });
  const host = await createTestHost(t, {
    plugins,
    allowUnexpected: true,
    databaseUrl: await testDatabase(t, dialect),
    blogs: [
      { host: "kim.example", owner: "kim" },
      { host: "lee.example", owner: "lee" },
      { host: "ana.example", owner: "ana" },
    ],
  });
  const lee = await host.person("lee");
  const [, leesBlog] = host.blogs;
  const key = await host.token({ scopes: everything, blog: null });
  const post = await host.publish({ text: "A heron, @kim" }, leesBlog, lee);
  const picture = { url: "https://lee.example/heron.jpg", alt: "A heron" };
  await host.publish({ text: "Look", photos: [picture] }, leesBlog, lee);
  const own = await host.publish({ text: "Kim's own" });
  await host.runJobs();
  const dot = await sharp({ create: { width: 60, height: 40, channels: 3, background: "olive" } })
    .png()
    .toBuffer();
  const known: Record<string, string> = {
    png: dot.toString("latin1"),
    part: encodeURIComponent(dot.toString("base64")),
    key,
    root: `http://hub.example:${host.port}`,
    post: String(post.number),
    newest: String(own.number),
    url: post.url,
  };
  return { host, known };
}

type Town = Awaited<ReturnType<typeof town>>;

async function replay(t: ExecutionContext, { host, known }: Town, app: string, recorded: readonly Recorded[]) {
  // Whoever reads has followed lee before.
  await send(host.port, { what: "", line: "POST /users/follow?username=lee", headers: { authorization: "Bearer {key}" } }, known);
  for (const one of recorded) {
    if (one.later) await host.runJobs();
    const { status = 200, shape, answers = {}, keep = {} } = one;
    const about = `${app}: ${one.what} (${filled(one.line, known)})`;
    const answer = await send(host.port, one, known);
    t.is(answer.status, status, `${about}: ${answer.text.slice(0, 300)}`);
    for (const [name, pattern] of Object.entries(answers)) t.regex(answer.headers[name] ?? "", pattern, `${about}: ${name}`);
    if (one.line.startsWith("HEAD") || status === 204) continue;
    // These apps parse whatever comes.
    const said = JSON.parse(answer.text) as never;
    t.deepEqual((shape ?? (status >= 400 ? refusal : () => []))(said, "answer"), [], about);
    for (const [name, take] of Object.entries(keep)) known[name] = String(take(said));
  }
}

const clients = {
  mobile,
  mac,
  "classic iOS": iosClassic,
  "classic Android": androidClassic,
  "command line": cli,
  web: webClient,
  "Micropub on the hub": hubMicropub,
  "reading list": readingList,
  notes: notesApp,
  "feed reader": feedReader,
};
for (const dialect of databases)
  check(`${dialect}: the requests of each app, byte for byte, get what it reads, one app after the other`, async (t) => {
    const here = await town(t, dialect);
    for (const [app, recorded] of Object.entries(clients)) await replay(t, here, app, recorded);
    t.deepEqual(here.host.failures(), []);
  });
if (!isThere) test("apps (skipped: plugins/client-api or one it speaks for is not there)", (t) => t.pass());
