import type { Json } from "rookery/plugin";
import { fetchPage, type Fetched } from "./fetch-page.ts";
import { markById, searchWords, type Mark } from "./marks.ts";
import type { Own } from "./settings.ts";
import { askForCopy } from "./sync.ts";

// Minutes until the next try after one that failed for now; after the last one somebody asks again.
const pauses = [5, 60, 720] as const;

/** The job that fetches a bookmark's page: keeps its copy, or says why there is none. */
export async function fetchCopy(data: Json, context: Own): Promise<void> {
  const id = String((data as { id?: Json }).id);
  const mark = await markById(context, id);
  if (!mark || mark.isAway) return;
  const wantsCopy = mark.copy.state !== "none";
  const fetched = await fetchPage(context, mark.url);
  if (wantsCopy && fetched.ok) await keep(context, mark, fetched);
  if (!fetched.ok) await noteFailure(context, mark, fetched, wantsCopy);
  if (fetched.title !== "") await fillTitle(context, mark, fetched.title);
}

async function keep({ tables, clock, blog }: Own, { id, url }: Mark, { copy }: Fetched & { ok: true }): Promise<void> {
  const values = [copy.title, copy.author, copy.site, copy.language, copy.html, clock.now().toISOString()];
  const overwrite = () =>
    tables.run(
      "UPDATE p_bookmarks_copies SET title = ?, author = ?, site = ?, language = ?, html = ?, fetched_at = ? WHERE id = ?",
      [...values, id],
    );
  const isThere = async () => (await tables.query("SELECT id FROM p_bookmarks_copies WHERE id = ?", [id])).length > 0;
  // MariaDB counts rows that changed, so a copy that is there already may count as none.
  if ((await overwrite()) === 0 && !(await isThere()))
    await tables
      .run(
        "INSERT INTO p_bookmarks_copies (title, author, site, language, html, fetched_at, id, blog_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [...values, id, blog.id],
      )
      .catch(async (error: unknown) => {
        // Another fetch of the same was faster.
        if (!(await isThere())) throw error;
        await overwrite();
      });
  // The address may have been changed meanwhile: then its own fetch is on the way.
  await tables.run("UPDATE p_bookmarks_marks SET copy_state = 'kept', copy_reason = '', tries = 0 WHERE id = ? AND url = ?", [
    id,
    url,
  ]);
}

async function noteFailure(
  context: Own,
  mark: Mark,
  { reason, isPassing }: Fetched & { ok: false },
  wantsCopy: boolean,
): Promise<void> {
  const pause = isPassing ? pauses[mark.tries] : undefined;
  // A copy that is there stays the copy; the page may be gone for good.
  const [{ n = 0 } = {}] = await context.tables.query<{ n: number }>("SELECT 1 AS n FROM p_bookmarks_copies WHERE id = ?", [
    mark.id,
  ]);
  const state = !wantsCopy ? "none" : Number(n) === 1 ? "kept" : pause === undefined ? "failed" : "waiting";
  await context.tables.run("UPDATE p_bookmarks_marks SET copy_state = ?, copy_reason = ?, tries = ? WHERE id = ? AND url = ?", [
    state,
    reason,
    pause === undefined ? 0 : mark.tries + 1,
    mark.id,
    mark.url,
  ]);
  if (pause !== undefined) await askForCopy(context, mark.id, pause);
}

async function fillTitle(context: Own, mark: Mark, title: string): Promise<void> {
  if (mark.title === "")
    await context.tables.run("UPDATE p_bookmarks_marks SET title = ?, words = ? WHERE id = ? AND title = ''", [
      title,
      searchWords({ ...mark, title }),
      mark.id,
    ]);
  if (!context.settings.fetchTitles || mark.title !== "") return;
  const post = await context.posts.byId(mark.id);
  if (!post || post.title !== "" || post.status === "trash") return;
  // An edit meanwhile wins; the list has the title all the same.
  await context.posts.publish({ id: post.id, version: post.version, title, updatedAt: post.updatedAt });
}
