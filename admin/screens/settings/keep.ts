import { changeBlog, type BlogChange } from "../../../core/blogs/blogs.ts";
import { changeSettings } from "../../../core/blogs/site-settings.ts";
import type { Json, Properties } from "../../../core/hooks/values.ts";
import { audit } from "../../../core/people/audit.ts";
import { recountMonths } from "../../../core/posts/recount-months.ts";
import { byOf } from "../../by.ts";
import type { OnBlog } from "../../on-blog.ts";

/** Changes what a blog says about itself, with its line in the log. PublicError 422 as `changeBlog`. */
export async function keepBlog(place: OnBlog, change: BlogChange): Promise<void> {
  const { scope, blog } = place;
  await scope.storage.write(async (db) => {
    await changeBlog(db, blog.id, change, scope.clock.now());
    // Archives go by the blog's own months.
    if (change.timeZone !== undefined && change.timeZone !== blog.timeZone) await recountMonths(db, blog.id, change.timeZone);
    await scope.touch(db, blog.id);
    const detail = { changed: Object.keys(change).join(", ") };
    await audit(db, { action: "blog.changed", subject: blog.host, detail, ...byOf(place) }, scope.clock.now());
  });
}

/** Changes settings of a blog from what is stored now, with a line in the log that names the part. */
export async function keepSettings(
  place: OnBlog,
  part: string,
  change: (settings: Properties) => Properties,
  detail: Readonly<Record<string, Json>> = {},
): Promise<void> {
  const { scope, blog } = place;
  await scope.storage.write(async (db) => {
    await changeSettings(db, blog.id, change, scope.clock.now());
    await scope.touch(db, blog.id);
    await audit(db, { action: `settings.${part}`, subject: blog.host, detail, ...byOf(place) }, scope.clock.now());
  });
}
