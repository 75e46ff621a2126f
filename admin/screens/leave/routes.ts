import type { AdminScreen } from "../../request.ts";
import { deleteOwnAccount, showDeletion } from "./delete.ts";
import { recall, showRecall } from "./recall.ts";

/** Leaving for good, and coming back within 30 days. */
export const leaveScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/account/delete", access: "member", run: (request) => showDeletion(request) },
  { method: "POST", path: "/account/delete", access: "member", run: deleteOwnAccount },
  { method: "GET", path: "/account/recall", access: "public", run: showRecall },
  { method: "POST", path: "/account/recall", access: "public", run: recall },
];
