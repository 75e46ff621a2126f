import { plainText, ulid, type Account, type Interaction } from "rookery/plugin";
import type { Own } from "../settings.ts";
import { changeNotice, dropNotices, takeNotice } from "./take.ts";

const quoted = 140;

/** Tells of an interaction as it is now, or takes back what was told: news of it may come late, and in any order. */
export async function followInteraction(context: Own, told: Interaction): Promise<void> {
  const now = await context.interactions.byId(told.id);
  return !now || now.state === "hidden" ? untellInteraction(context, told) : tellInteraction(context, now);
}

// Whose post was answered or mentioned, and whose reply was answered. One that waits for a yes is told to the writer of the post alone.
// Likes and reposts are told to nobody, and a changed text changes what was told.
async function tellInteraction(context: Own, interaction: Interaction): Promise<void> {
  const { kind, state, accountId } = interaction;
  if ((kind !== "reply" && kind !== "mention") || state === "hidden") return;
  const post = await context.posts.byId(interaction.postId);
  if (!post) return;
  const from = accountId === null ? null : await context.accounts.byId(accountId);
  const about = { interaction, from, postUrl: post.url };
  if (post.authorId !== accountId)
    await tell(context, post.authorId, { ...about, key: state === "held" ? "told.held" : `told.${kind}` });
  if (state !== "visible" || interaction.parentId === null) return;
  const answered = (await context.interactions.byId(interaction.parentId))?.accountId ?? null;
  if (answered !== null && answered !== post.authorId && answered !== accountId)
    await tell(context, answered, { ...about, key: "told.answer" });
}

// Also of whom it names, whom the plugin told that brought it.
async function untellInteraction(context: Own, { id }: Interaction): Promise<void> {
  for (const kind of ["reply", "mention"]) await dropNotices(context, { kind, subject: id });
}

type About = {
  readonly interaction: Interaction;
  readonly from: Account | null;
  readonly postUrl: string;
  readonly key: string;
};

async function tell(context: Own, accountId: string, about: About): Promise<void> {
  const reader = await context.accounts.byId(accountId);
  if (!reader) return;
  const { interaction, from, key } = about;
  const { kind, id, author } = interaction;
  const said = plainText(interaction.html).replace(/\s+/g, " ").trim();
  const words = said.length > quoted ? `${said.slice(0, quoted).toWellFormed()}…` : said;
  const values = { name: from?.name || author.name || (URL.parse(interaction.sourceUrl)?.host ?? ""), words };
  const text = context.t(key, values, reader.language || "en");
  const url = urlOf(context, about);
  if (await changeNotice(context, accountId, { kind, subject: id, text, url })) return;
  const now = context.clock.now();
  const notice = {
    id: ulid(now.getTime()),
    pluginId: context.pluginId,
    kind,
    text,
    url,
    subject: id,
    from: { name: values.name, url: author.url, avatar: author.photo },
    at: now.toISOString(),
  };
  await takeNotice(context, accountId, notice, from?.username);
}

// To the conversation, where there is a page of it; else to the post. What waits for a yes is decided on at the blog.
function urlOf(context: Own, { interaction, postUrl, key }: About): string {
  if (key === "told.held") return `/b/${context.blog.host}/replies?tab=held`;
  const hasPages = context.services("timeline.store" as never).length > 0;
  return hasPages && interaction.number > 0 ? `/c/${interaction.number}` : postUrl;
}
