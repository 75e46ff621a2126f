import { definePlugin } from "rookery/plugin";
import { wordpressImporter } from "./importer.ts";

/** Brings in what a WordPress site exported. */
export default definePlugin({
  id: "import-wordpress",
  name: "Import from WordPress",
  description: "Brings in posts, pages, drafts, categories, tags and comments from a WordPress export file.",
  version: "1.0.0",
  api: 1,
  category: "Import & export",
  sets: ["blog"],
  services: { importer: (context) => wordpressImporter(() => context().blog.timeZone) },
});
