import type { PluginScreen } from "../../core/host/screens/plugin-screen.types.ts";
import type { Account, Blog } from "../../core/hooks/values.ts";
import { can, type BlogRole } from "../../core/people/permissions.ts";
import type { Destination } from "../places.ts";
import type { AdminRequest } from "../request.ts";
import { pluginTexts } from "./plugin-view.ts";
import { actionsOf } from "./screen-place.ts";

const ranks = { public: 0, member: 0, curator: 1, moderator: 2, admin: 3 } as const;

type Who = { readonly account: Account; readonly blog: Blog | null; readonly role: BlogRole | null };

/** The screens of plugins somebody can go to, those of `blog` among them, in the order of their titles. */
export function pluginPlaces({ house, language }: Pick<AdminRequest, "house" | "language">, who: Who): readonly Destination[] {
  const generation = house.host.current;
  return generation.screens
    .listed()
    .filter(({ plugin, screen }) => {
      if (screen.on === "blog" && who.blog === null) return false;
      if (!generation.isActive(plugin.id, screen.on === "blog" ? who.blog : null)) return false;
      return isOpenTo(screen.access, who);
    })
    .map(({ plugin, screen }): Destination => {
      const href = screen.on === "blog" ? `/b/${who.blog!.host}${screen.path}` : screen.path;
      const label = titleOf({ house, language }, plugin.id, screen);
      return { href, label, group: screen.menu!, ...(screen.bar && { icon: screen.bar }) };
    })
    .toSorted((a, b) => a.label.localeCompare(b.label, language));
}

/** The screens of plugins that anybody may open, by their titles: what there is to see without signing in. */
export function openPlaces({
  house,
  language,
}: Pick<AdminRequest, "house" | "language">): readonly Pick<Destination, "href" | "label">[] {
  const generation = house.host.current;
  return generation.screens
    .open()
    .filter(({ plugin }) => generation.isActive(plugin.id, null))
    .map(({ plugin, screen }) => ({ href: screen.path, label: titleOf({ house, language }, plugin.id, screen) }))
    .toSorted((a, b) => a.label.localeCompare(b.label, language));
}

function titleOf({ house, language }: Pick<AdminRequest, "house" | "language">, pluginId: string, screen: PluginScreen): string {
  const { folder } = house.host.current.plugins.get(pluginId)!;
  const key = `screens.${screen.path}`;
  const own = pluginTexts({ house, language, folder })(key);
  return own === key ? screen.title : own;
}

function isOpenTo(access: keyof typeof ranks | "author" | "editor" | "owner", { account, role }: Who): boolean {
  const action = actionsOf[access];
  if (!action) return ranks[account.role] >= ranks[access as keyof typeof ranks];
  const principal = { accountId: account.id, role: account.role, scopes: null };
  return can({ principal, blogRole: role }, action, { authorId: account.id });
}
