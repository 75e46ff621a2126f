import { PublicError, type Account, type Blog, type Context, type Post } from "rookery/plugin";
import type { Pick } from "../picking/picks.ts";
import { unfit, type Unfit } from "../standing/fit.ts";
import type { Item } from "../../timeline/api.ts";
import { askTimeline } from "../timeline.ts";
import { markOf } from "./mark.ts";
import { outsidePlace, outsidePost } from "./outside.ts";

/** Why a pick is not shown at this moment. */
export type Hidden = Unfit | "gone" | "changed";
/** A post with the blog it stands on. */
export type Placed = { readonly post: Post; readonly blog: Blog };

/** Looks at posts and people as they are at this moment, each once for a page. */
export class Looker {
  readonly #context: Context;
  readonly #places = new Map<string, Promise<Context | null>>();
  readonly #authors = new Map<string, Promise<Account | null>>();
  readonly #unfit = new Map<string, Promise<Unfit | null>>();

  constructor(context: Context) {
    this.#context = context;
  }

  /** A post that everybody may see; null for any other. Read from the blog itself, so that what was just deleted is gone at once. */
  async post(blogId: string, postId: string): Promise<Placed | null> {
    let place = this.#places.get(blogId);
    // A blog that is suspended or gone answers nowhere.
    if (!place) this.#places.set(blogId, (place = this.#context.as({ blog: blogId }).catch(nothingThere)));
    const there = await place;
    const post = there && (await there.posts.byId(postId));
    return post && isForAll(post) ? { post, blog: there.blog } : null;
  }

  /** What an item of the timeline is, if people here said it: on a blog, or on a site of theirs elsewhere. Null for anything else. */
  async of(item: Item): Promise<Placed | null> {
    if (item.kind !== "post") return null;
    if (item.blogId !== "") return this.post(item.blogId, item.id);
    const author = item.author.sourceId === "" ? null : await this.author(item.author.sourceId);
    return author && { post: outsidePost(item, author), blog: outsidePlace(author, this.#context.site.url) };
  }

  /** The post of a pick, whatever it says now; null where not everybody may see it. */
  async picked({ blogId, postId, item: number }: Pick): Promise<Placed | null> {
    if (blogId !== "") return this.post(blogId, postId);
    const item = await askTimeline(this.#context, (store) => store.item(null, number));
    return item && this.of(item);
  }

  /** Somebody, as they call themselves now. */
  author(accountId: string): Promise<Account | null> {
    let found = this.#authors.get(accountId);
    if (!found) this.#authors.set(accountId, (found = this.#context.accounts.byId(accountId)));
    return found;
  }

  /** Why somebody's posts are not shown at this moment; null when they are. */
  unfit(accountId: string): Promise<Unfit | null> {
    let found = this.#unfit.get(accountId);
    if (!found) this.#unfit.set(accountId, (found = unfit(this.#context, accountId)));
    return found;
  }

  /** The post of a pick, or why it is not shown. */
  async behind(pick: Pick): Promise<Placed | Hidden> {
    const placed = await this.picked(pick);
    if (!placed) return "gone";
    return (await this.unfit(pick.authorId)) ?? (markOf(placed.post) === pick.mark ? placed : "changed");
  }
}

/** For a refusal: there is nothing. What is broken stays an error. */
export function nothingThere(error: unknown): null {
  if (error instanceof PublicError) return null;
  throw error;
}

const isForAll = (post: Post): boolean => post.status === "published" && post.visibility === "public" && post.isListed;
