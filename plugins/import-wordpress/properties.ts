import type { Json, Properties } from "rookery/plugin";
import { fateOf } from "./statuses.ts";
import type { Survey } from "./survey.ts";
import { valueOf, type WxrItem } from "./wxr.ts";

const descriptions = [
  "_yoast_wpseo_metadesc",
  "rank_math_description",
  "_aioseo_description",
  "_aioseop_description",
  "_seopress_titles_desc",
  "_genesis_description",
];
const most = { fields: 50, length: 2_000 } as const;

/** What a search engine was told about the post; empty when nobody wrote anything. */
export function searchDescription({ meta }: WxrItem): string {
  return descriptions.map((key) => meta.get(key)?.trim() ?? "").find((text) => text !== "") ?? "";
}

/** `aside`, `quote`, `link`…; empty for ordinary posts. */
export function formatOf({ terms }: WxrItem): string {
  const term = terms.find(({ domain }) => domain === "post_format");
  return (term?.slug || term?.name || "").toLowerCase().replace(/^post-format-/, "");
}

/** Names of a taxonomy's terms on a post, each once. */
export function termsOf({ terms }: WxrItem, domain: string): string[] {
  return [...new Set(terms.filter((term) => term.domain === domain).map((term) => term.name || term.slug))].filter(
    (name) => name !== "",
  );
}

/** Everything else worth keeping: tags, a page's place, and under this plugin's id what has no home of its own. */
export function propertiesOf(item: WxrItem, survey: Survey): Properties {
  const of = (name: string) => valueOf(item.fields, name);
  const tags = termsOf(item, "post_tag");
  const order = Number(of("wp:menu_order"));
  const parent = survey.pageLinks.get(of("wp:post_parent"));
  const author = survey.authors.get(of("dc:creator")) ?? of("dc:creator");
  const extra: Record<string, Json> = {
    ...(survey.authors.size > 1 && author && { author }),
    ...(formatOf(item) && { format: formatOf(item) }),
    ...(searchDescription(item) && { description: searchDescription(item) }),
    ...(item.meta.get("_yoast_wpseo_title")?.trim() && { searchTitle: item.meta.get("_yoast_wpseo_title")!.trim() }),
    ...(of("wp:post_password") && fateOf(of("wp:status"), true).keep && { hadPassword: true }),
    ...nonEmpty("terms", otherTerms(item)),
    ...nonEmpty("fields", customFields(item)),
  };
  return {
    ...(tags.length > 0 && { tags }),
    ...(of("wp:is_sticky") === "1" && { sticky: true }),
    ...(of("wp:post_type") === "page" && Number.isSafeInteger(order) && order !== 0 && { order }),
    ...(of("wp:post_type") === "page" && parent && { parent }),
    ...nonEmpty("import-wordpress", extra),
  };
}

/** Taxonomies that other plugins of the old site brought. */
export function otherTerms(item: WxrItem): Record<string, Json> {
  const known = new Set(["category", "post_tag", "post_format", "nav_menu"]);
  const domains = new Set(item.terms.map(({ domain }) => domain).filter((domain) => !known.has(domain)));
  return Object.fromEntries([...domains].map((domain) => [domain, termsOf(item, domain)]));
}

// Names with an underscore are WordPress's own housekeeping; the rest somebody typed.
function customFields({ meta }: WxrItem): Record<string, Json> {
  const typed = [...meta].filter(
    ([key, value]) => !/^_|^enclosure$/.test(key) && key.length <= 100 && value !== "" && value.length <= most.length,
  );
  return Object.fromEntries(typed.slice(0, most.fields));
}

function nonEmpty(name: string, values: Record<string, Json>): Record<string, Json> {
  return Object.keys(values).length > 0 ? { [name]: values } : {};
}
