import type { Plugin } from "../manifest.ts";
import type { PluginScreen, PluginScreenAccess } from "./plugin-screen.types.ts";

const onBlogs: readonly PluginScreenAccess[] = ["author", "editor", "owner"];
const everywhere: readonly PluginScreenAccess[] = ["public", "member", "curator", "moderator", "admin"];
const segments = /^(\/(:[a-zA-Z][a-zA-Z0-9]*|[a-z0-9][a-z0-9._-]*))+$/;
// Where the dashboard and the routes of plugins have rooms of their own.
const rooms = ["/b", "/admin/x", "/admin/assets"];

/** The first thing wrong with a plugin's screens, as a sentence; null when they are sound. */
export function screensProblem(plugin: Pick<Plugin, "screens">): string | null {
  const seen = new Set<string>();
  for (const screen of plugin.screens ?? []) {
    const problem = screenProblem(screen);
    if (problem) return `screen “${screen.path}” ${problem}`;
    const name = `${methodOf(screen)} ${screen.on} ${shapeOf(screen.path)}`;
    if (seen.has(name)) return `screen “${screen.path}” is there twice for ${methodOf(screen)}.`;
    seen.add(name);
  }
  return null;
}

/** The method a screen answers. */
export function methodOf(screen: Pick<PluginScreen, "method">): "GET" | "POST" {
  return screen.method ?? "GET";
}

/** A path without the names of its segments: two of the same shape are the same address. */
export function shapeOf(path: string): string {
  return path.replace(/:[^/]+/g, ":");
}

function screenProblem(screen: PluginScreen): string | null {
  const { path, on, access, menu } = screen;
  if (typeof path !== "string" || !segments.test(path))
    return "must be a path like /discover or /settings/targets/:id: a slash, then small letters, digits and hyphens, or :name.";
  if (on !== "blog" && on !== "hub") return "must say on which side it is: on “blog” or on the “hub”.";
  if (on === "hub" && rooms.some((room) => path === room || path.startsWith(`${room}/`)))
    return "begins where only the dashboard puts its own; use on: “blog” for screens of blogs.";
  if (screen.method !== undefined && screen.method !== "GET" && screen.method !== "POST") return "can only be GET or POST.";
  if (![...onBlogs, ...everywhere].includes(access)) return `has the access “${String(access)}”, which there is none of.`;
  if (on === "hub" && onBlogs.includes(access)) return `is on the hub, where nobody is ${access}: that is a role on a blog.`;
  if (!screen.title?.trim()) return "has no title.";
  if (typeof screen.run !== "function") return "has nothing to run.";
  if (screen.unsent !== undefined && (methodOf(screen) !== "POST" || on !== "hub"))
    return "keeps what could not be sent: only a POST of the hub can.";
  return menuProblem(screen, menu) ?? homeProblem(screen);
}

function homeProblem(screen: PluginScreen): string | null {
  if (screen.home === undefined) return null;
  const fits = methodOf(screen) === "GET" && screen.on === "hub" && screen.access === "member" && !screen.path.includes(":");
  return fits ? null : "cannot stand on the start page: only a GET of the hub for members, without :names, can.";
}

function menuProblem(screen: PluginScreen, menu: PluginScreen["menu"]): string | null {
  if (screen.bar !== undefined && menu === undefined) return "is in the bar, so it needs a place in the menu too.";
  if (menu === undefined) return null;
  if (methodOf(screen) !== "GET" || screen.path.includes(":")) return "cannot be in a menu: only a GET without :names can.";
  if (!["blog", "you", "installation"].includes(menu)) return `is in the menu “${menu}”, which there is none of.`;
  if ((menu === "blog") !== (screen.on === "blog")) return `is on the ${screen.on}, so it cannot be in the menu “${menu}”.`;
  return null;
}
