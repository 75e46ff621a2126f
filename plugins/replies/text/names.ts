import { linkNames, namesIn, type Account } from "rookery/plugin";
import { hubOf, type Own } from "../own.ts";

/** Makes links of the names of people here behind an @, in clean HTML. E-mail addresses and names of other places stay words. */
export async function withNames(context: Own, html: string): Promise<string> {
  const people = await peopleIn(context, html);
  return linkNames(html, new Map(people.map(({ username }) => [username, `${hubOf(context)}/people/${username}`])));
}

/** The account that a text begins with the name of; null when it begins otherwise, or there is nobody of that name. */
export async function addressee(context: Own, source: string): Promise<Account | null> {
  const [, username] = /^@([A-Za-z0-9][A-Za-z0-9-]{0,39})(?![\p{L}\p{N}_@-])(?!\.[\p{L}\p{N}])/u.exec(source) ?? [];
  return username === undefined ? null : context.accounts.byUsername(username);
}

/** The accounts here that a text names, whether or not links were made of them. */
export async function addressedIn(context: Own, html: string): Promise<readonly string[]> {
  return (await peopleIn(context, html.replace(/<\/?a\b[^>]*>/g, ""))).map(({ id }) => id);
}

async function peopleIn(context: Own, html: string): Promise<readonly Account[]> {
  const found = await Promise.all(namesIn(html).map((one) => context.accounts.byUsername(one)));
  return found.filter((account) => account !== null);
}
