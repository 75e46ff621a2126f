import type { Route } from "rookery/plugin";
import { route } from "../wire/route.ts";
import { conversationReply } from "./conversation.ts";
import { sidebarReply } from "./sidebar.ts";

/** What pages elsewhere put into themselves. */
export const widgetRoutes: readonly Route[] = [
  route("GET", "/conversation.js", conversationReply),
  route("GET", "/sidebar.js", sidebarReply),
];
