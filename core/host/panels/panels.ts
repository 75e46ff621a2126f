import { isNothing } from "../../hooks/field-values.ts";
import type { Scope } from "../../hooks/scope.ts";
import type { SayWord } from "../../hooks/worded-fields.ts";
import { wordedFields } from "../../hooks/worded-fields.ts";
import type { Draft, Json, Post, Refusal } from "../../hooks/values.ts";
import type { Generation } from "../generation.ts";
import type { GuardedResult } from "../guarded.ts";
import type { Plugin } from "../manifest.ts";
import type { Panel, PanelValues, PanelWhen } from "./panel.types.ts";

/** A panel with whose it is; `uid` is `<plugin id>.<panel id>`. */
export type ListedPanel = { readonly uid: string; readonly plugin: Plugin; readonly folder: string; readonly panel: Panel<{}> };

const quick = 2_000;

/** The panels of the plugins that are active on the scope's blog, in their order. */
export function listPanels(scope: Scope): readonly ListedPanel[] {
  const all = activePlugins(scope).flatMap(({ plugin, folder }) =>
    (plugin.panels ?? []).map((panel) => ({
      uid: `${plugin.id}.${panel.id}`,
      plugin,
      folder,
      panel: panel as unknown as Panel<{}>,
    })),
  );
  return all.toSorted((a, b) => (a.panel.order ?? 0) - (b.panel.order ?? 0));
}

/** Whether a plugin that is active on the scope's blog wants something in the composer. */
export function composerOffers(scope: Scope, what: "audio"): boolean {
  return activePlugins(scope).some(({ plugin }) => plugin.composer?.includes(what));
}

/** A panel in somebody's words: `panels.<id>.title`, and for its fields `panels.<id>.fields.<field>.label` and so on. */
export function wordedPanel<P extends Pick<Panel<never>, "id" | "title" | "fields">>(panel: P, say: SayWord): P {
  const at = `panels.${panel.id}`;
  return { ...panel, title: say(`${at}.title`, panel.title), fields: wordedFields(panel.fields, say, `${at}.fields`) };
}

/** Whether a panel is for such a post. */
export function isFor(when: PanelWhen | undefined, post: { kind: string; hasAudio: boolean; hasPhotos: boolean }): boolean {
  if (post.kind === "page" && !when?.kinds?.includes("page")) return false;
  if (when?.kinds && !when.kinds.includes(post.kind)) return false;
  return !(when?.audio && !post.hasAudio) && !(when?.photos && !post.hasPhotos);
}

/** What a panel holds for a post; nothing for a new one. A plugin that fails is an answer that is not `ok`. */
export async function readPanel(scope: Scope, { plugin, panel }: ListedPanel, post: Post): Promise<GuardedResult<PanelValues>> {
  if (!panel.read) return { ok: true, value: keptIn(post.properties[plugin.id]) };
  const found = await (scope.taps as Generation).run(scope, plugin, {
    name: `panel ${panel.id}`,
    limit: quick,
    work: async (context) => panel.read!(post, context),
  });
  if (found.ok && !isRecord(found.value)) return { ok: false, error: new Error("“read” gave no values.") };
  return found;
}

/** A draft with what a panel holds, or the plugin's refusal. A plugin that fails is an answer that is not `ok`. */
export async function writePanel(
  scope: Scope,
  { plugin, panel }: ListedPanel,
  about: { readonly values: PanelValues; readonly draft: Draft; readonly before: Post | null },
): Promise<GuardedResult<Draft | Refusal>> {
  const { values, draft, before } = about;
  if (!panel.write) return { ok: true, value: withKept(draft, plugin.id, { panel, values, before }) };
  const found = await (scope.taps as Generation).run(scope, plugin, {
    name: `panel ${panel.id}`,
    limit: quick,
    work: async (context) => panel.write!(values, draft, context),
  });
  if (!found.ok || "refuse" in found.value) return found;
  if (!isRecord(found.value as unknown as Json)) return { ok: false, error: new Error("“write” gave no draft.") };
  // What the draft says of itself is the writer's, not the plugin's.
  const { id, key, version, status, authorId } = draft;
  const own = Object.fromEntries(Object.entries({ id, key, version, status, authorId }).filter(([, one]) => one !== undefined));
  const { id: _id, key: _key, version: _version, status: _status, authorId: _author, ...said } = found.value;
  return { ok: true, value: { ...said, ...own } };
}

// What the fields say goes beside what else the plugin keeps with the post; a post nobody said anything about stays as it is.
function withKept(
  draft: Draft,
  pluginId: string,
  { panel, values, before }: { panel: Panel<{}>; values: PanelValues; before: Post | null },
): Draft {
  const said = draft.properties?.[pluginId];
  const stored = keptIn(said === undefined ? before?.properties[pluginId] : said);
  const kept: Record<string, Json> = { ...stored };
  for (const [key, value] of Object.entries(values)) {
    const usual = panel.fields[key]?.default;
    const isUsual = usual === undefined ? value === false : stored[key] === undefined && value === usual;
    if (isNothing(value) || isUsual) delete kept[key];
    else kept[key] = value;
  }
  const isEmpty = Object.keys(kept).length === 0;
  if (isEmpty && said === undefined && before?.properties[pluginId] === undefined) return draft;
  return { ...draft, properties: { ...draft.properties, [pluginId]: isEmpty ? null : kept } };
}

const keptIn = (value: Json | undefined): PanelValues => (isRecord(value) ? value : {});

const isRecord = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

// Safe mode and tests of the core have no generation.
function activePlugins(scope: Scope) {
  const generation = scope.taps as Partial<Generation>;
  if (!generation.plugins) return [];
  const isActive = (id: string) => (scope.taps as Generation).isActive(id, scope.blog);
  return [...generation.plugins.values()].filter(({ plugin }) => isActive(plugin.id));
}
