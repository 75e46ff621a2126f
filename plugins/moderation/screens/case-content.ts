import { sanitise } from "rookery/plugin";
import { placeOf, type Target } from "../reports/target.ts";
import { escape } from "../rows.ts";
import { heldOf } from "../review/held.ts";
import { threadOf, type Item } from "../timeline.ts";
import { ownOf, type Request } from "./request.ts";

const most = 20;

/** What a case is about, to read: the words themselves, what stands around them, what of the person waits. */
export async function contentOf(request: Request, target: Target) {
  const context = ownOf(request);
  const held = target.accountId === "" ? [] : await heldOf(context, target.accountId);
  return {
    content: await wordsOf(request, target),
    thread: target.number === 0 ? [] : await around(request, target.number),
    held: held.slice(0, most).map((one) => ({ ...one, why: one.why.map((why) => context.t(`why.${why}`)) })),
  };
}

async function wordsOf(request: Request, { kind, subjectId, placeId }: Target): Promise<string> {
  if (kind !== "post" && kind !== "reply") return "";
  const there = await placeOf(ownOf(request), placeId);
  const post = await there?.posts.byId(subjectId);
  const html = post?.html ?? (await there?.interactions.byId(subjectId))?.html ?? "";
  const photos = (post?.photos ?? []).map(({ url, alt }) => `<p><img src="${escape(url)}" alt="${escape(alt)}"></p>`);
  return request.context.images.inHtml(sanitise(html + photos.join(""), "reader"));
}

async function around(request: Request, number: number) {
  const thread = await threadOf(ownOf(request), request.account!.id, number);
  const all = thread ? [...(thread.root ? [thread.root] : []), ...thread.replies] : [];
  const at = Math.max(0, all.findIndex((one) => one.number === number) - most / 2);
  return all.slice(at, at + most).map((item) => rowOf(request, item, number));
}

const rowOf = ({ context }: Request, { number, author, html, at, url }: Item, here: number) => ({
  number,
  name: author.name || author.handle,
  html: context.images.inHtml(html),
  at,
  url,
  isIt: number === here,
});
