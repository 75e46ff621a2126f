import { missing, personAt, sentenceOf, storeOf, type Request } from "./request.ts";

const each = 100;

/** Whom somebody follows, and a field to follow more. */
export async function followingPage(request: Request, problem?: { sentence: string; typed: string }) {
  const { account, at, query } = request;
  const all = await storeOf(request).following(account!.id);
  const from = Math.max(0, all.findIndex(({ id }) => id === query.get("after")) + 1);
  const some = all.slice(from, from + each);
  const replies = await storeOf(request).replies(account!.id);
  return {
    template: "following",
    status: problem ? 422 : 200,
    data: {
      rows: some.map(({ id, title, handle, url }) => ({ id, title, handle, url, at: personAt(at, handle) })),
      next: all.length > from + each ? `${at("/following")}?after=${some.at(-1)!.id}` : null,
      action: at("/following"),
      mutedAt: at("/muted"),
      replies,
      error: problem?.sentence ?? null,
      typed: problem?.typed ?? "",
    },
  };
}

/** Follows by what was typed, ends following, or keeps which replies somebody wants. */
export async function followForm(request: Request) {
  const { fields } = await request.form();
  const { account, context, at } = request;
  const store = storeOf(request);
  const done = (word: string) => request.redirect(at("/following"), context.t(word));
  switch (fields.get("intent")) {
    case "unfollow":
      await store.unfollow(account!.id, fields.get("source") ?? "");
      return done("unfollowed");
    case "replies":
      await store.setReplies(account!.id, fields.get("replies") === "all" ? "all" : "followed");
      return done("saved");
    default: {
      const typed = (fields.get("who") ?? "").slice(0, 2_048);
      try {
        await context.limit(`resolve ${account!.id}`, { times: 30, seconds: 600 });
        const source = await store.resolve(typed);
        if (!source) throw missing("no-person");
        await store.follow(account!.id, source.id);
      } catch (error) {
        return followingPage(request, { sentence: sentenceOf(error, request), typed });
      }
      return done("followed");
    }
  }
}
