import test from "ava";
import { TestAuthenticator } from "../../../core/people/passkeys/authenticator.testing.ts";
import { addPasskey } from "../../../core/people/passkeys/passkeys.ts";
import { askForPasskey, checkNewPasskey } from "../../../core/people/passkeys/ceremony.ts";
import type { Person } from "../../../core/people/person.ts";
import type { House } from "../../../core/house.ts";
import { PlainBrowser } from "../../testing.ts";
import { enterAsLee, giveSecondFactor, leesPassword, linkIn, mailsOf, withLee } from "./people.testing.ts";

const isIn = async (browser: PlainBrowser) => (await browser.get("/account")).status === 200;

async function givePasskey({ storage, site, clock }: House, person: Person): Promise<TestAuthenticator> {
  const device = new TestAuthenticator(new URL(site.url).origin);
  const question = { purpose: "register", binding: "test" } as const;
  const parts = { storage, siteUrl: site.url, now: clock.now() };
  const { options, ticket } = await askForPasskey(parts, person, question);
  const made = (await checkNewPasskey(parts, question, { ticket, response: device.register(options) }))!;
  await storage.write((db) => addPasskey(db, { ...made, accountId: person.id, name: "Phone" }, clock.now()));
  return device;
}

type Asked = { options: { challenge: string; rpId: string }; ticket: string };
const askPasskey = async (browser: PlainBrowser) => JSON.parse((await browser.post("/signin/passkey/options", {})).text) as Asked;

test("a mailed link: looking at it uses nothing up, its button signs in once, elsewhere too, and then it says why not", async (t) => {
  const { browser, house, url } = await withLee(t);

  t.is((await browser.post("/signin/link", { name: "LEE@mail.example", next: "/more" })).location, "/signin/sent?for=sign-in");
  const path = await linkIn(house);
  for (let looks = 0; looks < 2; looks++) t.regex((await new PlainBrowser(url).get(path)).text, /signs you in as Lee \(lee\)/);
  t.false(await isIn(browser));
  const elsewhere = new PlainBrowser(url);
  await elsewhere.get(path);
  const token = new URL(path, url).searchParams.get("token")!;
  const entered = await elsewhere.post("/signin/link/use", { token });

  t.is(entered.location, "/more");
  t.true(await isIn(elsewhere));
  await browser.get("/signin");
  const again = await browser.post("/signin/link/use", { token });
  t.is(again.status, 410);
  t.regex(again.text, /used already, or its time is over/);
  t.is((await browser.get(path)).status, 410);
  t.false(await isIn(browser));
});

for (const [path, sent] of [
  ["/signin/link", "/signin/sent?for=sign-in"],
  ["/signin/reset", "/signin/sent?for=reset"],
] as const)
  test(`${path} answers the same for somebody and for nobody, and asks for a name`, async (t) => {
    const { browser, house } = await withLee(t);

    for (const name of ["lee", "nobody", "nobody@mail.example"]) {
      const answer = await browser.post(path, { name });
      t.deepEqual([answer.status, answer.location], [303, sent], name);
    }
    t.is((await browser.post(path, { name: " " })).status, 422);
    t.is((await mailsOf(house)).length, 1);
    t.regex((await browser.get(sent)).text, /If there is such an account/);
  });

test("a forgotten password: a weak one is refused and the link stays; another is taken once and signs everybody out", async (t) => {
  const { browser, house, url } = await withLee(t);
  const signedIn = new PlainBrowser(url);
  await enterAsLee(signedIn);
  await browser.post("/signin/reset", { name: "lee" });
  const path = await linkIn(house);
  const token = new URL(path, url).searchParams.get("token")!;
  const choose = (password: string) => browser.post("/signin/reset/new", { token, "new-password": password });

  t.regex((await browser.get(path)).text, /new password for Lee \(lee\)/);
  const weak = await choose("password1");
  t.is(weak.status, 422);
  t.false(weak.text.includes("password1"));
  t.is((await choose("nine swans on the pond")).location, "/signin");

  t.regex((await browser.get("/signin")).text, /Your new password is saved/);
  t.false(await isIn(signedIn));
  t.is((await choose("ten owls in the barn")).status, 410);
  t.is((await enterAsLee(browser)).status, 422);
  t.is(
    (await browser.post("/signin", { name: "lee", password: "nine swans on the pond", next: "/account" })).location,
    "/account",
  );
  t.is((await mailsOf(house))[0]!.subject, "Your password was changed");
});

test("with a second step the password opens only the question; the app's code opens the account, once", async (t) => {
  const { browser, house, lee, url } = await withLee(t);
  const { app } = await giveSecondFactor(house, lee);
  const code = app();

  t.is((await enterAsLee(browser, "/more")).location, "/signin/code?next=%2Fmore");
  t.false(await isIn(browser));
  t.is((await browser.get("/signin/code?next=/more")).status, 200);
  const wrong = await browser.post("/signin/code", { code: "000000", next: "/more" });
  t.is(wrong.status, 422);
  t.regex(wrong.text, /not right, or was used already/);
  t.is((await browser.post("/signin/code", { code, next: "/more" })).location, "/more");
  t.true(await isIn(browser));

  const other = new PlainBrowser(url);
  await enterAsLee(other);
  t.is((await other.post("/signin/code", { code })).status, 422, "a code counts once");
  t.false(await isIn(other));
});

test("nothing in a form passes the second step by, and without the first step there is no question", async (t) => {
  const { browser, house, lee, url } = await withLee(t);
  const { app, codes } = await giveSecondFactor(house, lee);
  const sneaky = { name: "lee", password: leesPassword, code: app(), "second-factor": "no", by: "passkey", halfway: "x" };

  t.regex((await browser.post("/signin", sneaky)).location ?? "", /^\/signin\/code/);
  t.false(await isIn(browser));
  const stranger = new PlainBrowser(url);
  t.is((await stranger.get("/signin/code?next=/more")).location, "/signin?next=%2Fmore");
  await stranger.get("/signin");
  const stale = await stranger.post("/signin/code", { code: app(), "recovery-code": codes[0]! });
  t.is(stale.location, "/signin");
  t.regex((await stranger.get("/signin")).text, /That took too long/);
});

test("a recovery code signs in when the app is not at hand, and says how many are left", async (t) => {
  const { browser, house, lee } = await withLee(t);
  const { codes } = await giveSecondFactor(house, lee);
  await enterAsLee(browser);

  t.is((await browser.post("/signin/code", { code: "", "recovery-code": codes[0]!, next: "/" })).location, "/");
  t.regex((await browser.get("/account")).text, /You used a recovery code\. 9 are left\./);
  t.is((await mailsOf(house))[0]!.subject, "A recovery code was used");
});

test("a mailed link asks for the code too", async (t) => {
  const { browser, house, lee, url } = await withLee(t);
  const { app } = await giveSecondFactor(house, lee);
  await browser.post("/signin/link", { name: "lee", next: "/more" });
  const path = await linkIn(house);
  await browser.get(path);

  const entered = await browser.post("/signin/link/use", { token: new URL(path, url).searchParams.get("token")! });

  t.is(entered.location, "/signin/code?next=%2Fmore");
  t.false(await isIn(browser));
  t.is((await browser.post("/signin/code", { code: app(), next: "/more" })).location, "/more");
});

test("a passkey signs in alone, also with a second step; its answer counts once, in its own browser", async (t) => {
  const { browser, house, lee, url } = await withLee(t);
  await giveSecondFactor(house, lee);
  const device = await givePasskey(house, lee);
  const { options, ticket } = await askPasskey(browser);
  const answer = { ticket, response: device.prove(options), next: "/more" };

  const elsewhere = new PlainBrowser(url);
  await elsewhere.get("/signin");
  const stolen = await askPasskey(browser);
  const wrong = await elsewhere.post("/signin/passkey", { ticket: stolen.ticket, response: device.prove(stolen.options) });
  t.is(wrong.status, 422);
  t.regex(wrong.text, /opens no account here, or it took too long/);

  const late = await askPasskey(browser);
  t.is((await browser.post("/signin/passkey", { ...answer, ticket: late.ticket })).status, 422, "another question's answer");
  const right = await askPasskey(browser);
  t.is(
    (await browser.post("/signin/passkey", { ticket: right.ticket, response: device.prove(right.options), next: "/more" }))
      .location,
    "/more",
  );
  t.true(await isIn(browser));
  await elsewhere.get("/signin");
  t.is((await elsewhere.post("/signin/passkey", answer)).status, 422);
  t.is((await elsewhere.post("/signin/passkey", { ticket: "", response: "{}" })).status, 422);
});

test("signing in leads to places of the hub only", async (t) => {
  const { browser } = await withLee(t);

  for (const next of [
    "//evil.example",
    "https://evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
    "/..//evil.example",
    "",
  ]) {
    const { location } = await browser.post("/signin", { name: "lee", password: leesPassword, next });
    t.is(location, "/", next);
    await browser.get("/account");
    await browser.post("/signout", {});
    await browser.get("/signin");
  }
});

test("each sign-in begins another session and ends the one this browser had", async (t) => {
  const { browser, house, url, lee } = await withLee(t);
  await enterAsLee(browser);
  const thief = new PlainBrowser(url);
  thief.borrow(browser);
  t.true(await isIn(thief));

  await browser.post("/signin", { name: "lee", password: leesPassword });

  t.true(await isIn(browser));
  t.false(await isIn(thief));
  t.is((await house.storage.query("SELECT id_hash FROM sessions WHERE account_id = ?", [lee.id])).length, 1);
});

test("too many tries are told when to come back, in words and for machines, by every road", async (t) => {
  const { browser, house } = await withLee(t);
  for (let i = 0; i < 10; i++) await browser.post("/signin", { name: "lee", password: "wrong" });

  const password = await browser.post("/signin", { name: "lee", password: leesPassword });
  for (let i = 0; i < 3; i++) await browser.post("/signin/reset", { name: "lee" });
  const reset = await browser.post("/signin/reset", { name: "lee" });

  for (const answer of [password, reset]) {
    t.is(answer.status, 429);
    t.regex(answer.text, /Try again in (a minute|\d+ minutes)\./);
    t.regex(answer.text, /value="lee"/);
  }
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const asked = await browser.script("POST", "/signin/reset", "name=lee", form);
  t.regex(asked.headers.get("retry-after") ?? "", /^\d+$/);
  t.is((await mailsOf(house)).length, 3);
});
