import { contextOf } from "../context.ts";
import { sampleParts } from "../sample/draw-sample.ts";
import { samplePages } from "../sample/sample-pages.ts";
import { isHtml } from "../theme-engine/engine.ts";
import { fieldNames, isRecord } from "../theme-engine/values.ts";
import { bundledThemes, Themes } from "../themes/themes.ts";

/**
 * What a value of a page may be to a template: the fields of an object, the elements of a list. `isOpen`: any field may be
 * there, because owners, plugins or a page we have no sample of decide.
 */
export type Shape = { readonly fields: Map<string, Shape>; element: Shape | null; isOpen: boolean };

/** A shape nothing is known of. */
export const openShape: Shape = { fields: new Map(), element: null, isOpen: true };

// Theirs are not ours to know: settings are checked by their declarations, data comes from plugins, menus have any id.
const open = new Set(["theme.settings", "menus", "page.data", "post.data", "posts.data", "view"]);
const deepest = 6;

type PageShapes = { readonly templates: readonly string[]; readonly shape: Shape };
const merged = new Map<string, Shape>();
let known: readonly PageShapes[] | undefined;

/**
 * The data of every page that a template of this name may draw, laid over each other, read off the very objects that readers'
 * pages get: what is not in them is nowhere.
 */
export function shapeFor(template: string): Shape {
  known ??= shapesOfPages();
  const name = template.replace(/\.njk$/, "");
  const drawn = known.filter(({ templates }) => templates.some((wanted) => isDrawnBy(wanted, name)));
  const pages = drawn.length > 0 ? drawn : known;
  // As many as there are kinds of templates, however many names a theme makes up.
  const key = pages.map((one) => known!.indexOf(one)).join();
  let shape = merged.get(key);
  if (!shape) {
    merged.set(key, (shape = { fields: new Map(), element: null, isOpen: false }));
    for (const one of pages) merge(shape, one.shape);
  }
  return shape;
}

function shapesOfPages(): PageShapes[] {
  const chain = new Themes({ bundled: bundledThemes, installed: "" }).chain("base");
  return samplePages(chain).map((page) => {
    const shape: Shape = { fields: new Map(), element: null, isOpen: false };
    note(shape, { ...contextOf(sampleParts(page, chain)), ...(page.content.view && { view: "" }) }, "", 0);
    return { templates: page.content.templates, shape };
  });
}

// `post-photo` may draw what `post-note` may: the page of a post.
function isDrawnBy(wanted: string, name: string): boolean {
  if (wanted === name) return true;
  const family = /^(post|page|category|author|error)-/.exec(name)?.[1];
  return family !== undefined && (wanted === family || wanted.startsWith(`${family}-`));
}

function note(shape: Shape, value: unknown, path: string, depth: number): void {
  if (open.has(path) || depth > deepest) {
    shape.isOpen = true;
    return;
  }
  if (value instanceof Date || isHtml(value) || value === null || value === undefined) return;
  if (Array.isArray(value)) {
    shape.element ??= { fields: new Map(), element: null, isOpen: false };
    shape.fields.set("length", shape.fields.get("length") ?? { fields: new Map(), element: null, isOpen: false });
    // The samples differ where it matters, and pages have 20 posts of a hundred fields each.
    for (const one of value.slice(0, 20)) note(shape.element, one, path, depth + 1);
    return;
  }
  if (!isRecord(value)) return;
  for (const name of fieldNames(value)) {
    let field = shape.fields.get(name);
    if (!field) shape.fields.set(name, (field = { fields: new Map(), element: null, isOpen: false }));
    note(field, value[name], path === "" ? name : `${path}.${name}`, depth + 1);
  }
}

function merge(into: Shape, from: Shape): void {
  into.isOpen ||= from.isOpen;
  for (const [name, field] of from.fields) {
    let own = into.fields.get(name);
    if (!own) into.fields.set(name, (own = { fields: new Map(), element: null, isOpen: false }));
    merge(own, field);
  }
  if (!from.element) return;
  into.element ??= { fields: new Map(), element: null, isOpen: false };
  merge(into.element, from.element);
}
