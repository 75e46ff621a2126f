import { ownRows, type AccountExport, type ExportFile } from "rookery/plugin";
import { following } from "./following/follow.ts";
import { opmlOf } from "./following/opml-of.ts";
import type { Own } from "./settings.ts";
import { repliesOf } from "./reading/markers.ts";

/** What is kept of somebody who reads: whom they follow, what they mute, how far they read. */
export function accountExport(context: () => Own): AccountExport {
  return {
    about: (language) => context().t("export.about", {}, language),
    files: ({ accountId, language }) => filesOf(context(), accountId, language),
  };
}

async function* filesOf(context: Own, accountId: string, language: string): AsyncIterable<ExportFile> {
  if ((await following(context, accountId)).length > 0) {
    yield { name: "following.opml", text: await opmlOf(context, accountId, context.t("screens./following", {}, language)) };
    yield { name: "following.json", rows: followed(context, accountId) };
  }
  const mine = { of: { account_id: accountId } } as const;
  yield {
    name: "muted.json",
    rows: ownRows(context, {
      ...mine,
      table: "p_timeline_mutes",
      along: "id",
      as: ({ kind, value, is_block, hides_replies, until_at: until, created_at: since }) => ({
        kind,
        value,
        isBlock: is_block === 1,
        hidesReplies: hides_replies === 1,
        until,
        since,
      }),
    }),
  };
  yield {
    name: "read-up-to.json",
    rows: ownRows(context, {
      ...mine,
      table: "p_timeline_markers",
      along: "channel",
      as: ({ channel, number, at, marked_at: markedAt }) => ({ channel, number, at, markedAt }),
    }),
  };
  yield { name: "choices.json", text: `${JSON.stringify({ replies: await repliesOf(context, accountId) }, null, 2)}\n` };
}

async function* followed(context: Own, accountId: string) {
  const known = new Map((await following(context, accountId)).map((source) => [source.id, source]));
  const follows = ownRows(context, { table: "p_timeline_follows", of: { account_id: accountId }, along: "source_id" });
  for await (const { source_id: id, at: since } of follows) {
    const source = known.get(String(id));
    if (!source) continue;
    const { kind, title, url, handle, key } = source;
    yield { kind, title, url, handle, ...(kind !== "person" && kind !== "blog" && { feed: key }), since };
  }
}
