import test from "ava";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { mailFolder, openMailTransport } from "../../net/mail-transport.ts";
import { startMailServer } from "../../net/smtp.testing.ts";
import { listJobs, retryJob } from "../../jobs/list-jobs.ts";
import { createTestHost, type TestHost } from "../../testing/test-host.ts";
import { keptMail, keptMails, sweepMailFolder } from "./mail-folder.ts";
import { mailLater, type Mail } from "./mail-later.ts";
import { readMailState, sweepMail } from "./mail-state.ts";
import { mailLanguages, writeMail } from "./mail-texts.ts";
import { sendMail } from "./send-mail.ts";

const link = "http://hub.example/signin/link?token=very-secret";
const toKim: Mail = {
  to: "kim@mail.example",
  template: "sign-in-link",
  language: "en",
  values: { name: "Kim", link, minutes: 15 },
};
const write = ({ house }: TestHost, mail: Mail = toKim) => house.storage.write((db) => mailLater(house, db, mail));
const scopeOf = ({ house }: TestHost) => house.scope({ via: "job" });

async function waiting(host: TestHost): Promise<string> {
  const [row] = await host.house.storage.query("SELECT data FROM jobs WHERE name = 'mail'");
  return (JSON.parse(String(row!.data)) as { mailId: string }).mailId;
}

test("without a mail server a mail becomes a file that only its owner reads, and one line of the log without its link", async (t) => {
  const host = await createTestHost(t);
  await write(host);
  const folder = mailFolder(host.folder);

  await host.runJobs();

  const [name] = readdirSync(folder);
  t.is(statSync(join(folder, name!)).mode & 0o077, 0);
  t.true(readFileSync(join(folder, name!), "utf8").includes(link));
  const [said] = host.logged.filter((line) => line.message.includes("SMTP_URL"));
  t.regex(said!.message, /Your link to sign in to hub\.example/);
  t.false(host.logged.some((line) => line.message.includes("very-secret")));
});

test("a mail that waits is sealed: neither its link nor its address is readable in the database", async (t) => {
  const host = await createTestHost(t);
  await write(host);

  const rows = [
    ...(await host.house.storage.query("SELECT * FROM jobs")),
    ...(await host.house.storage.query("SELECT * FROM secrets")),
  ];

  t.false(JSON.stringify(rows).includes("very-secret"));
  t.false(JSON.stringify(rows).includes("kim@mail"));
  await host.runJobs();
  t.deepEqual(await host.house.storage.query("SELECT place FROM secrets"), []);
});

test("a mail exists exactly when the fact it tells of does", async (t) => {
  const host = await createTestHost(t);
  const failed = host.house.storage.write(async (db) => {
    await mailLater(host.house, db, toKim);
    throw new Error("no");
  });

  await t.throwsAsync(failed);
  await host.runJobs();

  t.deepEqual((await keptMails(mailFolder(host.folder), { limit: 9 })).mails, []);
});

test("a mail server gets the mail with one recipient and nothing smuggled in, and the dashboard hears that it went", async (t) => {
  const host = await createTestHost(t);
  const server = await startMailServer(t);
  const values = { ...toKim.values, name: "Kim\r\nBcc: lee@mail.example\r\n\r\nBuy" };
  await write(host, { ...toKim, values });
  const transport = openMailTransport({ smtpUrl: server.url, dataFolder: host.folder, url: "http://hub.example" });

  await sendMail(scopeOf(host), { secrets: host.house.secrets, transport }, await waiting(host));

  t.deepEqual(server.recipients, ["RCPT TO:<kim@mail.example>"]);
  const [headers, body] = server.letters[0]!.split("\r\n\r\n") as [string, string];
  t.regex(headers, /^From: "?hub\.example[^\n]*<rookery@hub\.example>/m);
  t.notRegex(headers, /^Bcc:/m);
  t.regex(body, /Hello Kim Bcc: lee@mail\.example Buy,/);
  t.like(await readMailState(host.house.storage), { isSent: true });
});

test("a server that is not there is tried again; a recipient it does not know is not, and shows as dead with the reason", async (t) => {
  const host = await createTestHost(t);
  const settings = { dataFolder: host.folder, url: "http://hub.example" };
  const parts = (smtpUrl: string) => ({
    secrets: host.house.secrets,
    transport: openMailTransport({ ...settings, smtpUrl }),
  });
  await write(host);
  const mailId = await waiting(host);

  const gone = await t.throwsAsync(sendMail(scopeOf(host), parts("smtp://127.0.0.1:1"), mailId));
  const { url } = await startMailServer(t, { recipient: "550 no such person" });
  const unknown = await t.throwsAsync(sendMail(scopeOf(host), parts(url), mailId));

  t.false("permanent" in gone);
  t.like(unknown, { permanent: true });
  t.regex(unknown.message, /550 no such person/);
  t.like(await readMailState(host.house.storage), { isSent: false });
});

test("a mail whose link is over is not sent: it is dead and says so, and can be cancelled", async (t) => {
  const host = await createTestHost(t);
  await write(host, { ...toKim, until: new Date(host.clock.now().getTime() + 60_000) });
  host.clock.advance({ minutes: 2 });

  await host.runJobs();

  t.deepEqual((await keptMails(mailFolder(host.folder), { limit: 9 })).mails, []);
  const { jobs } = await listJobs(host.house.storage, { state: "dead" });
  t.regex(jobs[0]!.lastError, /before its link ended/);
  await retryJob(host.house.storage, jobs[0]!.id, host.clock.now());
  await host.runJobs();
  t.deepEqual((await keptMails(mailFolder(host.folder), { limit: 9 })).mails, []);
});

test("mails lie in the folder latest first, page by page, and leave after 30 days", async (t) => {
  const host = await createTestHost(t);
  const folder = mailFolder(host.folder);
  for (const name of ["Kim", "Lee", "Ana"]) {
    await write(host, { ...toKim, template: "test", values: { name } });
    host.clock.advance({ minutes: 1 });
  }
  await host.runJobs();

  const first = await keptMails(folder, { limit: 2 });
  const second = await keptMails(folder, { limit: 2, before: first.next! });

  const names = [...first.mails, ...second.mails].map((mail) => /Hello (\w+)/.exec(mail.text)?.[1]);
  t.deepEqual(names, ["Ana", "Lee", "Kim"]);
  t.is(second.next, null);
  t.like(await keptMail(folder, first.mails[0]!.name), { to: "kim@mail.example", date: "Fri, 01 May 2026 12:02:00 +0000" });
  for (const bad of ["../secret", "secret", `../mail/${first.mails[0]!.name}`]) t.is(await keptMail(folder, bad), null);
  host.clock.advance({ days: 31 });
  t.is(await sweepMailFolder(folder, host.clock.now()), 3);
});

test("a cancelled mail is forgotten after a month", async (t) => {
  const host = await createTestHost(t);
  await write(host);
  host.clock.advance({ days: 31 });

  t.is(await host.house.storage.write((db) => sweepMail(db, host.clock.now())), 1);
});

test("a language that mail does not speak is answered in its base language, else in English", (t) => {
  t.is(writeMail("test", "xx-YY", { name: "Kim", site: "hub.example" }).subject, "A test mail from hub.example");
  t.true(mailLanguages.includes("en"));
});

test("every language of mail has every text with the same places", (t) => {
  const read = (language: string) =>
    JSON.parse(readFileSync(new URL(`locales/${language}.json`, import.meta.url), "utf8")) as Record<string, string>;
  const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]).sort();
  const english = read("en");

  for (const language of mailLanguages) {
    const texts = read(language);
    t.deepEqual(Object.keys(texts).sort(), Object.keys(english).sort(), language);
    for (const [key, text] of Object.entries(texts)) t.deepEqual(places(text), places(english[key]!), `${language} ${key}`);
  }
});
