import { plainText, type Account, type Interaction } from "rookery/plugin";
import { hubOf, type Own } from "../own.ts";
import { rowByUrl } from "../rows/find.ts";
import type { ReplyRow } from "../rows/reply-row.ts";
import { itemOf } from "../timeline.ts";
import { addressedIn } from "../text/names.ts";

const quoted = 140;

type Said = {
  readonly account: Account;
  /** What it is about: the interaction's id, or the reply's. */
  readonly subject: string;
  readonly number: number;
  /** Whose post it appears under; they hear of it as of every reply. */
  readonly postAuthor: string;
  /** Whether it is a post as well: of those whom a post names the timeline tells. */
  readonly isPost: boolean;
  /** It was told before: that changes, and nobody is told anew. */
  readonly isChange: boolean;
};

/**
 * Tells people here who are named, and whoever is answered outside of blogs: of replies under posts everybody who is answered hears by the
 * event of the core. The same subject is one notice, however often it is told.
 */
export async function tellPeople(
  context: Own,
  row: ReplyRow,
  { account, subject, number, postAuthor, isPost, isChange }: Said,
): Promise<void> {
  const name = account.name || account.username;
  const from = { name, url: `${hubOf(context)}/people/${account.username}`, avatar: account.photo };
  const said = plainText(row.html).replace(/\s+/g, " ").trim();
  const words = said.length > quoted ? `${said.slice(0, quoted).toWellFormed()}…` : said;
  const tell = async (accountId: string, kind: "reply" | "mention") => {
    if (await isKeptFrom(context, accountId, row, number)) return;
    const notice = { kind, key: `notice.${kind}`, values: { name, words }, url: `/c/${number}`, subject, from };
    await context.notify(accountId, { ...notice, ...(isChange && { isChange }) });
  };
  const answered = row.kind === "reply" ? row.toAccount : "";
  if (row.targetBlog === "" && answered !== "" && answered !== row.accountId) await tell(answered, "reply");
  if (isPost && !isChange) return;
  const others = (await addressedIn(context, row.html)).filter((id) => ![row.accountId, answered, postAuthor].includes(id));
  for (const id of others) await tell(id, "mention");
  if (isChange) await context.unnotify({ kind: "mention", subject, except: others });
}

/** Takes back what was told of one that answers something outside of blogs; of the others those do who tell of interactions. */
export async function untellPeople(context: Own, row: ReplyRow): Promise<void> {
  if (row.targetBlog === "") for (const kind of ["reply", "mention"]) await context.unnotify({ kind, subject: row.id });
}

// What moderators hold back, or whoever would be told does not want to read. Under posts the core keeps that.
async function isKeptFrom(context: Own, accountId: string, row: ReplyRow, number: number): Promise<boolean> {
  if (row.targetBlog !== "") return false;
  const own = await itemOf(context, row.accountId, number);
  return own !== null && (await itemOf(context, accountId, number)) === null;
}

/** The same for one that waited for the owner's yes. */
export async function decided(context: Own, interaction: Interaction, before: Interaction["state"]): Promise<void> {
  if (before !== "held" || interaction.state !== "visible" || interaction.accountId === null) return;
  const hub = await context.as({ blog: null });
  const row = await rowByUrl(hub, interaction.sourceUrl);
  const account = row?.state === "sent" ? await hub.accounts.byId(row.accountId) : null;
  const postAuthor = (await context.posts.byId(interaction.postId))?.authorId ?? "";
  if (row && account)
    await tellPeople(hub, row, {
      account,
      subject: interaction.id,
      number: row.number,
      postAuthor,
      isPost: row.copyPost !== "",
      isChange: false,
    });
}
