import { sentenceOf } from "../../../core/errors.ts";
import { randomName } from "../../../core/ids.ts";
import { mask } from "../../../core/settings/mask.ts";
import type { AdminRequest } from "../../request.ts";
import { sitePage, siteAt } from "./section.ts";

/** Where pictures and files lie, with a button that tries it. */
export function showStorage(request: AdminRequest, problem?: string) {
  const { mediaUrl, dataFolder } = request.house.settings;
  const where = mediaUrl === null ? dataFolder : mask(mediaUrl);
  return sitePage(
    request,
    "storage",
    { where, isFolder: mediaUrl === null },
    problem === undefined ? undefined : { test: problem },
  );
}

/** Writes a small file, reads it back and removes it. */
export async function tryStorage(request: AdminRequest) {
  const { house, t } = request;
  const name = `test/${randomName()}.txt`;
  const written = Buffer.from(`Written by Rookery to see whether it can: ${name}\n`);
  try {
    await house.media.check();
    await house.media.put(name, written, "text/plain");
    const read = await house.media.read(name);
    const pieces: Buffer[] = [];
    for await (const piece of read ?? []) pieces.push(piece as Buffer);
    await house.media.remove(name);
    if (!Buffer.concat(pieces).equals(written)) return await showStorage(request, t("site.storage-differs"));
  } catch (error) {
    // What a store or a disk says is for the admin, who can put it right.
    house.log.warn(`The test of the media store failed: ${sentenceOf(error)}`);
    return showStorage(request, t("site.storage-failed", { why: sentenceOf(error).slice(0, 300) }));
  }
  return request.redirect(siteAt("storage"), t("site.storage-works"));
}
