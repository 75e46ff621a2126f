import type { Reply } from "rookery/plugin";
import type { Mute } from "../../timeline/api.ts";
import type { Own } from "../settings.ts";
import { answer, done, invalid, missing } from "../wire/answers.ts";
import { flagOf, numberOf, textOf } from "../wire/input.ts";
import { askTimeline } from "../wire/peers.ts";
import { refused } from "../wire/typed.ts";
import type { Call } from "../wire/route.ts";

/** `POST /users/mute`: a person, a word, or a domain; the entry that came of it. */
export async function mute({ context, input, need }: Call): Promise<Reply> {
  const { account } = need("mute");
  const [username, keyword, domain] = ["username", "keyword", "domain"].map((name) => textOf(input, name));
  const wish = username
    ? { kind: "person" as const, value: username }
    : keyword
      ? { kind: "word" as const, value: keyword }
      : domain
        ? { kind: "domain" as const, value: domain }
        : null;
  if (!wish) throw invalid("Say what to mute: username, keyword or domain.");
  if (wish.kind === "person") needOther(context, account.username, wish.value);
  const hidesReplies = flagOf(input, "is_hiding_other_replies") ?? false;
  return answer(mutedEntry(await askTimeline(context, (store) => store.mute(account.id, { ...wish, hidesReplies }))));
}

/** `GET /users/muting`. */
export async function muting({ context, need }: Call): Promise<Reply> {
  const { account } = need("mute");
  return answer((await mutesOf(context, account.id, false)).map(mutedEntry));
}

/** `POST /users/muting/:id`: whether replies to that person are hidden, too. */
export async function changeMute({ context, input, params, need }: Call): Promise<Reply> {
  const { account } = need("mute");
  const entry = await entryOf(context, account.id, params.id, false);
  const hidesReplies = flagOf(input, "is_hiding_other_replies") ?? entry.hidesReplies;
  const { kind, value, until } = entry;
  return answer(mutedEntry(await askTimeline(context, (store) => store.mute(account.id, { kind, value, until, hidesReplies }))));
}

/** `POST /users/block`: mutes somebody with what answers or names them, and ends following. */
export async function block({ context, input, need }: Call): Promise<Reply> {
  const { account } = need("block");
  const value = textOf(input, "username");
  if (value === "") throw invalid("Say whom: the field username is empty.");
  needOther(context, account.username, value);
  return answer(
    blockedEntry(await askTimeline(context, (store) => store.mute(account.id, { kind: "person", value, isBlock: true }))),
  );
}

/** `GET /users/blocking`. */
export async function blocking({ context, need }: Call): Promise<Reply> {
  const { account } = need("block");
  return answer((await mutesOf(context, account.id, true)).map(blockedEntry));
}

/** Ends a mute or a block: by the id in the path, or as the parameter `id` (or `username`). */
export const ending =
  (isBlock: boolean) =>
  async ({ context, input, params, need }: Call): Promise<Reply> => {
    const { account } = need(isBlock ? "block" : "mute");
    const entry = await entryOf(context, account.id, params.id ?? textOf(input, "id", "username"), isBlock);
    await askTimeline(context, (store) => store.unmute(account.id, entry.id));
    return done();
  };

function needOther({ site }: Own, own: string, wanted: string): void {
  const name = wanted.replace(/^@/, "").toLowerCase();
  if (name === own || name === `${own}@${new URL(site.url).host}`) throw refused("This is your own name.");
}

async function mutesOf(context: Own, accountId: string, isBlock: boolean): Promise<readonly Mute[]> {
  return (await askTimeline(context, (store) => store.mutes(accountId))).filter((one) => one.isBlock === isBlock);
}

async function entryOf(context: Own, accountId: string, which: string | undefined, isBlock: boolean): Promise<Mute> {
  const number = numberOf(which);
  const name = (which ?? "").replace(/^@/, "").toLowerCase();
  const found = (await mutesOf(context, accountId, isBlock)).find(
    (one) => one.number === number || (number === null && one.kind === "person" && one.value === name),
  );
  if (!found) throw missing("There is no such entry.");
  return found;
}

const mutedEntry = ({ number, kind, value, hidesReplies }: Mute) => ({
  id: number,
  username: kind === "person" ? value : null,
  domain: kind === "domain" ? value : null,
  keyword: kind === "word" ? value : null,
  is_hiding_other_replies: hidesReplies,
});

const blockedEntry = ({ number, value }: Mute) => ({ id: number, username: value });
