import { PublicError } from "../../../core/errors.ts";
import type { Interaction } from "../../../core/hooks/values.ts";
import { isUlid } from "../../../core/ids.ts";
import { authorToBlock, block, hostToBlock } from "../../../core/interactions/blocks.ts";
import { decide, deletedById, deleteInteraction, undelete } from "../../../core/interactions/decide.ts";
import { interactionById } from "../../../core/interactions/read.ts";
import { postsByIds } from "../../../core/posts/read.ts";
import { all, one } from "../../fields.ts";
import { onBlog, type OnBlog } from "../../on-blog.ts";
import type { AdminRequest } from "../../request.ts";
import { record } from "../posts/record.ts";
import { tabOf, type Tab } from "./tabs.ts";

const most = 100;
const states = { show: "visible", hold: "held", hide: "hidden" } as const;
const words = { visible: "show", held: "hold", hidden: "hide", reactions: "show" } as const;

type Work = "show" | "hold" | "hide" | "delete" | "restore";

/**
 * Does one thing to the replies that were ticked, or to the one beside whose text the button stands (`one`, as `hide ID`);
 * those under posts that are not the person's are left alone. `block` stops hearing from somebody.
 */
export async function change(request: AdminRequest) {
  const place = await onBlog(request, "post.create");
  const { fields } = await request.form();
  const tab = tabOf(one(fields, "tab"));
  const [single = "", id = ""] = (one(fields, "one") || one(fields, "block")).split(" ");
  if (one(fields, "block") !== "") return blockOne(request, place, { what: single, id, tab });
  const wanted = workOf(single || one(fields, "do"));
  const back = `${place.at("/replies")}?tab=${tab}`;
  const ids = [...new Set(id === "" ? all(fields, "id") : [id])].filter((each) => isUlid(each)).slice(0, most);
  if (!wanted) throw new PublicError("reply.nothing", request.t("posts.bulk-nothing"), 422);
  if (ids.length === 0) return request.redirect(back, request.t("replies.bulk-none"));
  const theirs = await decidable(place, ids, wanted);
  const was = states[one(fields, "was") as keyof typeof states] ?? "hidden";
  const done: string[] = [];
  for (const each of theirs) if (await run(place, wanted, each, was)) done.push(each);
  if (id !== "" && done.length === 0) throw new PublicError("reply.unknown", request.t("posts.reply-unknown"), 404);
  if (done.length > 0) await record(place, `replies.${wanted}`, `${done.length}`, { ids: done });
  const text = request.t(`replies.done-${wanted}`, { n: done.length });
  if (done.length === 0 || wanted === "restore") return request.redirect(back, text);
  return request.redirect(back, { text, undo: undoOf(request, place, { wanted, tab, done }) });
}

function workOf(word: string): Work | null {
  return (["show", "hold", "hide", "delete", "restore"] as const).find((each) => each === word) ?? null;
}

// Those of them whose post the person may change.
async function decidable(place: OnBlog, ids: readonly string[], wanted: Work): Promise<string[]> {
  const find = wanted === "restore" ? deletedById : interactionById;
  const found = (await Promise.all(ids.map((id) => find(place.scope, id)))).filter((each) => each !== null);
  const posts = await postsByIds(place.scope, [...new Set(found.map(({ postId }) => postId))]);
  const allowed = new Set(posts.filter((post) => place.may("post.edit", post)).map(({ id }) => id));
  return found.filter(({ postId }) => allowed.has(postId)).map(({ id }) => id);
}

function run({ scope }: OnBlog, wanted: Work, id: string, was: Interaction["state"]): Promise<boolean> {
  if (wanted === "delete") return deleteInteraction(scope, id);
  return wanted === "restore" ? undelete(scope, id, was) : decide(scope, id, states[wanted]);
}

function undoOf(
  request: AdminRequest,
  place: OnBlog,
  { wanted, tab, done }: { wanted: Work; tab: Tab; done: readonly string[] },
) {
  const before = words[tab];
  const fields = { do: wanted === "delete" ? "restore" : before, was: before, tab, id: done };
  return { path: place.at("/replies"), fields, label: request.t("posts.undo") };
}

async function blockOne(request: AdminRequest, place: OnBlog, asked: { what: string; id: string; tab: Tab }) {
  const found = place.may("blog.edit") ? await interactionById(place.scope, asked.id) : null;
  const wanted = found && (asked.what === "host" ? hostToBlock(found) : authorToBlock(found));
  if (!wanted) throw new PublicError("reply.unknown", request.t("posts.reply-unknown"), 404);
  await block(place.scope, wanted);
  await record(place, "replies.blocked", wanted.label, { kind: wanted.kind, value: wanted.value });
  return request.redirect(`${place.at("/replies")}?tab=${asked.tab}`, request.t("replies.block-done", { name: wanted.label }));
}
