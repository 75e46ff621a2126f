import { Secret, TOTP } from "otpauth";
import type { House } from "../../../core/house.ts";
import { runDue } from "../../../core/jobs/worker.ts";
import { mailFolder } from "../../../core/net/mail-transport.ts";
import { createAccount } from "../../../core/people/accounts.ts";
import { keptMails, type KeptMail } from "../../../core/people/mail/mail-folder.ts";
import { hashPassword } from "../../../core/people/passwords.ts";
import type { Person } from "../../../core/people/person.ts";
import { switchOnSecondFactor, draftSecondFactor, draftSecret } from "../../../core/people/second-factor/second-factor.ts";
import { workerOptions } from "../../../core/start.ts";
import { openDashboard, PlainBrowser, setUp } from "../../testing.ts";

/** What lee signs in with. */
export const leesPassword = "eight geese on the lawn";

/** An installation of kim's, and lee with a password, a mailbox and a browser of his own, not signed in. */
export async function withLee(t: Parameters<typeof openDashboard>[0]) {
  const parts = await openDashboard(t);
  await setUp(parts);
  const passwordHash = await hashPassword(leesPassword);
  const account = { username: "lee", name: "Lee", email: "lee@mail.example", passwordHash };
  const lee = await parts.house.storage.write((db) => createAccount(db, account, parts.house.clock.now()));
  const browser = new PlainBrowser(parts.url);
  await browser.get("/signin");
  return { ...parts, kim: parts.browser, browser, lee };
}

/** Lee signs in by his password. */
export async function enterAsLee(browser: PlainBrowser, next = "/account") {
  await browser.get(`/signin?next=${next}`);
  const entered = await browser.post("/signin", { name: "lee", password: leesPassword, next });
  if (entered.location === next) await browser.get("/account");
  return entered;
}

/** Mail so far, the latest first: everything that is due is sent before. */
export async function mailsOf(house: House): Promise<readonly KeptMail[]> {
  await runDue(workerOptions(house, new AbortController().signal));
  return (await keptMails(mailFolder(house.settings.dataFolder), { limit: 30 })).mails;
}

/** The path of the link in the latest mail. */
export async function linkIn(house: House): Promise<string> {
  const { pathname, search } = new URL(/^https?:\S+token=\S+$/m.exec((await mailsOf(house))[0]!.text)![0]);
  return pathname + search;
}

/** Switches the second step on; gives what an app shows now (or steps of 30 s later), and the recovery codes. */
export async function giveSecondFactor({ storage, secrets, clock }: House, person: Person) {
  // Begun two steps ago, so that the code of this moment is not used yet.
  const before = new Date(clock.now().getTime() - 60_000);
  await storage.write((db) => draftSecondFactor(db, secrets, person.id, before));
  const secret = (await draftSecret(storage, secrets, person.id))!;
  const app = appOf(secret);
  const proof = { accountId: person.id, code: app(-2) };
  const codes = (await storage.write((db) => switchOnSecondFactor(db, secrets, proof, before)))!;
  return { app, codes };
}

/** What an authenticator app with this secret shows, some steps away from now. */
export function appOf(secret: string): (steps?: number) => string {
  const totp = new TOTP({ secret: Secret.fromBase32(secret.replaceAll(" ", "")) });
  return (steps = 0) => totp.generate({ timestamp: Date.now() + steps * 30_000 });
}

/** Lets the proof of every session grow old, so that sensitive changes ask again. */
export async function growOld({ storage, clock }: House): Promise<void> {
  const past = new Date(clock.now().getTime() - 11 * 60_000).toISOString();
  await storage.write((db) => db.run("UPDATE sessions SET confirmed_at = ?", [past]));
}
