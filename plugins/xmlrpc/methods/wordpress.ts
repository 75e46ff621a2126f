import type { Context } from "rookery/plugin";
import { blogFor, callerOf } from "../caller.ts";
import { draftOf } from "../draft.ts";
import { memberText } from "../params.ts";
import { store } from "../store.ts";
import { numbersOf } from "../things.ts";
import { Fault, faults } from "../wire/fault.ts";
import { isStruct, type RpcStruct, type RpcValue } from "../wire/value.ts";
import { blogsOf } from "./blogger.ts";
import type { Methods } from "./method.ts";

// WordPress' names of what MetaWeblog has under others.
const names = {
  title: "post_title",
  description: "post_content",
  mt_excerpt: "post_excerpt",
  wp_slug: "post_name",
  dateCreated: "post_date",
  date_created_gmt: "post_date_gmt",
} as const;

/** What apps that write on WordPress call: the same as MetaWeblog, under WordPress' names. */
export const wordPress: Methods = {
  "wp.getUsersBlogs": async (params, request) => blogsOf(await callerOf(request, params.text(0), params.text(1))),
  "wp.newPost": async (params, request) => {
    const caller = await callerOf(request, params.text(1), params.text(2));
    const context = await blogFor(caller, params.text(0));
    const struct = params.struct(3);
    const type = memberText(struct, "post_type") || "post";
    if (type !== "post" && type !== "page") throw new Fault(faults.params, `There is no post_type “${type.slice(0, 40)}”.`);
    // Without a post_status WordPress keeps a draft.
    const draft = draftOf(context, await asMetaWeblog(context, struct), false);
    return String((await store(context, { ...draft, ...(type === "page" && { kind: "page" }) })).number);
  },
  "wp.getTerms": async (params, request) => {
    const caller = await callerOf(request, params.text(1), params.text(2));
    const context = await blogFor(caller, params.text(0));
    const taxonomy = params.text(3);
    // Nobody has tags here: keywords of posts are kept, and are no terms.
    if (taxonomy === "post_tag") return [];
    if (taxonomy !== "category") throw new Fault(faults.params, `There is no taxonomy “${taxonomy.slice(0, 40)}”.`);
    const categories = await context.posts.categories({ all: true });
    const numbers = await numbersOf(context, categories);
    return categories.map(({ id, name, slug, description }) => {
      const number = numbers.get(id) ?? "";
      return { term_id: number, term_taxonomy_id: number, name, slug, taxonomy, description, parent: "0", term_group: "0" };
    });
  },
};

async function asMetaWeblog(context: Context, struct: RpcStruct): Promise<RpcStruct> {
  const said = Object.entries(names).flatMap(([own, theirs]) => (struct[theirs] === undefined ? [] : [[own, struct[theirs]]]));
  const keywords = listIn(struct.terms_names, "post_tag");
  const categories = await categoriesIn(context, struct);
  return {
    ...(Object.fromEntries(said) as RpcStruct),
    ...(struct.post_status !== undefined && { post_status: struct.post_status }),
    ...(keywords && { mt_keywords: keywords }),
    ...(categories && { categories }),
  };
}

// By name, or by the number that wp.getTerms told.
async function categoriesIn(context: Context, struct: RpcStruct): Promise<RpcValue[] | undefined> {
  const [named, numbered] = [listIn(struct.terms_names, "category"), listIn(struct.terms, "category")];
  if (!numbered) return named && [...named];
  const all = await context.posts.categories({ all: true });
  const numbers = await numbersOf(context, all);
  const wanted = numbered.map(String);
  const found = all.filter(({ id }) => wanted.includes(numbers.get(id) ?? ""));
  if (found.length < new Set(wanted).size) throw new Fault(faults.params, "There is no such category.");
  return [...(named ?? []), ...found.map(({ name }) => name)];
}

function listIn(terms: RpcValue | undefined, taxonomy: string): readonly RpcValue[] | undefined {
  const list = terms !== undefined && isStruct(terms) ? terms[taxonomy] : undefined;
  if (list === undefined || list === null) return undefined;
  if (!Array.isArray(list)) throw new Fault(faults.params, `Terms of “${taxonomy}” must be an array.`);
  return list as readonly RpcValue[];
}
