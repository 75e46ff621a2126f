import { placeOn, type Own } from "../own.ts";
import { urlOf, type ReplyRow } from "../rows/reply-row.ts";
import { timeline } from "../timeline.ts";
import { untellPeople } from "./tell.ts";
import { tellOutside } from "./outside.ts";

/** Takes a reply away from wherever it went. Run again it changes nothing. */
export async function withdraw(context: Own, row: ReplyRow): Promise<Record<string, never>> {
  if (row.targetBlog !== "") await (await placeOn(context, row.targetBlog))?.interactions.removeBySource(urlOf(context, row));
  if (row.copyPost !== "") {
    const there = await placeOn(context, row.copyBlog);
    const copy = (await there?.posts.byId(row.copyPost)) ?? null;
    if (there && copy && copy.status !== "trash") await there.posts.remove(copy.id);
  } else if (row.targetBlog === "") {
    await timeline(context, (store) => store.remove(row.accountId, [row.id]));
    await tellOutside(context, row);
  }
  await untellPeople(context, row);
  return {};
}
