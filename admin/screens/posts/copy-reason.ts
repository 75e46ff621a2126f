import { wordsOf } from "../../../core/host/plugin-words.ts";
import { copyReasons } from "../../../core/posts/targets/copy-reasons.ts";
import type { Copy } from "../../../core/posts/targets/target-rows.ts";
import type { AdminRequest } from "../../request.ts";

const own = [
  "targets.reason-tried",
  "targets.reason-cannot",
  "targets.reason-off",
] satisfies (typeof copyReasons)[keyof typeof copyReasons][];

/**
 * Why a copy stands where it stands, in the reader's language: a key of the dashboard's texts or of the plugin's (`error.<name>`), else
 * the words of the service as they came.
 */
export function copyReason({ house, language, t }: Pick<AdminRequest, "house" | "language" | "t">, copy: Copy): string {
  const { reason, pluginId } = copy;
  if (own.some((one) => one === reason)) return t(reason);
  if (!/^error\.[a-z0-9-]{1,60}$/.test(reason)) return reason;
  const folder = house.host.current.plugins.get(pluginId)?.folder ?? null;
  // A key whose plugin is not there to say it.
  return wordsOf(house.catalogues, folder, language)(reason, t(copyReasons.off));
}
