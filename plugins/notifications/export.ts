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
  yield {
    name: "notices.json",
    rows: ownRows(context, {
      table: "p_notifications_notices",
      of: { account_id: accountId },
      along: "id",
      as: ({ kind, text, url, from_name: name, from_url: fromUrl, at, read_at: readAt, is_listed }) => ({
        kind,
        text,
        url,
        ...(name && { from: { name, url: fromUrl } }),
        at,
        readAt,
        isListed: is_listed === 1,
      }),
    }),
  };
}
