import { mask } from "../../../core/settings/mask.ts";
import type { AdminRequest } from "../../request.ts";
import { sitePage } from "./section.ts";

/** Every setting that is made where Rookery is started: to read, never to change here. */
export function showAdvanced(request: AdminRequest) {
  const entries = request.house.settings.entries.map(({ name, value, source, isSecret }) => ({
    name,
    value: isSecret && source !== "default" ? mask(value) : value,
    source: request.t(`site.source-${source === ".env" ? "file" : source}`),
  }));
  return sitePage(request, "advanced", { entries });
}
