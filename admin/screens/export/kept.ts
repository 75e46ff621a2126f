import { keepersOf } from "../../../core/host/exports/keepers.ts";
import { wordsOf } from "../../../core/host/plugin-words.ts";
import type { Blog } from "../../../core/hooks/values.ts";
import type { AdminRequest } from "../../request.ts";

type Kept = { readonly name: string; readonly about: string };

/** What plugins keep of people, or of a blog, as each says it, in the language of whoever reads. */
export async function keptByPlugins({ house, scope, language }: AdminRequest, blog: Blog | null): Promise<readonly Kept[]> {
  const { plugins } = house.host.current;
  const all = await Promise.all(
    keepersOf({ ...scope, blog }).map(async ({ pluginId, about }) => {
      const { plugin, folder } = plugins.get(pluginId)!;
      const say = wordsOf(house.catalogues, folder, language);
      return { name: say("plugin.name", plugin.name), about: await about(language) };
    }),
  );
  return all.filter(({ about }) => about !== "").toSorted((a, b) => a.name.localeCompare(b.name, language));
}
