import { xmlAttribute, type Account } from "rookery/plugin";
import { hubOf, type Own } from "../own.ts";

const most = 20;
const name = /(?<![\p{L}\p{N}_@/.-])@([A-Za-z0-9][A-Za-z0-9-]{0,39})(?![\p{L}\p{N}_@-])(?!\.[\p{L}\p{N}])/gu;
// What is written in a link or as code names nobody.
const opaque = new Set(["a", "code", "pre"]);

/** Makes links of the names of people here behind an @, in clean HTML. E-mail addresses and names of other places stay words. */
export async function withNames(context: Own, html: string): Promise<string> {
  const known = await peopleIn(context, html);
  if (known.size === 0) return html;
  let depth = 0;
  // `sanitise` leaves `<` and `>` nowhere but around tags.
  return html.replace(/<(\/?)([a-z0-9]+)[^>]*>|[^<]+/gi, (part, end: string | undefined, tag: string | undefined) => {
    if (tag !== undefined) {
      if (opaque.has(tag.toLowerCase())) depth = Math.max(0, depth + (end ? -1 : 1));
      return part;
    }
    return depth > 0 ? part : part.replace(name, (whole, username: string) => linkOf(context, known, whole, username));
  });
}

/** The account that a text begins with the name of; null when it begins otherwise, or there is nobody of that name. */
export async function addressee(context: Own, source: string): Promise<Account | null> {
  const [, username] = /^@([A-Za-z0-9][A-Za-z0-9-]{0,39})(?![\p{L}\p{N}_@-])(?!\.[\p{L}\p{N}])/u.exec(source) ?? [];
  return username === undefined ? null : context.accounts.byUsername(username);
}

async function peopleIn(context: Own, html: string): Promise<ReadonlyMap<string, string>> {
  const names = [...new Set([...html.matchAll(name)].map(([, username]) => username!.toLowerCase()))].slice(0, most);
  const known = new Map<string, string>();
  for (const one of names) {
    const account = await context.accounts.byUsername(one);
    if (account) known.set(one, account.username);
  }
  return known;
}

function linkOf(context: Own, known: ReadonlyMap<string, string>, whole: string, username: string): string {
  const found = known.get(username.toLowerCase());
  return found === undefined ? whole : `<a href="${xmlAttribute(`${hubOf(context)}/people/${found}`)}">${whole}</a>`;
}

/** The accounts here that a text names. */
export async function addressedIn(context: Own, html: string): Promise<readonly string[]> {
  const names = [...(await peopleIn(context, html)).values()];
  const found = await Promise.all(names.map((one) => context.accounts.byUsername(one)));
  return found.flatMap((account) => account?.id ?? []);
}
