import type { Category, Context, Json, Reply } from "rookery/plugin";
import { needScope, type Caller } from "../caller.ts";
import { firstText, textOf, type Values } from "../entry/mf2.ts";
import { invalid } from "../problem.ts";
import { describedCategories } from "../query/lists.ts";
import type { Wish } from "../read/wish.ts";

/** `mp-channel=categories`: categories are made, renamed and removed as Micro.blog's apps do it. Their addresses end in their number. */
export async function changeCategories(context: Context, caller: Caller, wish: Wish): Promise<Reply> {
  const said: Values =
    wish.action === "update" && wish.change ? { ...wish.change.add, ...wish.change.replace } : wish.entry.properties;
  const name = firstText(said.name)?.trim();
  const description = firstText(said.text) ?? firstText(said.content);
  if (wish.action === "create") {
    needScope(caller, "create", "update");
    if (!name) throw invalid("A category needs a name.");
    const made = await context.posts.saveCategory({ name, ...(description !== undefined && { description }) });
    return reply(201, await described(context, made));
  }
  const before = await categoryAt(context, wish);
  if (wish.action === "update") {
    needScope(caller, "update");
    const text = { name: name || before.name, description: description ?? before.description };
    return reply(200, await described(context, await context.posts.saveCategory({ id: before.id, ...text })));
  }
  if (wish.action !== "delete") throw invalid("A category that was removed is gone.");
  needScope(caller, "delete");
  await context.posts.removeCategory(before.id);
  return reply(200, {});
}

async function described(context: Context, category: Category): Promise<Answer> {
  return (await describedCategories(context, [category]))[0] as Answer;
}

type Answer = { readonly [name: string]: Json };

function reply(status: number, json: Answer): Reply {
  const headers = { "cache-control": "no-store", ...(status === 201 && { location: String(json.url) }) };
  return { status, json, headers };
}

async function categoryAt(context: Context, { url, entry, commands }: Wish): Promise<Category> {
  const given =
    textOf(entry.properties.uid?.[0]) ?? textOf(commands.uid?.[0]) ?? /\/categories\/([^/?#]+)\/?$/.exec(url ?? "")?.[1] ?? "";
  const all = await context.posts.categories({ all: true });
  const subject = /^\d{1,10}$/.test(given) ? await context.numbers.subject(Number(given)) : null;
  const found = all.find(({ id }) => id === subject?.id) ?? all.find(({ slug }) => slug === decoded(given));
  if (!found) throw invalid("There is no such category.");
  return found;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
