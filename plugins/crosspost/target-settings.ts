import type { Context } from "rookery/plugin";
import { placeholders } from "./compose/template.ts";

/** What the owner of a blog chose for one target. */
export type TargetSettings = {
  readonly isOn: boolean;
  /** Which kinds of post go there; null for all. */
  readonly kinds: readonly string[] | null;
  /** Slugs of categories, of which a post must have one; null for any. */
  readonly categories: readonly string[] | null;
  readonly template: string;
  readonly hasHashtags: boolean;
  /** Copies change with their post, where the service can. */
  readonly edits: boolean;
  /** Copies go with their post. */
  readonly deletes: boolean;
};

/** Kinds that copies can be chosen by; a reply never goes anywhere by itself. */
export const kinds = ["note", "article", "photo", "audio", "video", "bookmark"] as const;

/** What counts until somebody chooses: everything that is public goes there. */
export const unchosen: TargetSettings = {
  isOn: true,
  kinds: null,
  categories: null,
  template: "",
  hasHashtags: false,
  edits: false,
  deletes: false,
};

const [mostTemplate, mostCategories] = [500, 100];

/** What was chosen for a target. */
export async function settingsOf(context: Context, target: string): Promise<TargetSettings> {
  return { ...unchosen, ...(await context.collection<TargetSettings>("targets").get(target)) };
}

/** Keeps what was chosen for a target. */
export async function saveSettings(context: Context, target: string, settings: TargetSettings): Promise<void> {
  await context.collection<TargetSettings>("targets").put(target, settings);
}

/** What a form says; a sentence's key instead of a template that cannot be used. */
export function settingsIn(fields: URLSearchParams): TargetSettings | { readonly problem: "template-long" | "template-name" } {
  const template = (fields.get("template") ?? "").replace(/\r\n?/g, "\n").trim();
  if (template.length > mostTemplate) return { problem: "template-long" };
  const named = [...template.matchAll(/\{([^{}\s]*)\}/g)].map(([, name]) => name!);
  if (named.some((name) => !(placeholders as readonly string[]).includes(name))) return { problem: "template-name" };
  const chosenKinds = kinds.filter((kind) => fields.getAll("kind").includes(kind));
  return {
    isOn: fields.get("on") === "on",
    kinds: chosenKinds.length === kinds.length ? null : chosenKinds,
    categories: fields.get("which") === "some" ? fields.getAll("category").slice(0, mostCategories) : null,
    template,
    hasHashtags: fields.get("hashtags") === "on",
    edits: fields.get("edits") === "on",
    deletes: fields.get("deletes") === "on",
  };
}
