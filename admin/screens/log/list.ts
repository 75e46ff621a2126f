import { searchAudit, type AuditFilter } from "../../../core/people/audit-search.ts";
import { onBlog } from "../../on-blog.ts";
import { signedIn, type AdminRequest } from "../../request.ts";
import { partPage } from "../settings/section.ts";
import { beforeOf, logFilter } from "./filter.ts";

const pageSize = 30;
// What is often looked for; anything else can be typed.
const areas = ["account.", "blog.", "invitation.", "plugin.", "role.", "session.", "sign-in", "sign-up.", "token."];

/** The log of the installation; moderators see their own area. */
export async function siteLog(request: AdminRequest) {
  const { typed, filter } = await logFilter(request);
  const { lines, older } = filter === null ? { lines: [], older: null } : await page(request, filter, typed);
  const query = new URLSearchParams(Object.entries(typed).filter(([, value]) => value !== ""));
  const data = {
    lines,
    older: older && `/admin/log?${older}`,
    typed,
    areas,
    isFiltered: query.size > 0,
    csv: `/admin/log/export${query.size > 0 ? `?${query}` : ""}`,
    isModerator: signedIn(request).role !== "admin",
  };
  return request.html("screens/log/list", request.t("log.title"), data);
}

/** What was done on one blog, for its owners. */
export async function blogLog(request: AdminRequest) {
  const place = await onBlog(request, "blog.manage");
  const at = place.at("/settings/log");
  const { lines, older } = await page(request, { blogId: place.blog.id }, {});
  const data = { lines, older: older && `${at}?${older}` };
  return partPage(request, place, { view: "screens/log/blog", title: request.t("log.blog-title"), at, data });
}

async function page(request: AdminRequest, filter: AuditFilter, typed: Readonly<Record<string, string>>) {
  const before = beforeOf(request.query);
  const wanted = { ...filter, ...(before !== undefined && { before }), limit: pageSize + 1 };
  const found = await searchAudit(request.house.storage, wanted);
  const lines = found.slice(0, pageSize).map((line) => ({ ...line, facts: factsOf(line.detail) }));
  if (found.length <= pageSize) return { lines, older: null };
  const query = Object.entries(typed).filter(([, value]) => value !== "");
  return { lines, older: new URLSearchParams([...query, ["before", String(lines.at(-1)!.id)]]).toString() };
}

/** The facts of a line on one line of text. */
export function factsOf(detail: Readonly<Record<string, unknown>>): string {
  return Object.entries(detail)
    .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(", ");
}
