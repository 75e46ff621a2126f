import { PublicError, type Post } from "rookery/plugin";
import { bookmarkedUrl, isBookmark, tagsOf } from "./bookmark-of.ts";
import { markById, marksOnBlog, searchWords, type Mark } from "./marks.ts";
import type { Own } from "./settings.ts";

const [line, farAway] = [500, "0"];

/** Takes over what a stored post says; a copy of a page that is new to it is fetched. Twice is the same as once. */
export async function follow(context: Own, told: Post): Promise<void> {
  // Events may come late and twice: the post as it is now counts.
  const post = await context.posts.byId(told.id);
  const before = await markById(context, told.id);
  if (!post || !isBookmark(post)) return before ? forget(context, before.id) : undefined;
  const url = bookmarkedUrl(post.properties)!;
  const isNew = before?.url !== url;
  const wanted = context.settings.keepCopies ? "waiting" : "none";
  const copy = isNew ? { state: wanted, reason: "" } : before.copy;
  await storeAmongOthers(context, post, { url, copy, title: post.title || (isNew ? "" : before.title) }, before);
  if (isNew && before) await context.tables.run("DELETE FROM p_bookmarks_copies WHERE id = ?", [post.id]);
  const wantsTitle = context.settings.fetchTitles && post.title === "";
  if (isNew && post.status !== "trash" && (wanted === "waiting" || wantsTitle)) await askForCopy(context, post.id);
}

/** Has the page fetched, after so many minutes. */
export async function askForCopy(context: Pick<Own, "enqueue">, id: string, minutes = 0): Promise<void> {
  await context.enqueue("copy", { id }, { key: `copy ${id}`, ...(minutes > 0 && { in: { minutes } }) });
}

/** All that is kept of a bookmark. */
export async function forget({ tables }: Pick<Own, "tables">, id: string): Promise<void> {
  for (const [table, column] of [
    ["highlights", "mark_id"],
    ["copies", "id"],
    ["tags", "mark_id"],
    ["marks", "id"],
  ] as const)
    await tables.run(`DELETE FROM p_bookmarks_${table} WHERE ${column} = ?`, [id]);
}

/** Forgets what somebody saved. Posts they left to a blog are bookmarks of whoever has them now, without highlights and copies of before. */
export async function eraseAccount(context: Own, accountId: string): Promise<void> {
  const { tables } = context;
  for (let after = farAway; ;) {
    const page = await tables.query<{ id: string; blog_id: string }>(
      "SELECT id, blog_id FROM p_bookmarks_marks WHERE account_id = ? AND id > ? ORDER BY id LIMIT 200",
      [accountId, after],
    );
    for (const { id, blog_id: blogId } of page) {
      await forget(context, id);
      await takeOver(context, id, blogId);
    }
    if (page.length < 200) break;
    after = page.at(-1)!.id;
  }
  for (const table of ["highlights", "tags"])
    await tables.run(`DELETE FROM p_bookmarks_${table} WHERE account_id = ?`, [accountId]);
}

async function takeOver(context: Own, id: string, blogId: string): Promise<void> {
  try {
    const there = await context.as({ blog: blogId });
    const post = await there.posts.byId(id);
    if (post) await follow(there, post);
  } catch (error) {
    // A blog that is gone too, or where this is off.
    if (!(error instanceof PublicError)) throw error;
  }
}

/** Forgets bookmarks whose posts were erased while nobody told; the trash keeps them. */
export async function sweep(context: Own): Promise<void> {
  for (let after = farAway; ;) {
    const page = await marksOnBlog(context, after);
    for (const { id } of page) if (!(await context.posts.byId(id))) await forget(context, id);
    if (page.length < 200) return;
    after = page.at(-1)!.id;
  }
}

/** Takes over bookmarks that were there before the plugin was switched on. */
export async function catchUp(context: Own): Promise<void> {
  for (const status of ["published", "scheduled", "draft"] as const)
    for (let after: string | undefined; ;) {
      const page: readonly Post[] = await context.posts.list({ status, kind: "bookmark", limit: 200, ...(after && { after }) });
      for (const post of page) if (!(await markById(context, post.id))) await follow(context, post);
      if (page.length < 200) break;
      after = page.at(-1)!.id;
    }
}

type Told = Pick<Mark, "url" | "title"> & { copy: { state: string; reason: string } };

const attempts = 5;

// Whoever saves and the event that tells of it write the same at once, and so do two devices: then it is written over what the other wrote.
async function storeAmongOthers(context: Own, post: Post, said: Told, known: Mark | null): Promise<void> {
  for (let attempt = 1, before = known; ; attempt++)
    try {
      return await store(context, post, said, before);
    } catch (error) {
      before = await markById(context, post.id);
      if (attempt === attempts || !before) throw error;
    }
}

async function store(context: Own, post: Post, said: Told, before: Mark | null): Promise<void> {
  const { tables, blog } = context;
  const tags = tagsOf(post.properties);
  const title = said.title.slice(0, line).toWellFormed();
  const savedAt = post.publishedAt ?? post.createdAt;
  const values = {
    account_id: post.authorId,
    number: post.number,
    url: said.url,
    title,
    tags: JSON.stringify(tags),
    words: searchWords({ title, url: said.url, tags }),
    status: post.status === "trash" ? "away" : "kept",
    is_public: post.status === "published" && post.visibility === "public" ? 1 : 0,
    copy_state: said.copy.state,
    copy_reason: said.copy.reason,
    saved_at: savedAt,
  };
  const names = Object.keys(values);
  // Whoever lists bookmarks or tags meanwhile finds all of what was or all of what is.
  await tables.write(async () => {
    if (before)
      await tables.run(`UPDATE p_bookmarks_marks SET ${names.map((name) => `${name} = ?`).join(", ")} WHERE id = ?`, [
        ...Object.values(values),
        post.id,
      ]);
    else
      await tables.run(
        `INSERT INTO p_bookmarks_marks (id, blog_id, ${names.join(", ")}) VALUES (?, ?${", ?".repeat(names.length)})`,
        [post.id, blog.id, ...Object.values(values)],
      );
    await tables.run("DELETE FROM p_bookmarks_tags WHERE mark_id = ?", [post.id]);
    // In the trash it is under none of its tags.
    for (const tag of post.status === "trash" ? [] : tags)
      await tables.run("INSERT INTO p_bookmarks_tags (mark_id, tag, blog_id, account_id, saved_at) VALUES (?, ?, ?, ?, ?)", [
        post.id,
        tag,
        blog.id,
        post.authorId,
        savedAt,
      ]);
  });
}
