import type { Context } from "rookery/plugin";
import type { ActionsWish, ItemAction } from "../timeline/api.ts";

/** A way from any post to picking it, for curators. */
export function pickAction({ item, role, language }: ActionsWish, { t }: Context): ItemAction[] {
  const isCurator = role === "curator" || role === "moderator" || role === "admin";
  if (!isCurator || item.kind !== "post" || item.blogId === "" || item.replyTo !== "") return [];
  const href = `/admin/discover/post?number=${item.number}`;
  return [{ id: "pick", label: t("action.pick", {}, language), href, order: 60 }];
}
