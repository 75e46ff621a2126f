import type { Looker } from "../reading/looker.ts";
import { markOf } from "../reading/mark.ts";
import type { Pick } from "../picking/picks.ts";
import type { StoredTopic } from "../topics/topics.ts";
import { desk, personOf, shownTopic, type Request } from "./request.ts";

type With = { readonly looker: Looker; readonly topics: readonly StoredTopic[] };

/** A pick as the desk draws it: what it is, who picked it, whether readers see it, and what can be done. */
export async function pickRow(request: Request, pick: Pick, { looker, topics }: With) {
  const { account, at, context } = request;
  const placed = await looker.picked(pick);
  const behind = await looker.behind(pick);
  const hidden = typeof behind === "string" ? behind : null;
  const isOwn = pick.authorId === account!.id;
  return {
    id: pick.id,
    post: placed?.post ?? null,
    mark: placed ? markOf(placed.post) : "",
    tongue: placed ? placed.post.language || placed.blog.language : "",
    conversation: at(`/c/${pick.item}`),
    author: await personOf(request, pick.authorId),
    by: await personOf(request, pick.pickedBy),
    secondedBy: pick.secondedBy === "" ? null : await personOf(request, pick.secondedBy),
    at: pick.showAt,
    note: pick.note,
    topics: topics.filter(({ id }) => pick.topics.includes(id)).map((topic) => shownTopic(request, topic)),
    // What it waits for is said by where it stands.
    hidden: hidden && !(hidden === "changed" && pick.state === "changed") ? context.t(`desk.hidden-${hidden}`) : null,
    canSecond: pick.state === "second" && !isOwn && pick.pickedBy !== account!.id,
    canConfirm: pick.state === "changed" && !isOwn && (hidden === null || hidden === "changed"),
    needsAnother: isOwn && (pick.state === "second" || pick.state === "changed"),
    edit: !isOwn || pick.state === "second" ? at(`${desk}/post?number=${pick.item}`) : null,
  };
}
