import type { PluginScreen } from "rookery/plugin";
import { saveForm, savePage } from "./screens/new.ts";
import { highlightsPage, removeOne } from "./screens/highlights.ts";
import { exportFile, listPage } from "./screens/list.ts";
import { changeOne, readPage } from "./screens/reader.ts";
import type { Settings } from "./settings.ts";

const common = { on: "hub", access: "member" } as const;
const titles = { list: "Bookmarks", new: "Save a page", highlights: "Highlights", one: "A bookmark" } as const;

/** What somebody saved, on whichever of their blogs. */
export const screens: readonly PluginScreen<Settings>[] = [
  { ...common, path: "/bookmarks", title: titles.list, menu: "you", run: listPage },
  { ...common, path: "/bookmarks/new", title: titles.new, example: { url: "https://lee.example/", title: "Lee" }, run: savePage },
  { ...common, method: "POST", path: "/bookmarks/new", title: titles.new, run: saveForm },
  { ...common, path: "/bookmarks/highlights", title: titles.highlights, run: highlightsPage },
  { ...common, method: "POST", path: "/bookmarks/highlights", title: titles.highlights, run: removeOne },
  { ...common, path: "/bookmarks/export/:file", title: titles.list, run: exportFile },
  { ...common, path: "/bookmarks/:id", title: titles.one, example: { id: "{bookmark}" }, run: readPage },
  { ...common, method: "POST", path: "/bookmarks/:id", title: titles.one, run: changeOne },
];
