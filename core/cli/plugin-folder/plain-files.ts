import type { NewPlugin } from "./new-plugin.ts";

/** The files of a new plugin that says a sentence under each post, to be replaced by what it shall really do. */
export function plainFiles({ id, name }: NewPlugin): Record<string, string> {
  return {
    "plugin.ts": `import { definePlugin } from "rookery/plugin";

/** Says a sentence under each post. */
export default definePlugin({
  id: "${id}",
  name: "${name}",
  description: "Says a sentence under each post.",
  version: "0.1.0",
  api: 1,
  category: "Publishing",
  settings: {
    sentence: { type: "text", label: "Sentence", help: "Empty says it in the blog's language." },
  },
  slots: {
    // A slot with \`post\` is asked once for each post of a page; null prints nothing.
    "after-content": ({ post }, { settings, t }) =>
      post ? { template: "sentence", data: { sentence: settings.sentence ?? t("sentence") } } : null,
  },
});
`,
    "templates/sentence.njk": `<p class="${id}">{{ sentence }}</p>\n`,
    "plugin.test.ts": `import test from "ava";
import { createTestHost, pluginContract } from "rookery/testing";
import plugin from "./plugin.ts";

pluginContract(test, import.meta.dirname);

test("the sentence stands under a post, as it was set, and goes with the plugin", async (t) => {
  const host = await createTestHost(t, { plugins: [{ plugin, folder: import.meta.dirname }] });
  const post = await host.publish({ title: "Birds", text: "Herons" });

  t.regex((await host.get(post.path)).text, /<p class="${id}">Thank you for reading\\.<\\/p>/);
  await host.set("${id}", { sentence: "Write to me & mine" });
  t.regex((await host.get(post.path)).text, /Write to me &amp; mine/);

  await host.house.host.disable("${id}");
  t.notRegex((await host.get(post.path)).text, /${id}/);
});
`,
    "README.md": `# ${name}

Says a sentence under each post.

**Switch it on**: Plugins → ${name}. **Settings**: the sentence.
**Sends** nothing to anybody. **Stores** nothing but its settings.
**Tests**: \`rookery plugin check ${id}\`
`,
    "locales/en.json": `${JSON.stringify(
      {
        "plugin.name": name,
        "plugin.description": "Says a sentence under each post.",
        "settings.sentence.label": "Sentence",
        "settings.sentence.help": "Empty says it in the blog's language.",
        sentence: "Thank you for reading.",
      },
      null,
      2,
    )}\n`,
  };
}
