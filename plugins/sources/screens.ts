import type { PluginScreen } from "rookery/plugin";
import { addForm, addPage } from "./screens/add.ts";
import { listPage } from "./screens/list.ts";
import { changeForm, onePage } from "./screens/one.ts";
import type { settings } from "./settings.ts";

const member = { on: "hub", access: "member" } as const;
const [list, add, one] = ["Sources", "Add a source", "A source"] as const;

/** Somebody's sources. */
export const screens: readonly PluginScreen<typeof settings>[] = [
  { ...member, path: "/sources", title: list, menu: "you", run: listPage },
  { ...member, path: "/sources/new", title: add, run: addPage },
  { ...member, method: "POST", path: "/sources/new", title: add, run: addForm },
  { ...member, path: "/sources/:id", title: one, run: onePage },
  { ...member, method: "POST", path: "/sources/:id", title: one, run: changeForm },
];
