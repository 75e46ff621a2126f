import { personByUsername } from "../../../core/people/accounts.ts";
import type { AuditFilter } from "../../../core/people/audit-search.ts";
import { listedBlog } from "../../../core/residents/directory/find-blogs.ts";
import { signedIn, type AdminRequest } from "../../request.ts";

// What moderators look after: people, blogs, what came in. Sign-ins, keys, plugins and settings are the admins'.
const moderated = ["account.", "blog.", "sign-up.", "invitation.", "role.", "interaction.", "report.", "moderation."];

/** What was typed into the log's form, and the lines it asks for; null when it names somebody or a blog that is not there. */
export type LogFilter = {
  readonly typed: Readonly<Record<"person" | "blog" | "action" | "from" | "until", string>>;
  readonly filter: AuditFilter | null;
};

/** Reads the log's form. Days are the reader's own. */
export async function logFilter(request: AdminRequest): Promise<LogFilter> {
  const { house, query } = request;
  const text = (name: string) => (query.get(name) ?? "").trim().slice(0, 253);
  const typed = {
    person: text("person").replace(/^@/, ""),
    blog: text("blog").toLowerCase(),
    action: text("action"),
    from: text("from"),
    until: text("until"),
  };
  const { role, timeZone } = signedIn(request);
  const person = typed.person === "" ? null : await personByUsername(house.storage, typed.person);
  const blog = typed.blog === "" ? null : await listedBlog(house.storage, house.site, typed.blog);
  if ((typed.person !== "" && !person) || (typed.blog !== "" && !blog)) return { typed, filter: null };
  const [from, until] = [dayStart(typed.from, timeZone), dayStart(typed.until, timeZone, 1)];
  const filter: AuditFilter = {
    ...(person && { accountId: person.id }),
    ...(blog && { blogId: blog.blog.id }),
    ...(typed.action && { action: typed.action }),
    ...(from && { from }),
    ...(until && { until }),
    ...(role !== "admin" && { areas: moderated }),
  };
  return { typed, filter };
}

/** Where a page goes on: the number of the last line seen; undefined for none. */
export function beforeOf(query: URLSearchParams): number | undefined {
  const before = query.get("before") ?? "";
  return /^\d{1,9}$/.test(before) ? Number(before) : undefined;
}

// The moment at which a day begins somewhere; null for what is no day.
function dayStart(day: string, timeZone: string, later = 0): string | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return null;
  try {
    const date = Temporal.PlainDate.from(day, { overflow: "reject" }).add({ days: later });
    return new Date(date.toZonedDateTime(timeZone).epochMilliseconds).toISOString();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
