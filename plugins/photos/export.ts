import type { BlogExport, Context, ExportFile } from "rookery/plugin";
import { collectionService } from "./collection-service.ts";

/** The blog's collections, for its archive; the pictures themselves are among its media. */
export function blogExport(context: () => Context): BlogExport {
  return { about: (language) => context().t("export.about", {}, language), files: () => filesOf(context) };
}

async function* filesOf(context: () => Context): AsyncIterable<ExportFile> {
  const all = await collectionService(context).list();
  if (all.length > 0) yield { name: "collections.json", text: `${JSON.stringify(all, null, 2)}\n` };
}
