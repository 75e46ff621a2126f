import { PublicError, type Interaction } from "rookery/plugin";
import { placeOn, type Own } from "../own.ts";
import { rowByCopy } from "../rows/find.ts";
import { itemOf } from "../timeline.ts";

/** What is answered. `blogId`, `postId` and `parentSource` are empty for what stands outside this installation's blogs. */
export type Target = {
  readonly number: number;
  readonly url: string;
  readonly blogId: string;
  readonly postId: string;
  /** The interaction that is answered, where it is not the post itself. */
  readonly parentSource: string;
  /** Whose of this installation it is, or empty, and what they are called. */
  readonly accountId: string;
  readonly name: string;
};

/** Nothing that can be answered (any more). */
export const gone = (): PublicError =>
  new PublicError("gone", "What you answer is not there any more. Your words are kept as a draft.", 404);

/** What a number stands for, as something to answer. PublicError 404 for what is gone, or hidden from whoever asks. */
export async function targetOf(context: Own, accountId: string, number: number): Promise<Target> {
  const item = await itemOf(context, accountId, number);
  if (!item) throw gone();
  const { author, url, id } = item;
  const account = author.sourceId === "" ? null : await context.accounts.byId(author.sourceId);
  const said = { number, url, accountId: account?.id ?? "", name: author.name || author.handle };
  if (item.blogId === "") return { ...said, blogId: "", postId: "", parentSource: "" };
  if (item.kind !== "post") return underItsPost(context, said, item.blogId, id);
  // The copy of a reply: the conversation goes on where that reply belongs.
  const copied = await rowByCopy(context, id);
  if (copied && copied.targetBlog !== "" && copied.state !== "removed")
    return { ...said, blogId: copied.targetBlog, postId: copied.targetPost, parentSource: url };
  return { ...said, blogId: item.blogId, postId: id, parentSource: "" };
}

async function underItsPost(
  context: Own,
  said: Omit<Target, "blogId" | "postId" | "parentSource">,
  blogId: string,
  id: string,
): Promise<Target> {
  const found: Interaction | null = (await (await placeOn(context, blogId))?.interactions.byId(id)) ?? null;
  if (!found) throw gone();
  return { ...said, blogId, postId: found.postId, parentSource: found.sourceUrl };
}
