import { PublicError, type Context, type Draft, isUlid } from "rookery/plugin";
import type { Bookmark, BookmarkDraft, BookmarkStore, Highlight, SavedCopy } from "./api.ts";
import { webUrl, withTags } from "./bookmark-of.ts";
import { addHighlight, highlightsOf, removeHighlight } from "./highlights.ts";
import { hashOf } from "./ids.ts";
import { markById, marksAmong, marksAt, marksOf, tagsInUse, type Mark } from "./marks.ts";
import type { Own } from "./settings.ts";
import { askForCopy, follow } from "./sync.ts";
import { cleanTags } from "./tags.ts";

/** What one account saved, for the plugin's own pages and for other plugins. */
export function bookmarkStore(context: () => Own): BookmarkStore {
  return {
    list: async (accountId, { limit = 30, ...filter } = {}) =>
      (await marksOf(context(), accountId, { ...filter, limit: within(limit) })).map(shown),
    async byId(accountId, id) {
      const mark = await ownMark(context(), accountId, id);
      return mark && shown(mark);
    },
    async savedAmong(accountId, urls, since) {
      const marks = await marksAmong(context(), accountId, { urls, since });
      return new Map(marks.map((mark) => [mark.url, shown(mark)]));
    },
    async copyOf(accountId, id) {
      const mark = await ownMark(context(), accountId, id);
      return mark && copyOf(context(), mark.id);
    },
    add: (accountId, wanted) => add(context(), accountId, wanted),
    async setTags(accountId, id, tags) {
      const mark = await wantedMark(context(), accountId, id);
      return shown(await setTags(await placeOf(context(), mark), mark, cleanTags([...tags])));
    },
    async remove(accountId, id) {
      const place = await placeOf(context(), await wantedMark(context(), accountId, id));
      await place.posts.remove(id);
      await followNow(place, id);
    },
    async refetch(accountId, id) {
      const mark = await wantedMark(context(), accountId, id);
      const { tables } = context();
      await tables.run("UPDATE p_bookmarks_marks SET copy_state = 'waiting', copy_reason = '', tries = 0 WHERE id = ?", [id]);
      await askForCopy(await context().as({ blog: mark.blogId }), id);
    },
    tags: (accountId, order = "name", limit = 200) => tagsInUse(context(), accountId, order, within(limit)),
    highlights: async (accountId, { limit = 50, ...filter } = {}) =>
      (await highlightsOf(context(), accountId, { ...filter, limit: within(limit) })).map(withoutLead),
    async highlight(accountId, id, passage) {
      const mark = await wantedMark(context(), accountId, id);
      const copy = await copyOf(context(), id);
      if (!copy) throw new PublicError("no-copy", "There is no copy of this page.", 404);
      return withoutLead(await addHighlight(context(), mark, copy.html, passage));
    },
    removeHighlight: (accountId, id) => removeHighlight(context(), accountId, id),
  };
}

const attempts = 10;

async function add(context: Own, accountId: string, wanted: BookmarkDraft): Promise<Bookmark> {
  const url = webUrl(wanted.url);
  if (url === null) throw new PublicError("no-url", "This is no address of the web. It begins with https://", 422);
  const there = wanted.once ? await marksAt(context, accountId, url) : [];
  const kept = there.find(({ isAway }) => !isAway);
  if (kept) return shown(kept);
  const place = await context.as({ accountId, blog: wanted.blogId ?? (await defaultBlog(context, accountId)) });
  const tags = cleanTags([...(wanted.tags ?? [])]);
  const draft: Draft = {
    kind: "bookmark",
    title: (wanted.title ?? "").trim(),
    content: wanted.content ?? "",
    ...(wanted.summary && { summary: wanted.summary }),
    ...(wanted.visibility && { visibility: wanted.visibility }),
    properties: { "bookmark-of": url, ...(tags.length > 0 && { bookmarks: { tags } }) },
  };
  if (!wanted.once) return shown(await publishNow(place, draft));
  // Who asks in the same moment has the same key, and gets the same post; whoever threw the last one away has another.
  const key = hashOf(`${url} ${there[0]?.id ?? ""}`);
  const same = await publishNow(place, { ...draft, key }).catch(unlessGone);
  // The post of then was made into something else.
  return shown(same && !same.isAway && same.url === url ? same : await publishNow(place, draft));
}

async function publishNow(place: Own, draft: Draft): Promise<Mark> {
  const outcome = await place.posts.publish(draft);
  if (!outcome.ok) throw refused(outcome.refusal);
  return followNow(place, outcome.post.id);
}

function unlessGone(error: unknown): null {
  if (error instanceof PublicError && error.status === 404) return null;
  throw error;
}

// A post's words stay as they are; what its readers see does not change, so neither does its date.
async function setTags(place: Own, mark: Mark, tags: readonly string[]): Promise<Mark> {
  for (let attempt = 1; ; attempt++) {
    const post = await place.posts.byId(mark.id);
    if (!post) throw gone();
    const properties = { bookmarks: withTags(post, tags) };
    const outcome = await place.posts.publish({ id: post.id, properties, updatedAt: post.updatedAt });
    if (outcome.ok) return followNow(place, mark.id);
    // Several devices at once: whoever comes last says which tags there are.
    if (outcome.refusal.status !== 409 || attempt === attempts) throw refused(outcome.refusal);
  }
}

/** The first of somebody's blogs where bookmarks are on. PublicError 403 when there is none. */
async function defaultBlog(context: Own, accountId: string): Promise<string> {
  const [first] = await blogsToSaveOn(context, accountId);
  if (!first) throw new PublicError("no-blog", "You write on no blog where bookmarks are switched on.", 403);
  return first.id;
}

/** The blogs somebody can save bookmarks on, the one they chose as their default first. */
export async function blogsToSaveOn(
  context: Own,
  accountId: string,
): Promise<readonly { id: string; title: string; host: string }[]> {
  const found = [];
  for (const { blog } of await context.identity.blogsOf(accountId)) {
    const isOn = await context.as({ blog }).then(
      () => true,
      (error: unknown) => {
        if (error instanceof PublicError) return false;
        throw error;
      },
    );
    if (isOn) found.push({ id: blog.id, title: blog.title, host: blog.host });
  }
  return found;
}

// Lists show at once what was done; the event that comes later says the same again.
async function followNow(place: Own, id: string): Promise<Mark> {
  const post = await place.posts.byId(id);
  if (post) await follow(place, post);
  const mark = await markById(place, id);
  if (!mark) throw gone();
  return mark;
}

async function ownMark(context: Own, accountId: string, id: string): Promise<Mark | null> {
  const mark = await markById(context, id);
  return mark?.accountId === accountId && !mark.isAway ? mark : null;
}

async function wantedMark(context: Own, accountId: string, id: string): Promise<Mark> {
  const mark = await ownMark(context, accountId, id);
  if (!mark) throw gone();
  return mark;
}

const placeOf = (context: Own, { accountId, blogId }: Mark): Promise<Own> => context.as({ accountId, blog: blogId });

async function copyOf({ tables }: Pick<Context, "tables">, id: string): Promise<SavedCopy | null> {
  if (!isUlid(id)) return null;
  const [row] = await tables.query<Record<string, string>>(
    "SELECT title, author, site, language, html, fetched_at FROM p_bookmarks_copies WHERE id = ?",
    [id],
  );
  if (!row) return null;
  const { title = "", author = "", site = "", language = "", html = "", fetched_at: fetchedAt = "" } = row;
  return { title, author, site, language, html, fetchedAt };
}

function refused({ refuse, status = 422 }: { refuse: string; status?: number }): PublicError {
  return new PublicError("refused", refuse, status, { sentence: refuse });
}

const gone = () => new PublicError("no-bookmark", "There is no such bookmark.", 404);
const within = (limit: number): number => Math.min(Math.max(Math.floor(limit) || 1, 1), 200);
const shown = ({ accountId: _account, isAway: _away, tries: _tries, ...bookmark }: Mark): Bookmark => bookmark;
const withoutLead = ({ lead: _lead, ...highlight }: Highlight & { lead: string }): Highlight => highlight;
