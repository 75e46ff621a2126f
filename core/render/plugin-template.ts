import { blogOf, type Scope } from "../hooks/scope.ts";
import type { PluginView } from "./render.types.ts";
import { createEnvironment, render } from "./theme-engine/engine.ts";
import { TemplateChain } from "./themes/template-chain.ts";
import type { Themes } from "./themes/themes.ts";

/** One of a plugin's templates as text, the theme's own version of it if it has one. For mails and fragments: it knows no page. */
export async function drawPluginTemplate(scope: Scope, themes: Themes, view: PluginView): Promise<string> {
  const blog = blogOf(scope);
  const folder = themes.plugins.folder(scope, view.pluginId);
  const own = folder === null ? undefined : themes.pluginFolder(view.pluginId, folder);
  const facts = await themes.facts.of(scope);
  const chain = new TemplateChain({
    blogId: blog.id,
    themes: themes.chain(blog.theme),
    overrides: facts.overrides,
    compiled: themes.compiled,
  });
  const name = `plugin/${view.pluginId}/${view.template.replace(/\.njk$/, "")}.njk`;
  const warn = (error: Error) =>
    scope.log.warn(`A template of the plugin “${view.pluginId}” could not be read: ${error.message}`);
  const template = chain.load(name, warn, own);
  if (!template) throw new Error(`The plugin “${view.pluginId}” has no template “${view.template}”`);
  const environment = createEnvironment({
    load: (wanted) => chain.load(wanted, warn, own),
    locale: blog.language,
    timeZone: blog.timeZone,
  });
  return render(template, { ...view.data }, environment);
}
