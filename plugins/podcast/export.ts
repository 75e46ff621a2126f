import type { BlogExport, Context, ExportFile } from "rookery/plugin";
import { episodesOf } from "./feed.ts";
import type { settings } from "./settings.ts";
import { showOf } from "./show.ts";

type ShowContext = Context<typeof settings>;

/** The show as directories know it, for the blog's archive: above all its guid, by which they know it elsewhere. */
export function blogExport(context: () => ShowContext): BlogExport {
  return { about: (language) => context().t("export.about", {}, language), files: () => filesOf(context()) };
}

async function* filesOf(context: ShowContext): AsyncIterable<ExportFile> {
  if ((await episodesOf(context, 1)).length > 0)
    yield { name: "show.json", text: `${JSON.stringify(await showOf(context), null, 2)}\n` };
}
