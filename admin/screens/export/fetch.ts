import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { actorOn } from "../../../core/blogs/memberships.ts";
import { blogById } from "../../../core/blogs/blogs.ts";
import { stamp } from "../../../core/clock.ts";
import { PublicError } from "../../../core/errors.ts";
import { isUlid } from "../../../core/ids.ts";
import { consumeLink, peekLink } from "../../../core/people/one-time-links.ts";
import { can } from "../../../core/people/permissions.ts";
import { exportById, type DataExport } from "../../../core/residents/export/exports.ts";
import { exportFolder, exportLink } from "../../../core/residents/export/run-export.ts";
import { requireFresh } from "../../require-fresh.ts";
import { signedIn, type AdminRequest } from "../../request.ts";
import { noteAct } from "../people/audited.ts";

/** Makes a new link to an archive and goes there. */
export async function linkToExport(request: AdminRequest) {
  const { house, scope } = request;
  const one = await ownExport(request);
  const ask = await requireFresh(request);
  if (ask) return ask;
  const link = await house.storage.write((db) => exportLink(db, one, house.site.url, scope.clock.now()));
  return request.redirect(new URL(link).pathname + new URL(link).search);
}

/** Sends an archive: its link works once, for whoever asked for it, signed in. */
export async function fetchExport(request: AdminRequest) {
  const { house, scope, t, query } = request;
  const one = await ownExport(request);
  const path = join(exportFolder(house.settings.dataFolder), one.file);
  const size = await stat(path).then(
    ({ size: bytes }) => bytes,
    () => null,
  );
  if (size === null) throw new PublicError("export.elsewhere", t("export.elsewhere"), 404);
  const token = query.get("token") ?? "";
  const now = scope.clock.now();
  // Looking first (HEAD) uses nothing up.
  const link =
    request.method === "HEAD"
      ? await peekLink(house.storage, "export", token, now)
      : await house.storage.write(async (db) => {
          const found = await consumeLink(db, "export", token, now);
          if (found) await noteAct(request, db, { action: "export.fetched", subject: one.id, blogId: one.blogId });
          return found;
        });
  if (link?.subject !== one.id) throw new PublicError("export.link", t("export.link-over"), 410);
  const headers = {
    "content-type": "application/zip",
    "content-length": String(size),
    "content-disposition": `attachment; filename="rookery-${one.createdAt.slice(0, 10)}.zip"`,
    "cache-control": "no-store",
  };
  return { status: 200, headers, stream: createReadStream(path) };
}

// Of a blog that one no longer manages the archive is not one's own any more.
async function ownExport({ house, params, scope, ...request }: AdminRequest): Promise<DataExport> {
  const id = params.id ?? "";
  const one = isUlid(id) ? await exportById(house.storage, id) : null;
  const isOwn = one?.accountId === signedIn(request).id && one.state === "ready" && one.expiresAt > stamp(scope.clock.now());
  if (!one || !isOwn) throw unknown();
  if (one.blogId !== null) {
    const blog = await blogById(house.storage, one.blogId, house.site);
    if (!blog || !can(await actorOn(house.storage, scope.principal, blog.id), "blog.manage")) throw unknown();
  }
  return one;
}

const unknown = () => new PublicError("request.unknown", "There is no such page, or it is not yours.", 404);
