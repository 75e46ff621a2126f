import { PublicError } from "rookery/plugin";
import { discover } from "./discover.ts";
import { healthOf } from "./health.ts";
import { addSource, copyInto, sourceOf, sourcesOf } from "./owners.ts";
import type { Own } from "./rows.ts";

/** A source as other plugins learn of it. `blogId`: the blog it is copied into, or empty. `problem`: a sentence, or empty. */
export type OwnSource = {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly site: string;
  readonly isProven: boolean;
  readonly blogId: string;
  readonly problem: string;
};

/** The service `sources.store`: the sources of one person, for whoever has seen that it is them. Throws PublicError for what they can put right. */
export type SourcesStore = {
  list(accountId: string, language: string): Promise<readonly OwnSource[]>;
  /** Makes the feed of an address somebody's source, and has it copied into a blog of theirs where one is named; the same again changes nothing. Gives its id. */
  add(accountId: string, wish: { readonly url: string; readonly blogId?: string; readonly language?: string }): Promise<string>;
};

/** What people's other plugins may do with their sources. */
export function sourcesStore(context: () => Own): SourcesStore {
  return {
    list: async (accountId, language) =>
      (await sourcesOf(context(), accountId)).map(({ owner, feed }) => ({
        id: owner.id,
        url: feed.url,
        title: feed.title || feed.url,
        site: feed.site,
        isProven: owner.proof === "both",
        blogId: owner.is_copied === 1 ? owner.blog_id : "",
        problem: feed.problem === "" ? "" : healthOf(context(), feed, language),
      })),
    add: (accountId, wish) => add(context(), accountId, wish),
  };
}

// Nobody can be asked which of several feeds is meant: the first is the one the site names first.
async function add(context: Own, accountId: string, { url, blogId = "", language = "en" }: Parameters<SourcesStore["add"]>[1]) {
  await context.limit(`add ${accountId}`, { times: 20, seconds: 600 });
  const typed = url.slice(0, 2_048).toWellFormed();
  const first = await discover(context, typed);
  const found = first.kind === "several" ? await discover(context, first.choices[0]!.url) : first;
  if (found.kind !== "feed")
    throw new PublicError("no-feed", context.t(`problem.${found.kind === "none" ? found.problem : "nofeed"}`, {}, language), 422);
  const id = await addSource(context, accountId, found.url, found.feed);
  const mine = await sourceOf(context, accountId, id);
  if (blogId !== "" && (mine.owner.is_copied === 0 || mine.owner.blog_id !== blogId))
    await copyInto(context, mine, blogId, false);
  return id;
}
