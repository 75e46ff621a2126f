import { PublicError } from "../../../core/errors.ts";
import type { Blog } from "../../../core/hooks/values.ts";
import { askForExport, exportsOf } from "../../../core/residents/export/exports.ts";
import { onBlog } from "../../on-blog.ts";
import { requireFresh } from "../../require-fresh.ts";
import { sentenceFor, signedIn, type AdminRequest } from "../../request.ts";
import { keptByPlugins } from "./kept.ts";

/** All archives somebody asked for of what is theirs. */
export function showAccountExports(request: AdminRequest) {
  return page(request, null);
}

/** The archives of one blog that whoever looks asked for. */
export async function showBlogExports(request: AdminRequest) {
  return page(request, (await onBlog(request, "blog.manage")).blog);
}

/** Asks for an archive of all that is one's own. */
export function askForAccount(request: AdminRequest) {
  return ask(request, null);
}

/** Asks for an archive of a blog. */
export async function askForBlog(request: AdminRequest) {
  return ask(request, (await onBlog(request, "blog.manage")).blog);
}

async function ask(request: AdminRequest, blog: Blog | null) {
  const { house, scope, t } = request;
  const question = await requireFresh(request);
  if (question) return question;
  const of = { accountId: signedIn(request).id, blogId: blog?.id ?? null };
  try {
    await house.storage.write((db) => askForExport(scope, db, of));
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    return page(request, blog, { ask: sentenceFor(request, error) });
  }
  return request.redirect(addressOf(blog), t("export.asked"));
}

async function page(request: AdminRequest, blog: Blog | null, errors?: Readonly<Record<string, string>>) {
  const { house, scope, t } = request;
  const all = await exportsOf(house.storage, signedIn(request).id, scope.clock.now());
  const own = all.filter((one) => one.blogId === (blog?.id ?? null));
  const data = {
    exports: own,
    isWaiting: own.some(({ state }) => state === "waiting"),
    action: addressOf(blog),
    kept: await keptByPlugins(request, blog),
    keptTitle: t(blog ? "export.kept-of-blog" : "export.kept"),
    what: blog ? t("export.what-blog") : t("export.what-account"),
    errors,
  };
  const title = t(blog ? "export.blog-title" : "export.title");
  return request.html("screens/export/export", title, data, { blog, status: errors ? 409 : 200 });
}

const addressOf = (blog: Blog | null): string => (blog ? `/b/${blog.host}/export` : "/account/export");
