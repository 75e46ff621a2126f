import { sentenceOf } from "../../../core/errors.ts";
import type { AdminRequest, AdminScreen } from "../../request.ts";
import { checks, type Line } from "./checks.ts";

/** How the installation is: one line a thing, each with what to do. */
export const healthScreens: readonly AdminScreen[] = [{ method: "GET", path: "/admin", access: "admin", run: show }];

async function show(request: AdminRequest) {
  const own = await Promise.all(Object.keys(checks).map((name) => alone(request, name)));
  const lines = [...own, ...(await fromPlugins(request))];
  return request.html("screens/health/health", request.t("health.title"), {
    lines,
    isWell: lines.every((line) => line.status === "good"),
  });
}

// Each check can fail by itself: the others still show.
async function alone(request: AdminRequest, name: string): Promise<Line> {
  try {
    return await checks[name]!(request);
  } catch (error) {
    request.house.log.warn(`The check “${name}” failed: ${sentenceOf(error)}`);
    const more = { href: "/admin/settings/storage", link: request.t("health.settings-link") };
    return { label: request.t(`health.${name}`), status: "bad", detail: sentenceOf(error), ...(name === "media" && more) };
  }
}

async function fromPlugins({ scope }: AdminRequest): Promise<Line[]> {
  const found = await scope.taps.collect(scope, "health.checks", {});
  const looks = { good: "good", advice: "warn", critical: "bad" } as const;
  return found.flat().map(({ label, status, detail }) => ({ label, status: looks[status], detail }));
}
