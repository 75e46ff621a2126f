import { PublicError, isUlid, plainText, type Account, type Post } from "rookery/plugin";
import type { About } from "../api.ts";
import { hashOf, oneLine } from "../rows.ts";
import type { Own } from "../settings.ts";
import { isMarked } from "../standing.ts";
import { itemFor, sourceByHandle, type Item } from "../timeline.ts";

/** What a report or decision is about. */
export type Target = {
  readonly kind: "post" | "reply" | "person" | "item";
  readonly number: number;
  /** The post, reply, account or item. */
  readonly subjectId: string;
  /** The blog it stands on, or empty. */
  readonly placeId: string;
  /** Whose it is; empty for outsiders. */
  readonly accountId: string;
  readonly url: string;
  readonly title: string;
};

/** Who asks: null is a visitor, who finds only what visitors see. */
export type Asker = Pick<Account, "id" | "role"> | null;

/** What one case stands for. */
export const targetKey = ({ kind, subjectId }: Pick<Target, "kind" | "subjectId">): string => hashOf(`${kind} ${subjectId}`);

/** Finds what somebody names; null for what is not here, or not for them. */
export async function findTarget(context: Own, asker: Asker, about: About): Promise<Target | null> {
  if ("number" in about) return byNumber(context, asker, about.number);
  if ("handle" in about) return byHandle(context, asker, about.handle);
  return byUrl(context, asker, about.url);
}

/** What a query or form names; null for nothing that can be meant. */
export function aboutFrom(fields: URLSearchParams): About | null {
  const [number, handle, url] = ["number", "handle", "url"].map((name) => fields.get(name) ?? "") as [string, string, string];
  if (/^[1-9][0-9]{0,9}$/.test(number) && Number(number) <= 2_147_483_647) return { number: Number(number) };
  if (handle !== "" && handle.length <= 200) return { handle: handle.toWellFormed() };
  return url !== "" && url.length <= 2_048 ? { url: url.toWellFormed() } : null;
}

export const notHere = () => new PublicError("no-target", "There is no such post or person here.", 404);

async function byNumber(context: Own, asker: Asker, number: number): Promise<Target | null> {
  const subject = await context.numbers.subject(number);
  const there = subject && isUlid(subject.blogId) ? await placeOf(context, subject.blogId) : null;
  const found = there && subject ? await onBlog(there, asker, subject) : null;
  return found ?? outside(await itemFor(context, asker?.id ?? null, number));
}

async function onBlog(there: Own, asker: Asker, { id, blogId }: { id: string; blogId: string }): Promise<Target | null> {
  const post = await there.posts.byId(id);
  // Numbers can be guessed: what is unlisted is found by its address alone.
  const isGuess = post?.visibility === "unlisted" && !isOfTheDesk(asker);
  if (post) return !isGuess && (await mayRead(there, asker, post)) ? ofPost(post) : null;
  const reply = await there.interactions.byId(id);
  // What is held or hidden is for moderators; of what is shown anybody may complain.
  if (!reply || (reply.state !== "visible" && !isOfTheDesk(asker))) return null;
  const { number, sourceUrl, accountId, html, author } = reply;
  const title = oneLine(`${author.name}: ${plainText(html)}`, 200);
  return { kind: "reply", number, subjectId: id, placeId: blogId, accountId: accountId ?? "", url: sourceUrl, title };
}

async function byHandle(context: Own, asker: Asker, typed: string): Promise<Target | null> {
  const name = typed.trim().replace(/^@/, "");
  const person = await context.accounts.byUsername(name);
  if (person) return ofPerson(context, person);
  const source = asker ? await sourceByHandle(context, name) : null;
  if (!source || source.kind === "person") return null;
  if (source.kind === "blog") return byUrl(context, asker, source.url);
  return { kind: "item", number: 0, subjectId: source.id, placeId: "", accountId: "", url: source.url, title: source.title };
}

async function byUrl(context: Own, asker: Asker, typed: string): Promise<Target | null> {
  const url = URL.parse(typed.trim());
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  if (url.host === new URL(context.site.url).host) {
    const number = /^\/c\/([1-9][0-9]{0,8})\/?$/.exec(url.pathname)?.[1];
    const handle = /^\/people\/([\w.@%-]+)\/?$/.exec(url.pathname)?.[1];
    if (number) return byNumber(context, asker, Number(number));
    return handle ? byHandle(context, asker, handle) : null;
  }
  const blog = await context.blogAt(url.href);
  if (!blog) return null;
  const there = await placeOf(context, blog.id);
  const post = (await there?.posts.byUrl(url.href)) ?? null;
  if (post && (await mayRead(context, asker, post))) return ofPost(post);
  const owner = url.pathname === "/" ? await context.accounts.byId(blog.ownerId) : null;
  return owner && ofPerson(context, owner);
}

function outside(item: Item | null): Target | null {
  if (!item) return null;
  const { number, id, url, title, html, author } = item;
  const words = oneLine(title || plainText(html), 150);
  return {
    kind: "item",
    number,
    subjectId: id,
    placeId: "",
    accountId: "",
    url,
    title: oneLine(`${author.name}: ${words}`, 200),
  };
}

/** The plugin on a blog; null when the blog is gone. */
export async function placeOf(context: Own, blogId: string): Promise<Own | null> {
  try {
    return (await context.as({ blog: blogId })) as Own;
  } catch (error) {
    if (error instanceof PublicError) return null;
    throw error;
  }
}

export function ofPost(post: Post): Target {
  const { number, id, blogId, authorId, url, title, html } = post;
  const words = oneLine(title || plainText(html), 200) || url;
  return { kind: "post", number, subjectId: id, placeId: blogId, accountId: authorId, url, title: words };
}

export function ofPerson({ site }: Own, { id, name, username }: Account): Target {
  const url = new URL(`/people/${username}`, site.url).href;
  return { kind: "person", number: 0, subjectId: id, placeId: "", accountId: id, url, title: oneLine(name || username, 200) };
}

const isOfTheDesk = (asker: Asker): boolean => asker?.role === "moderator" || asker?.role === "admin";

// What is private is nobody's business, unless it is so because moderators hid it.
async function mayRead(context: Own, asker: Asker, { id, status, visibility }: Post): Promise<boolean> {
  if (status !== "published") return false;
  return visibility !== "private" || (isOfTheDesk(asker) && isMarked(context, id, "hide"));
}

/** Somebody as a target, also one who is suspended. */
export async function targetOfPerson(context: Own, accountId: string): Promise<Target> {
  const person = await context.people.standing(accountId);
  if (!person) throw notHere();
  return ofPerson(context, person.account);
}
