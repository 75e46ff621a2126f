import type { Context, Draft, Post } from "rookery/plugin";
import { flagOf, memberText } from "./params.ts";
import { momentOf } from "./wire/dates.ts";
import { Fault, faults } from "./wire/fault.ts";
import type { RpcStruct } from "./wire/value.ts";

/** What a struct of an editor asks for, besides what `publish` says; `before` is the post it changes. Members left out change nothing. */
export function draftOf(context: Context, struct: RpcStruct, publish: boolean | undefined, before?: Post): Draft {
  const { timeZone } = context.blog;
  const gmt = momentOf(struct.date_created_gmt, "UTC");
  const moment =
    gmt ??
    momentOf(struct.dateCreated, timeZone) ??
    momentOf(struct.date_created, timeZone) ??
    momentOf(struct.pubDate, timeZone);
  const isSame = moment !== undefined && before?.publishedAt?.slice(0, 19) === moment.slice(0, 19);
  const [title, content] = [memberText(struct, "title"), contentOf(struct)];
  const [summary, slug] = [memberText(struct, "mt_excerpt") ?? memberText(struct, "summary"), memberText(struct, "wp_slug")];
  const categories = categoriesOf(struct);
  const properties = propertiesOf(struct);
  return {
    ...(before && { id: before.id }),
    ...(title !== undefined && { title }),
    ...(content !== undefined && { content }),
    ...(summary !== undefined && { summary }),
    ...(slug && { slug }),
    ...(categories && { categories }),
    ...(moment !== undefined && !isSame && { publishedAt: moment }),
    ...(properties && { properties }),
    ...stateOf(struct, publish, before),
  };
}

// The words of WordPress and Micro.blog; without one, the parameter `publish` says it.
function stateOf(struct: RpcStruct, publish: boolean | undefined, before?: Post): Pick<Draft, "status" | "visibility"> {
  const word = memberText(struct, "post_status")?.toLowerCase();
  switch (word) {
    case undefined:
    case "":
      return publish === undefined ? {} : { status: publish ? "published" : "draft" };
    case "draft":
    case "pending":
      return { status: "draft" };
    case "private":
      return { status: "published", visibility: "private" };
    case "publish":
    case "published":
    case "future":
      return { status: "published", ...(before?.visibility === "private" && { visibility: "public" as const }) };
    default:
      throw new Fault(faults.params, `There is no post_status “${word.slice(0, 40)}”.`);
  }
}

function contentOf(struct: RpcStruct): string | undefined {
  const [text, more] = [memberText(struct, "description"), memberText(struct, "mt_text_more")];
  return more ? `${text ?? ""}\n\n${more}` : text;
}

function categoriesOf({ categories }: RpcStruct): readonly string[] | undefined {
  if (categories === undefined || categories === null || categories === "") return undefined;
  const list = Array.isArray(categories) ? categories : [categories];
  if (!list.every((name) => typeof name === "string")) throw new Fault(faults.params, "“categories” must be a list of names.");
  return list.map((name) => name.trim()).filter((name) => name !== "");
}

// Keywords are no categories here; they are kept, so that the editor finds them again.
function propertiesOf(struct: RpcStruct): Draft["properties"] {
  const keywords = struct.mt_keywords;
  const text = Array.isArray(keywords) ? keywords.filter((one) => typeof one === "string").join(", ") : keywords;
  const inMenu = flagOf(struct.is_navigation, () => new Fault(faults.params, "“is_navigation” must be true or false."));
  if (typeof text !== "string" && inMenu === undefined) return undefined;
  return {
    ...(typeof text === "string" && { xmlrpc: text === "" ? null : { keywords: text.slice(0, 2000) } }),
    ...(inMenu !== undefined && { inMenu: inMenu ? null : false }),
  };
}

/** What an editor shows as keywords. */
export function keywordsOf({ properties }: Post): string {
  const kept = properties.xmlrpc as { readonly keywords?: unknown } | undefined;
  return typeof kept?.keywords === "string" ? kept.keywords : "";
}
