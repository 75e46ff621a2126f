import { candidatesFor, troublesOf, type Candidates } from "../following/candidates.ts";
import { listOf, type ListState } from "../following/lists.ts";
import type { Own } from "../settings.ts";
import { missing, personAt, sentenceOf, storeOf, type Request } from "./request.ts";

type Problem = { readonly field: "who" | "opml"; readonly sentence: string; readonly typed: string };
const each = 100;
const mostMissed = 200;

/** Whom somebody follows, those first that need looking at, a field to follow more, and lists from and for feed readers. */
export async function followingPage(request: Request, problem?: Problem, choices: Candidates["found"] = []) {
  const { account, at, context, language, query } = request;
  const all = await storeOf(request).following(account!.id);
  const troubles = await troublesOf(context as Own, all, language);
  const from = Math.max(0, all.findIndex(({ id }) => id === query.get("after")) + 1);
  const some = all.slice(from, from + each);
  const row = ({ id, title, handle, url }: (typeof all)[number]) => {
    return { id, title, handle, url, at: personAt(at, handle), trouble: troubles.get(id) ?? "" };
  };
  const list = await listOf(context as Own, account!.id);
  return {
    template: "following",
    status: problem ? 422 : 200,
    data: {
      rows: some.map(row),
      ill:
        from === 0
          ? all
              .filter(({ id }) => troubles.has(id))
              .slice(0, each)
              .map(row)
          : [],
      next: all.length > from + each ? `${at("/following")}?after=${some.at(-1)!.id}` : null,
      action: at("/following"),
      opmlAt: at("/following/opml"),
      mutedAt: at("/muted"),
      replies: await storeOf(request).replies(account!.id),
      errors: problem ? { [problem.field]: problem.sentence } : {},
      typed: problem?.typed ?? "",
      choices: choices.map(({ key, title }) => ({ value: key, label: title || key, hint: title ? key : "" })),
      list: list && listWords(request, list),
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
    default:
      return followTyped(request, (fields.get("who") ?? "").slice(0, 2_048));
  }
}

async function followTyped(request: Request, typed: string) {
  const { account, context, at, language } = request;
  const store = storeOf(request);
  try {
    await context.limit(`resolve ${account!.id}`, { times: 30, seconds: 600 });
    const { found, problem } = await candidatesFor(context as Own, typed, language);
    if (found.length > 1) return await followingPage(request, undefined, found);
    const source = await store.resolve(typed);
    if (!source && problem !== "") return await followingPage(request, { field: "who", sentence: problem, typed });
    if (!source) throw missing("no-person");
    await store.follow(account!.id, source.id);
  } catch (error) {
    return followingPage(request, { field: "who", sentence: sentenceOf(error, request), typed });
  }
  return request.redirect(at("/following"), context.t("followed"));
}

function listWords({ context: { t } }: Request, { total, done, followed, known, missed }: ListState) {
  const isDone = done >= total;
  return {
    text: isDone ? t("import.done", { n: total, followed, known }) : t("import.running", { n: total, done }),
    missed: missed.slice(0, mostMissed).map(({ url, title, why }) => ({ url, title, why: t(`error.${why}`) })),
    missedText: missed.length > 0 ? t("import.missed", { n: missed.length }) : "",
  };
}
