import { ownRows, type AccountExport, type ExportFile } from "rookery/plugin";
import { choicesOf } from "./choices.ts";
import type { Own } from "./settings.ts";

/** What somebody was told, and what they want to hear of. */
export function accountExport(context: () => Own): AccountExport {
  return {
    about: (language) => context().t("export.about", {}, language),
    files: ({ accountId }) => filesOf(context(), accountId),
  };
}

async function* filesOf(context: Own, accountId: string): AsyncIterable<ExportFile> {
  const choices = await choicesOf(context, accountId);
  yield { name: "choices.json", text: `${JSON.stringify(choices, null, 2)}\n` };
  yield { name: "notices.json", rows: notices(context, accountId) };
}

// Those of the list, then the others: along the index that has them in order.
async function* notices(context: Own, accountId: string) {
  for (const isListed of [1, 0])
    yield* ownRows(context, {
      table: "p_notifications_notices",
      of: { account_id: accountId, is_listed: isListed },
      along: "id",
      as: ({ kind, text, url, from_name: name, from_url: fromUrl, at, read_at: readAt }) => ({
        kind,
        text,
        url,
        ...(name && { from: { name, url: fromUrl } }),
        at,
        readAt,
        isListed: isListed === 1,
      }),
    });
}
