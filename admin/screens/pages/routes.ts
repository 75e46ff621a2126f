import { changeSettings } from "../../../core/blogs/site-settings.ts";
import { menuEntry, menusOf, withMenu } from "../../../core/blogs/menus.ts";
import type { Blog, Post, Properties } from "../../../core/hooks/values.ts";
import { audit } from "../../../core/people/audit.ts";
import { arrangePages, type PagePlace } from "../../../core/posts/arrange-pages.ts";
import { listByStatus, listPages } from "../../../core/posts/read.ts";
import { byOf } from "../../by.ts";
import { one } from "../../fields.ts";
import { onBlog } from "../../on-blog.ts";
import type { AdminRequest, AdminScreen } from "../../request.ts";
import { themeFacts } from "../../theme-facts.ts";
import { changeAddress, showAddress } from "./address.ts";

/** Pages: their order, what draws them, whether menus show them, and where they stand. */
export const pageScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/b/:blog/pages", access: "member", run: show },
  { method: "POST", path: "/b/:blog/pages", access: "member", run: save },
  { method: "GET", path: "/b/:blog/pages/:id/address", access: "member", run: showAddress },
  { method: "POST", path: "/b/:blog/pages/:id/address", access: "member", run: changeAddress },
];

async function show(request: AdminRequest) {
  const place = await onBlog(request, "blog.edit");
  const isShown = inMenu(place.blog);
  const published = (await listPages(place.scope)).map((page) => ({
    page,
    isInMenu: isShown(page),
    template: String(page.properties.template ?? ""),
  }));
  const drafts = await listByStatus(place.scope, { status: "draft", pages: true, limit: 100 });
  const templates = themeFacts(request, place.blog).templates.map(({ id, label }) => ({ value: id, label }));
  const data = { published, drafts, templates, zone: place.blog.timeZone, at: place.at("/pages") };
  return request.html("screens/pages/list", request.t("pages.title"), data, { blog: place.blog });
}

async function save(request: AdminRequest) {
  const place = await onBlog(request, "blog.edit");
  const { scope, blog } = place;
  const { fields } = await request.form();
  const pages = await listPages(scope);
  const move = one(fields, "move");
  // Every page that is there, also those made since the form was opened: they keep what they have.
  const ids = reordered(
    pages.map(({ id }) => id),
    move,
  );
  const ticked = new Set(fields.getAll("menu"));
  const known = new Set(fields.getAll("page"));
  const isShown = inMenu(blog);
  const offered = new Set(themeFacts(request, blog).templates.map(({ id }) => id));
  const places = ids.map((id): PagePlace => {
    const page = pages.find((one) => one.id === id)!;
    const before = String(page.properties.template ?? "");
    const wanted = fields.get(`template-${id}`);
    const template = wanted !== null && (wanted === "" || offered.has(wanted)) ? wanted : before;
    return { id, template, inMenu: known.has(id) ? ticked.has(id) : isShown(page) };
  });
  await scope.storage.write(async (db) => {
    const changed = await arrangePages(scope, db, places);
    const change = (settings: Properties) => withPagesInMenu(settings, places);
    if (menusOf(blog).main) await changeSettings(db, blog.id, change, scope.clock.now());
    await scope.touch(db, blog.id);
    await audit(db, { action: "pages.arranged", subject: blog.host, detail: { changed }, ...byOf(place) }, scope.clock.now());
  });
  return request.redirect(place.at("/pages"), move === "" ? request.t("pages.saved") : moveText(request, pages, move));
}

// A menu that people made says by itself which pages are in it.
function inMenu(blog: Blog): (page: Post) => boolean {
  const { main } = menusOf(blog);
  if (!main) return (page) => page.visibility === "public" && page.properties.inMenu !== false;
  const ids = new Set(main.flatMap(({ target }) => (target.kind === "page" ? [target.id] : [])));
  return (page) => ids.has(page.id);
}

function withPagesInMenu(settings: Properties, places: readonly PagePlace[]): Properties {
  const main = menusOf({ settings }).main ?? [];
  const out = new Set(places.filter((place) => !place.inMenu).map(({ id }) => id));
  const kept = main.filter(({ target }) => target.kind !== "page" || !out.has(target.id));
  const there = new Set(kept.flatMap(({ target }) => (target.kind === "page" ? [target.id] : [])));
  const added = places.filter((place) => place.inMenu && !there.has(place.id)).map(({ id }) => menuEntry("page", id, ""));
  return withMenu(settings, "main", [...kept, ...added]);
}

function reordered(ids: readonly string[], move: string): readonly string[] {
  const [direction, id] = move.split(" ");
  const at = ids.indexOf(id ?? "");
  const to = direction === "up" ? at - 1 : at + 1;
  if (at === -1 || to < 0 || to >= ids.length || (direction !== "up" && direction !== "down")) return ids;
  return ids.toSpliced(at, 1).toSpliced(to, 0, ids[at]!);
}

function moveText(request: AdminRequest, pages: readonly Post[], move: string): string {
  const page = pages.find(({ id }) => move.endsWith(id));
  return request.t("pages.moved", { title: page?.title || page?.path || "" });
}
