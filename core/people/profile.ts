import { stamp } from "../clock.ts";
import { PublicError } from "../errors.ts";
import type { Scope } from "../hooks/scope.ts";
import type { Account, Properties } from "../hooks/values.ts";
import { tellFact } from "../jobs/tell-facts.ts";
import { update } from "../storage/rows.ts";
import type { Transaction } from "../storage/storage.ts";
import { plainName } from "../net/plain-name.ts";
import { accountById, badEmail } from "./accounts.ts";
import { cleanEmail } from "./names.ts";
import { accountOf, personColumns, personFrom, type Person } from "./person.ts";
import { isLanguage, isTimeZone } from "./zones.ts";

/** What people change about themselves; what is left out stays. */
export type ProfileChange = {
  readonly name?: string;
  readonly email?: string | null;
  readonly language?: string;
  readonly timeZone?: string;
  readonly bio?: string;
  readonly photo?: string;
  readonly links?: Account["links"];
  readonly preferences?: Properties;
};

/** Changes a profile. PublicError 422 names what cannot be, 409 an e-mail that is taken, 404 nobody. */
export async function changeProfile(db: Transaction, id: string, change: ProfileChange, now: Date): Promise<void> {
  const lock = db.dialect === "mysql" ? " FOR UPDATE" : "";
  const rows = await db.query(`SELECT ${personColumns} FROM accounts a WHERE a.id = ?${lock}`, [id]);
  if (!rows[0]) throw new PublicError("account.unknown", "There is no such account.", 404);
  const person = personFrom(rows[0]);
  const email = change.email === undefined ? (person.email ?? null) : emailOf(change.email);
  if (email !== null && email !== person.email) await refuseTaken(db, id, email);
  if (change.language && !isLanguage(change.language))
    throw new PublicError("account.language", "This is not a language tag; it looks like en or pt-BR.", 422);
  if (change.timeZone !== undefined && !isTimeZone(change.timeZone))
    throw new PublicError("account.time-zone", "This is not a time zone; it looks like Europe/Berlin.", 422);
  const { bio, photo, links } = change;
  const preferences = {
    ...person.preferences,
    ...change.preferences,
    ...(bio === undefined ? {} : { bio: bio.trim().slice(0, 2000) }),
    ...(photo === undefined ? {} : { photo: photo.slice(0, 2048) }),
    ...(links === undefined ? {} : { links: links.slice(0, 20).filter(isLink) }),
  };
  await update(
    db,
    "accounts",
    {
      name: plainName(change.name ?? person.name) || person.username,
      email,
      language: change.language ?? person.language,
      time_zone: change.timeZone ?? person.timeZone,
      preferences: JSON.stringify(preferences),
      updated_at: stamp(now),
    },
    { id },
  );
}

/** Tells plugins of what others can see to have changed about somebody since `before`, in the transaction of the change. */
export async function tellProfile(scope: Scope, db: Transaction, before: Account): Promise<void> {
  const account = await accountById(scope.storage, before.id);
  const shown = ({ username, name, bio, photo, photoAlt, links }: Account) =>
    JSON.stringify([username, name, bio, photo, photoAlt ?? "", links]);
  if (account && shown(account) !== shown(before))
    await tellFact({ ...scope, blog: null }, db, "profile.updated", { account, before: accountOf(before as Person) });
}

function emailOf(text: string | null): string | null {
  if (text === null || text.trim() === "") return null;
  const email = cleanEmail(text);
  if (email === null) throw badEmail();
  return email;
}

async function refuseTaken(db: Transaction, id: string, email: string): Promise<void> {
  const others = await db.query("SELECT id FROM accounts WHERE email = ? AND id <> ?", [email, id]);
  if (others.length > 0)
    throw new PublicError("account.email-taken", "There is an account with this e-mail address already.", 409);
}

function isLink(link: Account["links"][number]): boolean {
  return link.label.length <= 100 && link.url.length <= 2048 && /^https?:\/\//i.test(link.url) && URL.canParse(link.url);
}
