import type { ScreenReply } from "../../../core/web/screen.types.ts";
import type { AdminRequest } from "../../request.ts";

export async function list(
  request: AdminRequest,
  after: { problems?: readonly string[]; stored?: number } = {},
): Promise<ScreenReply> {
  return request.html("screens/problem", request.t("media.title"), { sentence: after.problems?.join(" ") }, { status: 422 });
}
