import { flag, int, line, optional, primary, ref, text, time, word, type TableShape } from "../storage/columns.ts";

/** Plugins the installation knows, with their state. */
export const plugins: TableShape = {
  name: "plugins",
  columns: {
    id: primary(word(40)),
    version: word(40),
    state: word(16),
    reason: text(),
    is_everywhere: flag(),
    enabled_at: optional(time()),
    updated_at: time(),
  },
};

/** On which blog a plugin is switched off or on, where that differs from the installation's default. */
export const pluginActivations: TableShape = {
  name: "plugin_activations",
  columns: {
    plugin_id: primary(word(40)),
    blog_id: primary(ref()),
    is_active: flag(),
    account_id: optional(ref()),
    changed_at: time(),
  },
};

/** Values of the settings that plugins declare; `scope_id` is a blog's or account's id, or "-" for the installation. */
export const pluginSettings: TableShape = {
  name: "plugin_settings",
  columns: {
    plugin_id: primary(word(40)),
    scope: primary(word(12)),
    scope_id: primary(word(26)),
    name: primary(word(64)),
    value: text(),
    updated_at: time(),
  },
};

/** Documents in the collections that plugins declare; `blog_id` is "-" for the installation. */
export const pluginDocuments: TableShape = {
  name: "plugin_documents",
  columns: {
    plugin_id: primary(word(40)),
    blog_id: primary(ref()),
    collection: primary(word(40)),
    id: primary(line(190)),
    value: text(),
    updated_at: time(),
  },
};

/** The declared indexes of those documents: one row a document and indexed field. */
export const pluginDocumentIndex: TableShape = {
  name: "plugin_document_index",
  columns: {
    plugin_id: primary(word(40)),
    blog_id: primary(ref()),
    collection: primary(word(40)),
    field: primary(word(40)),
    value: primary(line(190)),
    document_id: primary(line(190)),
  },
};

/** Every set of plugins that ran: what to go back to when one crashes. */
export const pluginGenerations: TableShape = {
  name: "plugin_generations",
  columns: { number: primary(int()), plugins: text(), made_at: time(), result: text() },
};

/** The tables of each plugin as they were declared when they last came to be so, and the last of its migrations that ran. */
export const pluginShapes: TableShape = {
  name: "plugin_shapes",
  columns: {
    plugin_id: primary(word(40)),
    step: int(),
    shape: text(),
    fingerprint: word(64),
    is_erased: flag(),
    updated_at: time(),
  },
};

export const hostTables = [
  plugins,
  pluginActivations,
  pluginSettings,
  pluginDocuments,
  pluginDocumentIndex,
  pluginGenerations,
  pluginShapes,
] as const;
