import { ownRows, type AccountExport, type Context, type ExportFile } from "rookery/plugin";

/** What Discover keeps of somebody: whether they may be picked, which posts of theirs were, and what they did as a curator. */
export function accountExport(context: () => Context): AccountExport {
  return {
    about: (language) => context().t("export.about", {}, language),
    files: ({ accountId }) => filesOf(context(), accountId),
  };
}

async function* filesOf(context: Context, accountId: string): AsyncIterable<ExportFile> {
  const [optOut] = await context.tables.query("SELECT at FROM p_discover_opt_outs WHERE account_id = ?", [accountId]);
  const [leftOut] = await context.tables.query("SELECT at, reason FROM p_discover_left_out WHERE account_id = ?", [accountId]);
  const standing = { wantsNoPicksSince: optOut?.at ?? null, leftOutByCurators: leftOut ?? null };
  yield { name: "standing.json", text: `${JSON.stringify(standing, null, 2)}\n` };
  const lines = { table: "p_discover_log", along: "id" } as const;
  yield {
    name: "picks-of-my-posts.json",
    rows: ownRows(context, {
      table: "p_discover_picks",
      of: { author_id: accountId },
      along: "id",
      as: ({ item, state, note, picked_at: pickedAt, show_at: showAt }) => ({
        post: new URL(`c/${item}`, context.site.url).href,
        state,
        note,
        pickedAt,
        showAt,
      }),
    }),
  };
  yield { name: "done-as-curator.json", rows: ownRows(context, { ...lines, of: { by_id: accountId }, as: act }) };
  // Who did it is for the log of the installation.
  yield { name: "done-about-me.json", rows: ownRows(context, { ...lines, of: { about_id: accountId }, as: act }) };
}

type Row = Readonly<Record<string, string | number | null>>;
const act = ({ at, action, subject, reason }: Row) => ({ at, action, subject, reason });
