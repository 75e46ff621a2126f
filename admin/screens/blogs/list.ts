import { findBlogs, type BlogFilter } from "../../../core/residents/directory/find-blogs.ts";
import { signedIn, type AdminRequest } from "../../request.ts";

const states = ["active", "suspended", "deleted"] as const;

/** What the form for a new blog answers with. */
export type ListState = { readonly errors?: Readonly<Record<string, string>>; readonly sent?: URLSearchParams };

/** The list of blogs with, for admins, a form that makes one for somebody. */
export async function listBlogs(request: AdminRequest, state: ListState = {}) {
  const { house, t, query } = request;
  const filter = filterOf(query);
  const { blogs, next } = await findBlogs(house.storage, house.site, filter);
  const { after: _after, ...rest } = filter;
  const data = {
    blogs,
    filter,
    isFiltered: Object.keys(filter).length > 0,
    states: [
      { value: "", label: t("people.any-state") },
      ...states.map((name) => ({ value: name, label: t(`people.state-${name}`) })),
    ],
    older: next && `/admin/blogs?${new URLSearchParams({ ...(rest as Record<string, string>), after: next })}`,
    isAdmin: signedIn(request).role === "admin",
    hubHost: new URL(house.site.url).hostname,
    typed: Object.fromEntries(state.sent ?? [["username", filter.owner ?? ""]]),
    errors: state.errors,
  };
  return request.html("screens/blogs/list", t("people.blogs"), data, { status: state.errors ? 422 : 200 });
}

function filterOf(query: URLSearchParams): BlogFilter {
  const text = (name: string) => (query.get(name) ?? "").trim();
  const state = states.find((one) => one === query.get("state"));
  const [q, owner, after] = [text("q"), text("owner").replace(/^@/, ""), text("after")];
  return { ...(q && { q }), ...(owner && { owner }), ...(state && { state }), ...(after && { after }) };
}
