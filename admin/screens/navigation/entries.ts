import { menuEntry, menusOf, type MenuEntry } from "../../../core/blogs/menus.ts";
import type { Blog } from "../../../core/hooks/values.ts";
import { categoriesOf, listPages, monthsOf } from "../../../core/posts/read.ts";
import type { OnBlog } from "../../on-blog.ts";
import type { AdminRequest } from "../../request.ts";
import { themeFacts } from "../../theme-facts.ts";

/** Something that an entry can lead to, in a form: its value, its name and the group it is listed in. */
export type TargetChoice = { readonly value: string; readonly label: string; readonly group: string };

/** The menus that the blog's theme has a place for. */
export function menuChoices(request: AdminRequest, blog: Blog): readonly { id: string; label: string }[] {
  const { menus } = themeFacts(request, blog);
  const known = menus.length > 0 ? menus : [{ id: "main", label: "Main" }];
  // A menu made for another look is still there, so that it can be let go.
  const made = Object.keys(menusOf(blog)).filter((id) => !known.some((one) => one.id === id));
  return [...known, ...made.map((id) => ({ id, label: id }))];
}

/** Everything of the blog that an entry can lead to. */
export async function targetsOf(request: AdminRequest, { scope }: Pick<OnBlog, "scope">): Promise<readonly TargetChoice[]> {
  const { t } = request;
  const [pages, categories] = await Promise.all([listPages(scope), categoriesOf(scope)]);
  return [
    ...pages
      .filter(({ visibility }) => visibility !== "private")
      .map(({ id, title, path }) => ({ value: `page:${id}`, label: title || path, group: t("navigation.pages") })),
    ...categories.map(({ id, name }) => ({ value: `category:${id}`, label: name, group: t("navigation.categories") })),
    { value: "list:home", label: t("navigation.home"), group: t("navigation.lists") },
    { value: "list:archive", label: t("navigation.archive"), group: t("navigation.lists") },
  ];
}

/** What a menu that makes itself shows, as entries. */
export async function automaticEntries({ scope }: Pick<OnBlog, "scope">, menu: string): Promise<readonly MenuEntry[]> {
  if (menu !== "main") return [];
  const [pages, months] = await Promise.all([listPages(scope), monthsOf(scope)]);
  const shown = pages.filter(({ visibility, properties }) => visibility === "public" && properties.inMenu !== false).slice(0, 12);
  const archive = months.length > 0 ? [{ ...menuEntry("list", "archive", ""), key: "archive" }] : [];
  // The same keys each time: what is pressed in the form must be found again when it becomes a menu of one's own.
  return [...shown.map(({ id }) => ({ ...menuEntry("page", id, ""), key: id })), ...archive];
}

/** Entries with what they lead to in words; one whose page is gone says so. */
export function shownEntries(request: AdminRequest, targets: readonly TargetChoice[], entries: readonly MenuEntry[]) {
  return entries.map((entry, at) => {
    const { target } = entry;
    const value =
      target.kind === "url" ? target.url : target.kind === "list" ? `list:${target.list}` : `${target.kind}:${target.id}`;
    const known = targets.find((one) => one.value === value);
    const name = target.kind === "url" ? target.url : (known?.label ?? request.t("navigation.gone"));
    return {
      ...entry,
      name,
      shown: entry.label || name,
      kind: request.t(`navigation.kind-${target.kind}`),
      isGone: target.kind !== "url" && !known,
      isFirst: at === 0,
      isLast: at === entries.length - 1,
    };
  });
}
