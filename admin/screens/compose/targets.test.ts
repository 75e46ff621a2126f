import test from "ava";
import { fakeTargets, type FakeService } from "../../../core/host/targets/targets.testing.ts";
import { runDue } from "../../../core/jobs/worker.ts";
import { workerOptions } from "../../../core/start.ts";
import { openDashboard, setUp } from "../../testing.ts";
import { estimate } from "./targets.ts";

const uid = "far-away/kim";

async function opened(t: Parameters<typeof openDashboard>[0]) {
  const service: FakeService = { got: [], answers: [] };
  const time = { at: Date.now() };
  const clock = { now: () => new Date(time.at) };
  const plugin = { plugin: fakeTargets(service), folder: import.meta.dirname, isBundled: true };
  const made = await openDashboard(t, { plugins: [plugin as never], clock });
  await setUp(made);
  await made.house.host.enable("far-away", { everywhere: true } as never);
  const runJobs = async (seconds: number) => {
    time.at += seconds * 1000;
    await runDue(workerOptions(made.house, new AbortController().signal));
  };
  const post = async () => String((await made.house.storage.query("SELECT id FROM posts ORDER BY id DESC LIMIT 1"))[0]!.id);
  await made.browser.get("/compose");
  return { ...made, service, runJobs, post };
}

test("connected accounts are rows of the composer: on by their rules, off with a reason, broken ones not to be chosen", async (t) => {
  const { browser } = await opened(t);
  const { text } = await browser.get("/compose?text=Hello");
  t.regex(text, /value="far-away\/kim" checked>[^]*?characters left: 45/);
  t.regex(text, /value="far-away\/wall" disabled>[^]*?off: Wall asks you to sign in again/);
  t.regex((await browser.get("/compose?in-reply-to=https://lee.example/")).text, /off: off for replies/);
});

test("a choice that is remembered is the rule for the next posts, but not against a reason the target gives", async (t) => {
  const { browser } = await opened(t);
  await browser.post("/compose", { content: "Only here", targets: "shown", "remember-targets": "on", intent: "publish" });
  t.regex((await browser.get("/compose?text=Hello")).text, /value="far-away\/kim">/);
  const fields = { content: "There too", targets: "shown", "mp-syndicate-to[]": uid, "copy-target[]": uid, "copy-text[]": "" };
  await browser.post("/compose", { ...fields, "remember-targets": "on", intent: "draft" });
  t.regex((await browser.get("/compose?text=Hello")).text, /value="far-away\/kim" checked>/);
  t.regex((await browser.get("/compose?in-reply-to=https://lee.example/")).text, /value="far-away\/kim">[^]*off for replies/);
});

test("what is chosen is stored with the post, sent after the time of Undo, and shown with its link", async (t) => {
  const { browser, service, runJobs, post } = await opened(t);
  const fields = {
    content: "Hello",
    targets: "shown",
    "mp-syndicate-to[]": uid,
    "copy-target[]": uid,
    "copy-text[]": "Hello, far",
  };
  const refused = await browser.post("/compose", { ...fields, published: "soon" });
  t.regex(refused.text, /value="far-away\/kim" checked>[^]*Hello, far<\/textarea>/, "a refusal keeps the choice");
  const answer = await browser.post("/compose", { ...fields, intent: "publish" });
  t.regex((await browser.get(answer.location!)).text, /Published\. It goes to 1 service in 30 seconds\.[^]*>Undo<[^]*>Waits</);
  await runJobs(31);
  t.is(service.got[0]?.text, "Hello, far");
  t.regex((await browser.get(answer.location!)).text, /href="https:\/\/far\.example\/kim\/1"/);
  t.regex((await browser.get("/b/kim.localhost/posts")).text, /Sent to Far @kim@far\.example/);

  const at = `/b/kim.localhost/posts/${await post()}/edit`;
  t.regex((await browser.get(at)).text, /name="also-update\[\]" value="far-away\/kim"/);
  await browser.post(at, { content: "Hello again", version: "1", intent: "update", "also-update[]": uid });
  await runJobs(1);
  t.deepEqual(
    service.got.map(({ action }) => action),
    ["send", "update"],
  );
});

test("editing a post whose copy cannot be changed offers to delete that and send it again", async (t) => {
  const { browser, service, runJobs, post } = await opened(t);
  service.canEdit = false;
  await browser.post("/compose", { content: "Hello", targets: "shown", "mp-syndicate-to[]": uid, intent: "publish" });
  await runJobs(31);
  const at = `/b/kim.localhost/posts/${await post()}/edit`;
  t.regex(
    (await browser.get(at)).text,
    /cannot be changed\.[^]*name="also-replace\[\]" value="far-away\/kim"[^]*Delete the copy and send it again/,
  );
  await browser.post(at, { content: "Hello again", version: "1", targets: "shown", intent: "update", "also-replace[]": uid });
  await runJobs(1);
  t.deepEqual(
    service.got.map(({ action }) => action),
    ["send", "remove", "send"],
  );
  t.is(service.got.at(-1)?.post.source, "Hello again");
});

test("a copy that failed says why; it is tried again, dismissed, or removed with its post", async (t) => {
  const { browser, service, runJobs, post } = await opened(t);
  service.answers = [{ state: "failed", reason: "Far refuses <it>." }];
  await browser.post("/compose", { content: "Hello", "mp-syndicate-to[]": uid, intent: "publish" });
  await runJobs(31);
  const at = `/b/kim.localhost/posts/${await post()}`;
  t.regex((await browser.get(at)).text, /Not sent[^]*Far refuses &lt;it&gt;\.[^]*Retry[^]*Dismiss/);
  t.regex((await browser.get("/b/kim.localhost/posts")).text, /Not sent[^]*Far refuses/);
  t.is((await browser.post(`${at}/copies`, { target: uid, do: "remove" })).status, 409);
  t.is((await browser.post(`${at}/copies`, { target: "nowhere", do: "retry" })).status, 404);
  await browser.post(`${at}/copies`, { target: uid, do: "dismiss" });
  t.regex((await browser.get(at)).text, />Left out<[^]*Send to|Left out/);
  t.is((await browser.post(`${at}/copies`, { target: uid, do: "retry" })).status, 409);
  await browser.post(`${at}/copies`, { target: uid, do: "send" });
  await runJobs(1);
  t.regex((await browser.get(at)).text, />Sent</);
  await browser.post(`${at}/trash`, { copies: "remove" });
  await runJobs(1);
  t.is(service.got.at(-1)?.action, "remove");
  t.regex((await browser.get(at)).text, />Removed</);
});

test("a copy that may have arrived waits for its owner's word, one whose account is gone for the account", async (t) => {
  const { browser, service, runJobs, post } = await opened(t);
  const parked = { state: "parked", reason: "Sign in again." } as const;
  service.answers = [{ state: "unknown", reason: "Far did not say." }, { state: "unknown", reason: "Nor now." }, parked];
  await browser.post("/compose", { content: "Hello", "mp-syndicate-to[]": uid, intent: "publish" });
  await runJobs(31);
  const at = `/b/kim.localhost/posts/${await post()}`;
  t.regex((await browser.get(at)).text, /May have arrived[^]*Far did not say\.[^]*It arrived[^]*Send again[^]*Dismiss/);
  t.regex((await browser.get("/b/kim.localhost/posts")).text, /May have arrived[^]*Far did not say/);
  const say = (wanted: string, url = "") => browser.post(`${at}/copies`, { target: uid, do: wanted, url });
  t.is((await say("retry")).status, 409);
  await say("again");
  await runJobs(1);
  t.is(service.got.length, 2);
  t.is(service.got[1]!.attempt, 1, "the owner knows that it is not there");
  t.is((await say("arrived", "javascript:alert(1)")).status, 422);
  await say("arrived", "https://far.example/kim/2");
  t.regex((await browser.get(at)).text, />Sent<[^]*href="https:\/\/far\.example\/kim\/2"/);
  t.is((await say("again")).status, 409);

  await browser.post("/compose", { content: "Hello you", "mp-syndicate-to[]": uid, intent: "publish" });
  await runJobs(31);
  const other = `/b/kim.localhost/posts/${await post()}`;
  t.regex((await browser.get(other)).text, /Waits for reconnecting[^]*Sign in again\./);
  await browser.post(`${other}/copies`, { target: uid, do: "dismiss" });
  t.regex((await browser.get(other)).text, />Left out</);
});

test("a copy that was tried before its post went can be left out", async (t) => {
  const { browser, service, runJobs, post } = await opened(t);
  service.answers = [{ state: "later", reason: "Far is busy." }];
  await browser.post("/compose", { content: "Hello", "mp-syndicate-to[]": uid, intent: "publish" });
  await runJobs(31);
  const at = `/b/kim.localhost/posts/${await post()}`;
  await browser.post(`${at}/trash`, { copies: "keep" });
  t.regex((await browser.get(at)).text, /Far is busy\.[^]*?value="dismiss"/);
  t.is((await browser.post(`${at}/copies`, { target: uid, do: "dismiss" })).status, 303);
  t.regex((await browser.get(at)).text, />Left out</);
});

test("the preview says what each chosen service would get", async (t) => {
  const { browser } = await opened(t);
  const fields = { blog: "kim.localhost", content: "A long text ".repeat(10), "mp-syndicate-to[]": uid };
  const { text } = await browser.post("/compose/preview", fields, { accept: "application/json" });
  t.like(JSON.parse(text), { copies: [{ uid, preview: { isTruncated: true } }] });
  t.regex(
    (await browser.post("/compose", { ...fields, intent: "preview" })).text,
    /Preview what each service gets[^]*A long text/,
  );
});

test("an estimate says what becomes of a text, as the service's limits have it", (t) => {
  const said = (limits: Parameters<typeof estimate>[0], text: string, title = "", photos = 0) =>
    estimate(limits, { text, title, photos });
  t.deepEqual(said({ chars: 10 }, "Hello"), { key: "targets.left-number", values: { n: 5 } });
  t.is(said({ chars: 3 }, "Hello").key, "targets.shortened");
  t.is(said({ chars: 3 }, "Hello", "Title").key, "targets.title-link");
  t.deepEqual(said({ images: 4 }, "", "", 6), { key: "targets.photos-only", values: { some: 4, all: 6 } });
  t.is(said({}, "Hello").key, "targets.full");
  const own = (limits: Parameters<typeof estimate>[0], text: string) =>
    estimate(limits, { text: "A long post", title: "Title", photos: 0, own: text }).values.n;
  t.is(own({ chars: 10 }, "Hi"), 8, "a text of its own is what counts");
  t.is(own({ chars: 60, linkLength: 23 }, "Look {url} https://lee.example/very/long/address/of/a/page"), 60 - 5 - 23 - 1 - 23);
});
