import type { AccountExport, ExportFile } from "rookery/plugin";
import { sourcesOf } from "./owners.ts";
import type { Own } from "./rows.ts";

/** Somebody's own blogs elsewhere. */
export function accountExport(context: () => Own): AccountExport {
  return {
    about: (language) => context().t("export.about", {}, language),
    files: ({ accountId }) => filesOf(context(), accountId),
  };
}

async function* filesOf(context: Own, accountId: string): AsyncIterable<ExportFile> {
  const mine = await sourcesOf(context, accountId);
  if (mine.length === 0) return;
  const told = mine.map(({ feed, owner }) => ({
    feed: feed.url,
    title: feed.title,
    site: feed.site,
    state: feed.state,
    checkedAt: feed.checked_at,
    proof: owner.proof,
    isCopied: owner.is_copied === 1,
    isCrossposted: owner.is_crossposted === 1,
  }));
  yield { name: "sources.json", text: `${JSON.stringify(told, null, 2)}\n` };
}
