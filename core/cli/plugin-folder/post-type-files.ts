import type { NewPlugin } from "./new-plugin.ts";

/** The files of a new kind of post: recognised by a field of its panel in the composer, with a line of its own in themes. */
export function postTypeFiles({ id, name }: NewPlugin): Record<string, string> {
  return {
    "plugin.ts": `import { definePlugin } from "rookery/plugin";
import { isOfKind, placeOf } from "./kind.ts";

/** A kind of post that names a place. */
export default definePlugin({
  id: "${id}",
  name: "${name}",
  description: "A kind of post that names a place.",
  version: "0.1.0",
  api: 1,
  category: "Publishing",
  capabilities: ["posts:write"],
  // The fields stand in the composer; what they hold is the post's property “${id}”.
  panels: [{ id: "place", title: "${name}", fields: { place: { type: "text", label: "Place" } } }],
  hooks: {
    "post.kind": (draft) => (isOfKind(draft) ? "${id}" : undefined),
  },
  slots: {
    "before-content": ({ post }, { t }) => {
      const place = post && placeOf(post);
      return place ? { template: "place", data: { line: t("line", { place }) } } : null;
    },
  },
});
`,
    "kind.ts": `import type { Draft, Json, Post } from "rookery/plugin";

/** The place that a post or draft names; empty for none. */
export function placeOf({ properties }: Pick<Post | Draft, "properties">): string {
  const own = properties?.["${id}"] as { readonly place?: Json } | undefined;
  return typeof own?.place === "string" ? own.place.trim() : "";
}

/** Whether a draft is of this kind: it is one as soon as it names a place. */
export function isOfKind(draft: Draft): boolean {
  return placeOf(draft) !== "";
}
`,
    "kind.test.ts": `import test from "ava";
import { isOfKind, placeOf } from "./kind.ts";

test("a draft that names a place is of this kind; whatever else its property holds is none", (t) => {
  t.is(placeOf({ properties: { "${id}": { place: " The pond " } } }), "The pond");
  t.true(isOfKind({ properties: { "${id}": { place: "The pond" } } }));
  for (const odd of [null, 7, "The pond", [], { place: 7 }, { place: " " }]) t.false(isOfKind({ properties: { "${id}": odd } }));
  t.false(isOfKind({}));
});
`,
    "plugin.test.ts": `import test from "ava";
import { createTestHost, pluginContract } from "rookery/testing";
import plugin from "./plugin.ts";

pluginContract(test, import.meta.dirname);

test("a post with a place is of this kind and says it; one without is not; what was said stays when the plugin is off", async (t) => {
  const host = await createTestHost(t, { plugins: [{ plugin, folder: import.meta.dirname }] });

  const post = await host.publish({ text: "Herons", properties: { "${id}": { place: "The pond & the hill" } } });
  const note = await host.publish({ text: "Herons elsewhere" });

  t.is(post.kind, "${id}");
  t.not(note.kind, "${id}");
  t.is(await host.render("before-content", post), '<div class="rk-slot rk-${id}"><p class="${id}">At The pond &amp; the hill</p>\\n</div>');
  t.is(await host.render("before-content", note), "");
  await host.house.host.disable("${id}");
  t.deepEqual((await host.stored(post))?.properties["${id}"], { place: "The pond & the hill" });
  t.is((await host.get(post.path)).status, 200);
});
`,
    "templates/place.njk": `<p class="${id}">{{ line }}</p>\n`,
    "README.md": `# ${name}

A kind of post that names a place. The composer asks for it under More → ${name}; a line above the text says it.

**Switch it on**: Plugins → ${name}. **Settings**: none.
**Sends** nothing to anybody. **Stores** the place with the post (\`properties["${id}"]\`), also when it is off.
**Tests**: \`rookery plugin check ${id}\`
`,
    "locales/en.json": `${JSON.stringify(
      {
        "plugin.name": name,
        "plugin.description": "A kind of post that names a place.",
        "panels.place.title": name,
        "panels.place.fields.place.label": "Place",
        line: "At {place}",
      },
      null,
      2,
    )}\n`,
  };
}
