import { plainText, PublicError, type PluginScreen, type PluginScreenRequest, type Post } from "rookery/plugin";
import { lastReceived, type Received } from "./receiving/received.ts";
import { send } from "./sending/notify.ts";
import { lastSent, sentById, sentOf, wantSent, type Sent } from "./sending/sent.ts";
import type { Own, Settings } from "./settings.ts";

type Request = PluginScreenRequest<Settings>;
const [path, shown] = ["/webmentions", 100] as const;
const tones = { sent: "good", accepted: "good", failed: "bad", rejected: "bad", held: "info" } as const;

/** Which pages were told of posts, what they answered, and what came in. */
export const screens: readonly PluginScreen<Settings>[] = [
  { on: "blog", path, access: "author", title: "Webmentions", menu: "blog", example: {}, run: list },
  { method: "POST", on: "blog", path: `${path}/again`, access: "editor", title: "Webmentions", run: sendAgain },
];

async function list({ context, query, at }: Request) {
  const postId = query.get("post") ?? "";
  const post = postId === "" ? null : await context.posts.byId(postId);
  const [sent, received] = await Promise.all([
    post ? sentOf(context, post.id) : lastSent(context, shown),
    lastReceived(context, shown),
  ]);
  const titles = await titlesOf(context, [...sent, ...received]);
  const data = {
    sent: sent.map((one) => ({ ...saidOfSent(context, one), title: titles.get(one.postId), post: pageOf(context, one.postId) })),
    received: received
      .filter((one) => !post || one.postId === post.id)
      .map((one) => ({ ...saidOfReceived(context, one), title: titles.get(one.postId), post: pageOf(context, one.postId) })),
    only: post ? (titles.get(post.id) ?? post.title) : null,
    all: at(path),
    again: at(`${path}/again`),
    replies: `/b/${context.blog.host}/replies`,
  };
  return { template: "webmentions", data };
}

async function sendAgain({ context, form, redirect }: Request) {
  const { fields } = await form();
  const sent = await sentById(context, fields.get("id") ?? "");
  if (!sent) throw new PublicError("sent-gone", "This webmention is not listed any more.", 404);
  await send(context, await wantSent(context, sent.postId, sent.source, sent.target));
  return redirect(path, context.t("screen.sending"));
}

function saidOfSent(context: Own, { id, target, state, status, answer, endpoint, statusUrl, updatedAt, attempts }: Sent) {
  const key = state === "waiting" && attempts > 0 ? "later" : state;
  const badge = { words: context.t(`sent.${key}`), tone: toneOf(state) };
  return { id, target, badge, status, answer, endpoint, statusUrl, at: updatedAt, canSend: state !== "waiting" };
}

function saidOfReceived(context: Own, { source, target, state, reason, receivedAt }: Received) {
  const badge = { words: context.t(`status.${state}`), tone: toneOf(state) };
  return { source, target, badge, why: reason === "" ? "" : context.t(`reason.${reason}`), at: receivedAt };
}

async function titlesOf(context: Own, rows: readonly { readonly postId: string }[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(rows.map(({ postId }) => postId))];
  const posts = await Promise.all(ids.map((id) => context.posts.byId(id)));
  return new Map(posts.flatMap((post) => (post ? [[post.id, nameOf(post) || context.t("screen.untitled")]] : [])));
}

// A post without a title is called by its words.
function nameOf({ title, html }: Post): string {
  return title || plainText(html).replace(/\s+/g, " ").trim().slice(0, 60).toWellFormed();
}

const toneOf = (state: string): string => (tones as Record<string, string>)[state] ?? "";
const pageOf = ({ blog }: Own, postId: string): string => `/b/${blog.host}/posts/${postId}`;
