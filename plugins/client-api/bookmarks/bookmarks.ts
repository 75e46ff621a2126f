import { PublicError, type Reply } from "rookery/plugin";
import { removeBookmark } from "../posts/remove.ts";
import type { Own } from "../settings.ts";
import { answer, done, invalid, missing } from "../wire/answers.ts";
import { numberOf, textOf } from "../wire/input.ts";
import { partOf } from "../wire/paging.ts";
import { askPeer, askTimeline } from "../wire/peers.ts";
import type { Call } from "../wire/route.ts";
import type { Bookmarks, SavedPage } from "../wire/shapes.ts";
import { bookmarkFeed } from "./entries.ts";

const kind = "bookmarks.store";
const gone = () => missing("There is no such bookmark.");

/** `GET /posts/bookmarks`: saved pages, the newest first; of a tag, or with words. */
export async function bookmarks(call: Call): Promise<Reply> {
  const { context, input, need } = call;
  const { account } = need("read");
  const { before, since = 0, limit } = partOf(input);
  const [tag, search] = [textOf(input, "tag").toLowerCase(), textOf(input, "q", "search")];
  const last = before === undefined ? null : await context.numbers.subject(before);
  const isEmpty = limit === 0 || (before !== undefined && !last);
  const filter = { limit, ...(tag && { tag }), ...(search && { search }), ...(last && { before: last.id }) };
  const pages: readonly SavedPage[] = isEmpty
    ? []
    : await askPeer(context, kind, { question: (store: Bookmarks) => store.list(account.id, filter), otherwise: [] });
  return bookmarkFeed(
    call,
    account,
    pages.filter(({ number }) => number > since),
  );
}

/** `POST /posts/bookmarks`: saves the page of a post of the timeline, for the caller alone. The same again changes nothing. */
export async function addBookmark({ context, input, need }: Call): Promise<Reply> {
  const { account } = need("create");
  const [number, given] = [numberOf(textOf(input, "id")), textOf(input, "url")];
  if (number === null && given === "") throw invalid("id must be the id of a post, which is a whole number.");
  const item = number === null ? null : await askTimeline(context, (store) => store.item(account.id, number));
  if (number !== null && !item) throw missing("There is no such post.");
  const url = item?.url ?? given;
  const isSaved = await askPeer(context, kind, {
    question: async (store: Bookmarks) => {
      await store.add(account.id, { url, title: item?.title ?? "", visibility: "private", once: true });
      return true;
    },
    otherwise: false,
    limit: 8_000,
  });
  if (!isSaved) throw new PublicError("not_available", "Bookmarks are switched off at this installation.", 404);
  return done();
}

/** `GET /posts/bookmarks/:id`: a feed of this one. */
export async function oneBookmark(call: Call): Promise<Reply> {
  const { account } = call.need("read");
  return bookmarkFeed(call, account, [await bookmarkOf(call.context, account.id, call.params.id)]);
}

/** `POST /posts/bookmarks/:id`: `tags=a,b` instead of those there were. */
export async function tagBookmark(call: Call): Promise<Reply> {
  const { context, input, params, need } = call;
  const { account } = need("create");
  const { id } = await bookmarkOf(context, account.id, params.id);
  if (!input.has("tags") && !input.has("tags[]")) return done();
  const tags = [...input.getAll("tags"), ...input.getAll("tags[]")].flatMap((text) => text.split(","));
  const names = tags.map((tag) => tag.trim()).filter(Boolean);
  await askPeer(context, kind, { question: (store: Bookmarks) => store.setTags(account.id, id, names), otherwise: null });
  return done();
}

/** `DELETE /posts/bookmarks/:id`: by the bookmark's id, or by that of the post that was saved. */
export async function dropBookmark({ context, params, need }: Call): Promise<Reply> {
  const { account } = need("delete");
  const { id } = await bookmarkOf(context, account.id, params.id);
  await removeBookmark(context, account.id, id);
  return done();
}

/** `GET /posts/bookmarks/tags`: names as a bare list; `recent=1` those used last first. */
export async function tags({ context, input, need }: Call): Promise<Reply> {
  const { account } = need("read");
  const order = textOf(input, "recent") === "1" ? "recent" : "name";
  const { limit } = input.has("count") ? partOf(input) : { limit: 200 };
  if (limit === 0) return answer([]);
  return answer(
    await askPeer(context, kind, { question: (store: Bookmarks) => store.tags(account.id, order, limit), otherwise: [] }),
  );
}

// Apps name a bookmark by its own id, and in a timeline by that of the post.
async function bookmarkOf(context: Own, accountId: string, text: string | undefined): Promise<SavedPage> {
  const number = numberOf(text);
  if (number === null) throw gone();
  const subject = await context.numbers.subject(number);
  const item = await askTimeline(context, (store) => store.item(accountId, number));
  const found = await askPeer(context, kind, {
    question: async (store: Bookmarks) =>
      (subject && (await store.byId(accountId, subject.id))) ??
      (item && (await store.savedAmong(accountId, [item.url], "")).get(item.url)) ??
      null,
    otherwise: null,
  });
  if (!found) throw gone();
  return found;
}
