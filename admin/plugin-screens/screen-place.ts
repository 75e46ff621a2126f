import { blogByHost } from "../../core/blogs/blogs.ts";
import { PublicError } from "../../core/errors.ts";
import type { Scope } from "../../core/hooks/scope.ts";
import type { Blog } from "../../core/hooks/values.ts";
import type { Generation } from "../../core/host/generation.ts";
import type { PluginScreenAccess } from "../../core/host/screens/plugin-screen.types.ts";
import type { ScreenMatch } from "../../core/host/screens/screen-table.ts";
import type { Action } from "../../core/people/permissions.ts";
import type { ScreenAccess } from "../../core/web/screen.types.ts";
import { onHost, type OnBlog } from "../on-blog.ts";
import type { AdminRequest } from "../request.ts";

/** What a role on a blog must be allowed to do there. */
export const actionsOf: Partial<Record<PluginScreenAccess, Action>> = {
  author: "post.create",
  editor: "blog.edit",
  owner: "blog.manage",
};

/** Whom the hub lets through to a screen; roles on a blog are asked for when the blog is known. */
export function hubAccess(access: PluginScreenAccess): ScreenAccess {
  return access === "author" || access === "editor" || access === "owner" ? "member" : access;
}

/** Where a plugin's screen runs: on a blog with its rights, or (null) on the hub. */
export type ScreenPlace = { readonly scope: Scope; readonly blog: Blog | null; readonly on: OnBlog | null };

/** The place of a request to a plugin's screen. PublicError 404 where the plugin is off, or the person may not be. */
export async function screenPlace(request: AdminRequest, { plugin, screen }: ScreenMatch): Promise<ScreenPlace> {
  const place = screen.on === "hub" ? { scope: request.scope, blog: null, on: null } : await blogPlace(request, screen.access);
  if (!(request.scope.taps as Generation).isActive(plugin.id, place.blog)) throw nothingThere();
  return place;
}

async function blogPlace(request: AdminRequest, access: PluginScreenAccess): Promise<ScreenPlace> {
  const host = request.params.blog ?? "";
  const action = actionsOf[access];
  if (action) {
    const on = await onHost(request, host, action);
    return { scope: on.scope, blog: on.blog, on };
  }
  const { storage, site } = request.house;
  const blog = await blogByHost(storage, host.toLowerCase(), site);
  if (!blog) throw nothingThere();
  return { scope: { ...request.scope, blog }, blog, on: null };
}

/** There is nothing here, whether or not there is something for others. */
export const nothingThere = (): PublicError => new PublicError("request.no-page", "There is no such page here.", 404);
