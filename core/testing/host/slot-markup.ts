import type { PageFacts } from "../../hooks/catalogue.ts";
import { blogOf, type Scope } from "../../hooks/scope.ts";
import type { Post } from "../../hooks/values.ts";
import type { House } from "../../house.ts";
import { SlotPrinter } from "../../render/functions/slot-printer.ts";
import { createEnvironment } from "../../render/theme-engine/engine.ts";
import { TemplateChain } from "../../render/themes/template-chain.ts";

/** What plugins print into one slot, without a page around it; a view that cannot be drawn is an error here. */
export async function slotMarkup(house: House, scope: Scope, slot: string, post?: Post): Promise<string> {
  const { themes } = house;
  const blog = blogOf(scope);
  const page: PageFacts = post
    ? { type: "post", path: post.path, url: post.url, title: post.title }
    : { type: "home", path: "/", url: blog.url, title: blog.title };
  const [views = []] = await themes.plugins.slotViews(scope, slot, [{ slot, page, ...(post && { post }) }]);
  const { overrides } = await themes.facts.of(scope);
  const themeChain = themes.chain(blog.theme);
  const chain = new TemplateChain({ blogId: blog.id, themes: themeChain, overrides, compiled: themes.compiled });
  const troubles: string[] = [];
  const warned = { ...scope, log: { ...scope.log, warn: (message: string) => void troubles.push(message) } };
  const printer = new SlotPrinter({
    scope: warned,
    themes,
    chain,
    collected: { tags: [], links: [], data: {}, slots: new Map([[slot, new Map([["", views]])]]) },
    shared: { blog, page, ...(post && { post }) },
    environment: createEnvironment({
      load: (name) => chain.load(name, () => undefined),
      locale: blog.language,
      timeZone: blog.timeZone,
    }),
  });
  for (const { pluginId, template } of views) {
    const folder = themes.plugins.folder(scope, pluginId);
    const own = folder === null ? undefined : themes.pluginFolder(pluginId, folder);
    if (
      !chain.load(`plugin/${pluginId}/${template.replace(/\.njk$/, "")}.njk`, (error) => void troubles.push(error.message), own)
    )
      throw new Error(`The plugin “${pluginId}” has no template “${template}”. ${troubles.join(" ")}`.trim());
  }
  const markup = printer.print(slot).toString();
  if (troubles.length > 0) throw new Error(troubles.join("\n"));
  return markup;
}
