import { can, type Action, type BlogRole } from "../core/people/permissions.ts";
import type { Account, Blog } from "../core/hooks/values.ts";
import type { Translate } from "./texts.ts";

/** In which part of “More” a screen is listed. */
export type PlaceGroup = "blog" | "you" | "installation";

type Place = {
  readonly path: string;
  readonly text: string;
  readonly group: PlaceGroup;
  /** What one must be allowed to do on the blog, or be on the installation. */
  readonly needs: Action | Account["role"];
};

/** A screen somebody can go to, said in their language. */
export type Destination = {
  readonly href: string;
  readonly label: string;
  readonly group: PlaceGroup;
  /** Of places that plugins want in the bar. */
  readonly icon?: string;
  /** Something new waits there. */
  readonly hasNews?: true;
};

// Every screen that has an entry of its own somewhere, in the order of the lists. One that is not mounted is not shown.
const places: readonly Place[] = [
  { path: "/compose", text: "frame.write", group: "blog", needs: "post.create" },
  { path: "/b/:blog/posts", text: "frame.posts", group: "blog", needs: "post.create" },
  { path: "/b/:blog/replies", text: "places.replies", group: "blog", needs: "post.create" },
  { path: "/b/:blog/schedule", text: "places.schedule", group: "blog", needs: "post.create" },
  { path: "/b/:blog/pages", text: "frame.pages", group: "blog", needs: "blog.edit" },
  { path: "/b/:blog/categories", text: "places.categories", group: "blog", needs: "blog.edit" },
  { path: "/b/:blog/navigation", text: "places.navigation", group: "blog", needs: "blog.edit" },
  { path: "/b/:blog/media", text: "places.media", group: "blog", needs: "media.upload" },
  { path: "/b/:blog/design", text: "places.design", group: "blog", needs: "blog.edit" },
  { path: "/b/:blog/redirects", text: "places.redirects", group: "blog", needs: "blog.edit" },
  { path: "/b/:blog/settings", text: "places.settings", group: "blog", needs: "blog.manage" },
  { path: "/b/:blog/settings/domain", text: "places.domain", group: "blog", needs: "blog.manage" },
  { path: "/b/:blog/settings/people", text: "places.members", group: "blog", needs: "blog.manage" },
  { path: "/b/:blog/settings/targets", text: "places.targets", group: "blog", needs: "blog.manage" },
  { path: "/b/:blog/settings/plugins", text: "places.blog-plugins", group: "blog", needs: "blog.manage" },
  { path: "/b/:blog/import", text: "places.import", group: "blog", needs: "blog.manage" },
  { path: "/b/:blog/export", text: "places.export", group: "blog", needs: "blog.manage" },
  { path: "/", text: "frame.home", group: "you", needs: "member" },
  { path: "/account", text: "frame.account", group: "you", needs: "member" },
  { path: "/account/export", text: "places.data", group: "you", needs: "member" },
  { path: "/keys", text: "keys.title", group: "you", needs: "member" },
  { path: "/admin", text: "more.health", group: "installation", needs: "admin" },
  { path: "/admin/plugins", text: "places.plugins", group: "installation", needs: "admin" },
  { path: "/admin/themes", text: "places.themes", group: "installation", needs: "admin" },
  { path: "/admin/people", text: "places.people", group: "installation", needs: "moderator" },
  { path: "/admin/blogs", text: "places.blogs", group: "installation", needs: "moderator" },
  { path: "/admin/jobs", text: "places.jobs", group: "installation", needs: "admin" },
  { path: "/admin/backups", text: "health.backups", group: "installation", needs: "admin" },
  { path: "/admin/mail", text: "places.mail", group: "installation", needs: "admin" },
  { path: "/admin/settings", text: "places.site-settings", group: "installation", needs: "admin" },
  { path: "/admin/log", text: "places.log", group: "installation", needs: "moderator" },
];

const ranks: Readonly<Record<string, number>> = { member: 0, curator: 0, moderator: 1, admin: 2 };

/** Where somebody can go from here: the screens their role opens, those of `blog` among them. `isThere` says what is mounted. */
export function destinations(
  who: { readonly account: Account; readonly blog: Blog | null; readonly role: BlogRole | null },
  t: Translate,
  isThere: (path: string) => boolean,
): readonly Destination[] {
  const { account, blog, role } = who;
  const principal = { accountId: account.id, role: account.role, scopes: null };
  return places
    .filter(({ path }) => isThere(path))
    .filter(({ needs, group }) =>
      group === "blog"
        ? blog !== null && can({ principal, blogRole: role }, needs as Action, { authorId: account.id })
        : ranks[account.role]! >= ranks[needs]!,
    )
    .map(({ path, text, group }) => ({ href: addressOf(path, group, blog), label: t(text), group }));
}

function addressOf(path: string, group: PlaceGroup, blog: Blog | null): string {
  if (path === "/compose") return `/compose?blog=${blog!.host}`;
  return group === "blog" ? path.replace(":blog", blog!.host) : path;
}
