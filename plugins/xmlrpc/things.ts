import type { Category, Context, Post } from "rookery/plugin";
import { actingOn, type Caller } from "./caller.ts";
import { Fault, faults } from "./wire/fault.ts";

/** A post with the context of its blog. */
export type Found = { readonly context: Context; readonly post: Post };

/** The post that an editor names by its number; pages only, or anything but pages. A Fault 404 when there is none that the caller sees. */
export async function postFor(caller: Caller, id: string, kind: "post" | "page" | "any" = "any"): Promise<Found> {
  const missing = new Fault(404, kind === "page" ? "There is no such page." : "There is no such post.");
  if (!/^[1-9]\d{0,9}$/.test(id.trim())) throw missing;
  const subject = await caller.request.context.numbers.subject(Number(id));
  const own = caller.blogs.find(({ blog }) => blog.id === subject?.blogId);
  if (!subject || !own) throw missing;
  const context = await actingOn(caller, own.blog);
  const post = await context.posts.byId(subject.id);
  if (!post || post.status === "trash") throw missing;
  if (kind !== "any" && (kind === "page") !== (post.kind === "page")) throw missing;
  return { context, post };
}

/** The numbers of categories, as text: editors name them so. */
export async function numbersOf({ numbers }: Context, categories: readonly Category[]): Promise<ReadonlyMap<string, string>> {
  const found = await numbers.of(categories.map(({ id }) => id));
  return new Map([...found].map(([id, number]) => [id, String(number)]));
}

const most = 200;

/** Posts in any state the caller sees, newest first; drafts stand where they were changed last. */
export async function recentPosts({ posts }: Context, count: number, offset = 0): Promise<readonly Post[]> {
  const wanted = Math.min(Math.max(count, 1), most);
  const waiting = [
    ...(await posts.list({ status: "draft", limit: most })),
    ...(await posts.list({ status: "scheduled", limit: most })),
  ];
  // All that waits may stand before the first one wanted, so that many more are looked at.
  const skip = Math.max(0, offset - waiting.length);
  const published: Post[] = [];
  for (let needed = wanted + Math.min(offset, waiting.length); needed > 0;) {
    const page = await posts.list({ status: "published", skip: skip + published.length, limit: Math.min(needed, most) });
    published.push(...page);
    needed -= page.length;
    if (page.length === 0) break;
  }
  const when = (post: Post) => post.publishedAt ?? post.updatedAt;
  const all = [...waiting, ...published].toSorted((a, b) => when(b).localeCompare(when(a)));
  return all.slice(offset - skip, offset - skip + wanted);
}

/** Pages in any state the caller sees: drafts first. */
export async function allPages({ posts }: Context): Promise<readonly Post[]> {
  const drafts = await posts.list({ status: "draft", pages: true });
  return [...drafts, ...(await posts.list({ pages: true }))];
}

/** How many, as far as an editor may ask. */
export function countOf(number: number): number {
  if (number < 0) throw new Fault(faults.params, "The number of posts must not be negative.");
  return number === 0 ? 10 : number;
}
