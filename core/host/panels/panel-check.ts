import { fieldsProblem } from "../../hooks/field-check.ts";
import type { FieldType } from "../../hooks/fields.ts";
import type { Panel } from "./panel.types.ts";

// A post travels: into exports, to other servers, back into somebody else's composer.
const notInPosts: readonly FieldType[] = ["secret", "oauth"];

/** The first thing wrong with the panels a plugin declares, as a sentence; null when the composer can show them. */
export function panelsProblem(panels: readonly Panel<never>[]): string | null {
  const taken = new Map<string, string>();
  const ids = new Set<string>();
  for (const panel of panels) {
    const { id, title, fields } = panel;
    if (!/^[a-z][a-z0-9-]{0,39}$/.test(id)) return `the panel “${id}” needs a plain name of a–z, 0–9 and hyphen.`;
    if (ids.has(id)) return `there are two panels “${id}”.`;
    ids.add(id);
    if (!title?.trim()) return `the panel “${id}” has no title.`;
    if (Object.keys(fields ?? {}).length === 0) return `the panel “${id}” has no fields.`;
    const problem = fieldsProblem(fields)?.replace(/^setting/, "its field");
    if (problem) return `the panel “${id}”: ${problem}`;
    const sealed = Object.entries(fields).find(([, { type }]) => notInPosts.includes(type));
    if (sealed) return `the panel “${id}” has “${sealed[0]}”, a ${sealed[1].type}: what belongs to a post is never secret.`;
    const tested = Object.entries(fields).find(([, { testAction, restart }]) => testAction || restart);
    if (tested) return `the panel “${id}” has “${tested[0]}” with testAction or restart, which only settings have.`;
    if ((panel.read === undefined) !== (panel.write === undefined))
      return `the panel “${id}” needs both “read” and “write”, or neither.`;
    if (panel.write) continue;
    for (const key of Object.keys(fields)) {
      if (taken.has(key)) return `the panels “${taken.get(key)}” and “${id}” both keep “${key}” with the post.`;
      taken.set(key, id);
    }
  }
  return null;
}
