import type { Json } from "rookery/plugin";
import type { Item } from "../../timeline/api.ts";
import type { Own } from "../settings.ts";
import type { Caller } from "../wire/caller.ts";
import { postItem } from "../wire/item.ts";
import { copiesOf } from "./copies.ts";
import { webAddress } from "../wire/typed.ts";
import { readerFacts } from "./reader.ts";

type More = { readonly [name: string]: Json };
type Wish = {
  /** More for the `_microblog` of each. */
  readonly more?: (item: Item) => More;
  /** Whether they show their first picture besides, as lists of photos do. */
  readonly hasImages?: boolean;
};

/** Items of the timeline as apps read them. */
export async function entriesOf(
  context: Own,
  caller: Caller | null,
  items: readonly Item[],
  { more, hasImages = false }: Wish = {},
) {
  const facts = await readerFacts(context, caller, items);
  const copies = await copiesOf(context, items);
  return items.map((item) => {
    const image = hasImages ? pictureOf(item) : undefined;
    return postItem(
      context.site.url,
      { ...item, ...(image && { image }), copies: copies.get(item.id) ?? [], title: item.isLink ? item.title : "" },
      { ...facts(item), more: { ...(image && { thumbnail_url: image }), ...more?.(item) } },
    );
  });
}

// Its first photo, the first picture in its text, or what stands for its film.
function pictureOf({ photos, html }: Item): string | undefined {
  const [first] = photos;
  if (first) return first.url;
  const [, src = ""] = /<img\b[^>]*? src="([^"]+)"/.exec(html) ?? /<video\b[^>]*? poster="([^"]+)"/.exec(html) ?? [];
  return webAddress(src.replaceAll("&amp;", "&")) || undefined;
}
