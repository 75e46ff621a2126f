import type { HouseParts } from "../core/house.types.ts";
import type { Scope } from "../core/hooks/scope.ts";
import type { Account, Blog } from "../core/hooks/values.ts";
import type { Catalogues } from "../core/host/catalogues.ts";
import type { PluginHost } from "../core/host/plugin-host.ts";
import type { ForeignImages } from "../core/media/foreign/foreign-images.ts";
import type { MediaStore } from "../core/media/store.ts";
import type { SecretBox } from "../core/people/secret-box.ts";
import type { LookParts } from "../core/blogs/domains/look-at-domain.ts";
import { ownWord } from "../core/render/themes/own-words.ts";
import type { Themes } from "../core/render/themes/themes.ts";

/** What the dashboard needs of the opened installation. */
export type AdminHouse = HouseParts & {
  readonly site: { readonly url: string; readonly version: string };
  readonly host: PluginHost;
  /** What the folders of plugins say, by language. */
  readonly catalogues: Catalogues;
  readonly media: MediaStore;
  /** Addresses here for pictures of other sites. */
  readonly images: ForeignImages;
  readonly records: LookParts["records"];
  readonly fetch: LookParts["fetch"];
  readonly secrets: SecretBox;
  /** A scope for what an account does on a blog. */
  scopeOf(account: Account, blog: Blog | null, via: string): Scope;
  readonly themes: Themes;
};

/** A look that blogs can take on. */
export type ThemeCard = { readonly id: string; readonly name: string; readonly version: string; readonly description: string };

/** The themes that can be chosen, by id, as they call themselves in a language; hidden and broken ones are left out. */
export function themeCards(house: AdminHouse, language: string): readonly ThemeCard[] {
  return house.themes
    .list()
    .flatMap((theme) => ("manifest" in theme && !theme.manifest.isHidden ? [theme] : []))
    .map((theme) => {
      const { id, name, version, description } = theme.manifest;
      return {
        id,
        version,
        name: ownWord(theme, language, "theme.name") ?? name,
        description: ownWord(theme, language, "theme.description") ?? description,
      };
    });
}
