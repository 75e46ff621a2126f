import test from "ava";
import sharp from "sharp";
import { TestAuthenticator } from "../../../core/people/passkeys/authenticator.testing.ts";
import { personById } from "../../../core/people/accounts.ts";
import { auditLines } from "../../../core/people/audit.ts";
import { translator } from "../../texts.ts";
import { PlainBrowser } from "../../testing.ts";
import {
  appOf,
  enterAsLee,
  giveSecondFactor,
  growOld,
  leesPassword,
  linkIn,
  mailsOf,
  withLee,
} from "../signin/people.testing.ts";
import { deviceOf } from "./device.ts";

const profile = { name: "Lee", bio: "", language: "en", timeZone: "UTC", email: "lee@mail.example" };

async function signedIn(t: Parameters<typeof withLee>[0]) {
  const found = await withLee(t);
  await enterAsLee(found.browser);
  return found;
}

test("sensitive changes ask once more who it is after ten minutes, lose nothing that was typed, and then go on", async (t) => {
  const { browser, house } = await signedIn(t);
  await giveSecondFactor(house, (await signedInPerson(house))!);
  await growOld(house);

  for (const [path, fields] of [
    ["/account/two-factor/off", {}],
    ["/account/two-factor/codes", {}],
    ["/account/two-factor/begin", {}],
    ["/account/passkeys", { ticket: "x", response: "{}" }],
    ["/account/passkeys/none/remove", {}],
  ] as const) {
    const asked = await browser.post(path, { ...fields, kept: 'what "was" typed' });
    t.is(asked.status, 403, path);
    t.regex(asked.text, /Confirm that it is you/);
    t.true(asked.text.includes(`action="${path}"`), path);
    t.true(asked.text.includes('name="kept" value="what &quot;was&quot; typed"'), path);
  }
  t.is((await browser.post("/account/two-factor/off", { "confirm-password": "wrong" })).status, 422);
  t.is((await browser.post("/account/passkeys/options", {})).status, 403);
  t.is((await browser.post("/account/two-factor/off", { "confirm-password": leesPassword })).location, "/account#two-factor");
  t.is((await browser.post("/account/two-factor/begin", {})).location, "/account/two-factor", "not asked again");
});

test("the forms of password, address and apps want the password when the session is not fresh", async (t) => {
  const { browser, house } = await signedIn(t);
  await growOld(house);

  const app = { app: "Quill", scope: ["create"] };
  const refused = await browser.post("/account/apps", app);
  t.is(refused.status, 422);
  t.regex(refused.text, /value="Quill"/);
  t.is((await browser.post("/account/password", { "new-password": "nine swans on the pond" })).status, 422);
  t.is((await browser.post("/account/profile", { ...profile, email: "new@lee.example" })).status, 422);
  const made = await browser.post("/account/apps", { ...app, "app-password": leesPassword });
  t.regex(made.text, /\b[0-9A-F]{20}\b/);
});

test("confirming leads on to places of the hub only, and ten wrong passwords are the most", async (t) => {
  const { browser, house } = await signedIn(t);
  await growOld(house);

  t.regex((await browser.get("/account/confirm?next=/account/two-factor")).text, /name="next" value="\/account\/two-factor"/);
  for (let i = 0; i < 8; i++) t.is((await browser.post("/account/confirm", { "confirm-password": "wrong" })).status, 422);
  const evil = { "confirm-password": leesPassword, next: "//evil.example" };
  t.is((await browser.post("/account/confirm", evil)).location, "/");
  await growOld(house);
  await browser.post("/account/confirm", { "confirm-password": "wrong" });
  const tooMany = await browser.post("/account/confirm", { "confirm-password": leesPassword });
  t.is(tooMany.status, 422);
  t.regex(tooMany.text, /Try again in/);
});

test("a passkey is made, named and removed; each change goes out by mail; it confirms instead of a password", async (t) => {
  const { browser, house, url, lee } = await signedIn(t);
  const device = new TestAuthenticator(url);
  const ask = async (path: string) => JSON.parse((await browser.post(path, {})).text);
  const { options, ticket } = await ask("/account/passkeys/options");
  const answer = { ticket, response: device.register(options), "passkey-name": "Blue phone" };

  t.is((await browser.post("/account/passkeys", answer)).location, "/account#passkeys");
  t.is((await browser.post("/account/passkeys", answer)).status, 422, "a question is answered once");
  const [{ id } = { id: "" }] = await house.storage.query<{ id: string }>("SELECT id FROM passkeys");
  await browser.post(`/account/passkeys/${id}/rename`, { name: "Red phone" });
  t.regex((await browser.get("/account")).text, /<strong>Red phone<\/strong>/);

  await growOld(house);
  const confirm = await ask("/account/confirm/options");
  const proof = { "confirm-ticket": confirm.ticket, "confirm-response": device.prove(confirm.options) };
  t.is((await browser.post(`/account/passkeys/${id}/remove`, proof)).location, "/account#passkeys");

  t.is((await browser.post(`/account/passkeys/${id}/remove`, {})).status, 404);
  const subjects = (await mailsOf(house)).map((mail) => `${mail.to}: ${mail.subject}`);
  t.deepEqual(subjects, ["lee@mail.example: A passkey was removed", "lee@mail.example: A passkey was added"]);
  const actions = (await auditLines(house.storage, { accountId: lee.id })).map((line) => line.action);
  for (const action of ["passkey.added", "passkey.renamed", "passkey.removed"]) t.true(actions.includes(action), action);
});

test("the second step is on after a right code only; its codes are shown once, the session gets another id, a mail goes out", async (t) => {
  const { browser, house, url } = await signedIn(t);
  const thief = new PlainBrowser(url);
  thief.borrow(browser);
  t.is((await browser.get("/account/two-factor/qr.svg")).status, 404);
  await browser.post("/account/two-factor/begin", {});
  const page = await browser.get("/account/two-factor");
  const app = appOf(/<code class="token">([A-Z2-7 ]+)</.exec(page.text)![1]!);

  t.regex(page.text, /<img class="qr" src="\/account\/two-factor\/qr.svg" alt="QR code/);
  t.regex((await browser.get("/account/two-factor/qr.svg")).text, /^<svg /);
  t.is((await browser.post("/account/two-factor/on", { code: "000000" })).status, 422);
  const on = await browser.post("/account/two-factor/on", { code: app().replace(/...(?=.)/, "$& ") });
  const codes = [...on.text.matchAll(/<code>([a-z0-9-]{19})<\/code>/g)].map((found) => found[1]!);

  t.is(codes.length, 10);
  t.is((await thief.get("/account")).status, 303, "whoever had the cookie too is out");
  t.notRegex((await browser.get("/account/two-factor")).text, new RegExp(codes[0]!));
  t.is((await browser.get("/account/two-factor/qr.svg")).status, 404);
  const fresh = await browser.post("/account/two-factor/codes", {});
  t.notRegex(fresh.text, new RegExp(codes[0]!));
  t.is((await browser.post("/account/two-factor/off", {})).location, "/account#two-factor");
  const subjects = (await mailsOf(house)).map((mail) => mail.subject);
  t.deepEqual(subjects, ["The second step was switched off", "You have new recovery codes", "A second step was switched on"]);
});

test("a new password ends other sessions, and on request the keys of apps; a mail tells of it", async (t) => {
  const { browser, house, url } = await signedIn(t);
  const other = new PlainBrowser(url);
  await enterAsLee(other);
  const keys = async () => (await house.storage.query("SELECT id FROM app_tokens WHERE revoked_at IS NULL")).length;
  await browser.post("/account/apps", { app: "Quill", scope: ["create"] });
  const change = (from: string, to: string, more = {}) =>
    browser.post("/account/password", { "current-password": from, "new-password": to, ...more });

  t.is((await change("wrong", "nine swans on the pond")).status, 422);
  t.is((await change(leesPassword, "password1")).status, 422);
  t.is((await change(leesPassword, "nine swans on the pond")).status, 303);
  t.is((await other.get("/account")).status, 303);
  t.is((await browser.get("/account")).status, 200);
  t.is(await keys(), 1);
  t.is((await change("nine swans on the pond", "ten owls in the barn", { "end-apps": "on" })).status, 303);
  t.is(await keys(), 0);
  t.is((await mailsOf(house))[0]!.subject, "Your password was changed");
});

test("another address counts when the link that went there was opened by its own person", async (t) => {
  const { browser, house, lee, kim } = await signedIn(t);
  const change = { ...profile, email: "new@lee.example", "email-password": leesPassword };

  t.is((await browser.post("/account/profile", change)).status, 303);
  t.regex((await browser.get("/account")).text, /new@lee\.example counts once the link/);
  const path = await linkIn(house);
  t.is((await kim.get(path)).status, 410);
  t.regex((await browser.get(path)).text, /Use new@lee\.example for the account “lee”\?/);
  const token = new URLSearchParams(path.split("?")[1]).get("token")!;
  t.is((await personById(house.storage, lee.id))?.email, "lee@mail.example");
  t.is((await browser.post("/account/email", { token })).location, "/account");
  t.is((await browser.post("/account/email", { token })).status, 410);

  t.is((await personById(house.storage, lee.id))?.email, "new@lee.example");
  t.like((await mailsOf(house))[0], { to: "lee@mail.example", subject: "Your e-mail address was changed" });
});

test("a profile has a photo with its description and links; what is refused comes back as it was typed", async (t) => {
  const { kim, house } = await withLee(t);
  await kim.get("/account");
  const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: "#4a7" } }).png().toBuffer(); // prettier-ignore
  const form = new FormData();
  const fields = {
    ...profile,
    name: "Kim K",
    email: "",
    "photo-alt": "Kim in a boat",
    "link-label": "Home",
    "link-url": "https://kim.example/",
  };
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("photo-file", new File([new Uint8Array(picture)], "kim.png", { type: "image/png" }));

  t.is((await kim.post("/account/profile", form)).status, 303);
  const page = (await kim.get("/account")).text;
  t.regex(page, /<img src="http:\/\/kim\.localhost:\d+\/media\/[^"]+" alt="Kim in a boat"/);
  t.regex(page, /value="https:\/\/kim\.example\/"/);

  for (const [field, value] of [
    ["link-url", "javascript:alert(1)"],
    ["photo", "javascript:alert(1)"],
    ["timeZone", "Mars/Olympus"],
    ["language", "not a tag"],
    ["email", "no address"],
  ] as const) {
    // prettier-ignore
    const password = { "email-password": "seven herons in the reeds" };
    const refused = await kim.post("/account/profile", { ...profile, email: "", bio: "Kept words", ...password, [field]: value });
    t.is(refused.status, 422, field);
    t.regex(refused.text, /Kept words/, field);
    t.false(/href="javascript/.test(refused.text));
  }
  const removed = await kim.post("/account/profile", { ...profile, email: "", "photo-remove": "on" });
  t.is(removed.status, 303);
  const [{ id } = { id: "" }] = await house.storage.query<{ id: string }>("SELECT id FROM accounts WHERE username = 'kim'");
  t.is((await personById(house.storage, id))?.photo, "");
});

test("colours, reminders and keys are kept for whoever chose them; what is no choice is refused", async (t) => {
  const { browser, house, lee } = await signedIn(t);

  t.is((await browser.post("/account/preferences", { scheme: "dark", altReminder: "confirm" })).location, "/account#preferences");
  t.regex((await browser.get("/more")).text, /<html[^>]* data-scheme="dark"/);
  t.like((await personById(house.storage, lee.id))?.preferences, { scheme: "dark", altReminder: "confirm", letterKeys: false });
  t.is((await browser.post("/account/preferences", { scheme: "plaid", altReminder: "note" })).status, 422);
});

test("people end their own sessions, one or all others, and see what each sits at", async (t) => {
  const { browser, house, url, kim } = await signedIn(t);
  const [phone, desk] = [new PlainBrowser(url), new PlainBrowser(url)];
  for (const one of [phone, desk]) await enterAsLee(one);
  const hashes = async (name: string) =>
    (await house.storage.query<{ id_hash: string }>("SELECT s.id_hash FROM sessions s JOIN accounts a ON a.id = s.account_id WHERE a.username = ? ORDER BY s.created_at", [name])).map((row) => row.id_hash); // prettier-ignore

  await browser.post(`/account/sessions/${(await hashes("kim"))[0]}/end`, {});
  t.is((await kim.get("/account")).status, 200, "nobody ends another person's");
  await browser.post(`/account/sessions/${(await hashes("lee"))[1]}/end`, {});
  t.is((await phone.get("/account")).status, 303);
  await browser.post("/account/sessions/end-others", {});
  t.is((await desk.get("/account")).status, 303);
  t.is((await browser.get("/account")).status, 200);
});

async function signedInPerson(house: Awaited<ReturnType<typeof withLee>>["house"]) {
  const [row] = await house.storage.query<{ id: string }>("SELECT id FROM accounts WHERE username = 'lee'");
  return personById(house.storage, row!.id);
}

for (const [agent, expected] of [
  ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"],
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
    "Edge on Windows",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1",
    "Safari on iPhone",
  ],
  [
    "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
    "Chrome on Android",
  ],
  ["curl/8.0", "curl/8.0"],
  ["", "Unknown browser"],
] as const)
  // prettier-ignore
  test(`“${agent.slice(0, 60)}” is ${expected}`, (t) => t.is(deviceOf(translator("en"), agent), expected));
