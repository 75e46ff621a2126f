import type { PostFilter } from "../../../core/posts/find-posts.ts";
import { categoriesOf, monthsOf } from "../../../core/posts/read.ts";
import type { OnBlog } from "../../on-blog.ts";

/** The tabs of the list of posts, and the state of what is in each. */
export const tabs = { published: "published", drafts: "draft", scheduled: "scheduled", trash: "trash" } as const;
export type Tab = keyof typeof tabs;

const kinds = ["note", "article", "photo", "reply", "bookmark", "audio"] as const;
const sources = ["web", "app", "import"] as const;

/** The tab that an address asks for. */
export function tabOf(query: URLSearchParams): Tab {
  const asked = query.get("tab") ?? "";
  return Object.hasOwn(tabs, asked) ? (asked as Tab) : "published";
}

/** What an address asks for, as far as it makes sense; whoever may not edit the blog sees what is theirs (security.md R2). */
export function filterOf(place: OnBlog, query: URLSearchParams): PostFilter {
  const tab = tabOf(query);
  const text = (query.get("q") ?? "").trim().slice(0, 200);
  const kind = query.get("kind") ?? "";
  const categoryId = query.get("category") ?? "";
  const year = query.get("year") ?? "";
  const source = sources.find((one) => one === query.get("source"));
  const me = place.scope.principal.accountId!;
  const isEditor = place.may("blog.edit");
  return {
    status: tabs[tab],
    ...(text === "" ? {} : { text }),
    ...(/^[a-z][a-z0-9-]{0,31}$/.test(kind) ? { kind } : {}),
    ...(/^[0-9A-Z]{26}$/.test(categoryId) ? { categoryId } : {}),
    ...(/^(19|20)\d\d$/.test(year) ? { year } : {}),
    ...(source === undefined ? {} : { source }),
    ...(isEditor ? {} : tab === "published" ? { readerId: me } : { authorId: me }),
  };
}

/** What the form of filters offers. */
export async function filterChoices({ scope, t }: OnBlog) {
  const any = { value: "", label: t("posts.any") };
  const now = String(scope.clock.now().getUTCFullYear());
  const years = new Set([now, ...(await monthsOf(scope)).map(({ month }) => month.slice(0, 4))]);
  return {
    kinds: [any, ...kinds.map((value) => ({ value, label: t(`posts.kind-${value}`) }))],
    categories: [any, ...(await categoriesOf(scope)).map(({ id, name }) => ({ value: id, label: name }))],
    years: [
      any,
      ...[...years]
        .toSorted()
        .toReversed()
        .map((value) => ({ value, label: value })),
    ],
    sources: [any, ...sources.map((value) => ({ value, label: t(`posts.source-${value}`) }))],
  };
}

/** The address of the same list: with these parameters changed. */
export function sameList(query: URLSearchParams, change: Readonly<Record<string, string | null>>): string {
  const next = new URLSearchParams();
  for (const name of ["tab", "q", "kind", "category", "year", "source"]) {
    const value = query.get(name);
    if (value) next.set(name, value.slice(0, 200));
  }
  for (const [name, value] of Object.entries(change)) {
    if (value === null) next.delete(name);
    else next.set(name, value);
  }
  return `/posts${next.size > 0 ? `?${next}` : ""}`;
}
