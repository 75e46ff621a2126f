import type { Item } from "../../timeline/api.ts";
import type { Own } from "../settings.ts";
import type { Caller } from "../wire/caller.ts";
import type { Part } from "../wire/paging.ts";
import { askTimeline } from "../wire/peers.ts";
import type { Somebody } from "./people.ts";

type Wish = Part & { readonly category: string; readonly search: string };

/** Posts of somebody's own blog here that are in a category, or have words; of nobody else. Only what everybody may see. */
export async function filtered(
  context: Own,
  caller: Caller | null,
  { source, account }: Somebody,
  { category, search, limit, before, since = 0 }: Wish,
): Promise<readonly Item[]> {
  const blog = account ? await context.accounts.homeOf(account.username) : await context.blogAt(source.url);
  if (!blog || limit === 0) return [];
  const { posts } = await context.as({ blog });
  const last = before === undefined ? null : await context.numbers.subject(before);
  if (before !== undefined && last?.blogId !== blog.id) return [];
  const slug =
    category &&
    (await posts.categories()).find(({ name, slug }) => [name.toLowerCase(), slug].includes(category.toLowerCase()))?.slug;
  if (category && !slug) return [];
  const found = await posts.list({
    limit: Math.min(limit, 100),
    ...(slug && { category: slug }),
    ...(search && { search, status: "published" as const }),
    ...(last && { after: last.id }),
  });
  const open = found.filter(({ visibility, isListed, status }) => visibility === "public" && isListed && status === "published");
  const newer = open.filter(({ number }) => number > since);
  const mine = account ? newer.filter(({ authorId }) => authorId === account.id) : newer;
  const reader = caller?.account.id ?? null;
  const items = await askTimeline(context, (store) => Promise.all(mine.map(({ number }) => store.item(reader, number))));
  return items.filter((item) => item !== null);
}
