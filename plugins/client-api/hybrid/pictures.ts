import { readFileSync } from "node:fs";
import type { Reply } from "rookery/plugin";
import type { Own } from "../settings.ts";
import { somebodyIfAny } from "../posts/people.ts";
import { missing } from "../wire/answers.ts";
import type { Call } from "../wire/route.ts";

const picture = { "cache-control": "public, max-age=3600", "cross-origin-resource-policy": "cross-origin" };
/** Somebody in grey: for people without a picture. */
const blankPicture = new Uint8Array(readFileSync(new URL("blank-avatar.png", import.meta.url)));
const widest = 2_000;

/** `/USERNAME/avatar.jpg` and `/USERNAME/favicon.png`: the picture of somebody here; the blank one where they have none. */
export async function avatarReply({ context, params, request }: Call): Promise<Reply> {
  const found = await somebodyIfAny(context, null, params.username ?? "");
  if (!found) throw missing("There is nobody of this name here.");
  const isIcon = request.path.endsWith(".png");
  const [side, type] = isIcon ? [64, "image/png" as const] : [192, "image/jpeg" as const];
  const blog = found.source.avatar === "" ? null : await placeOf(context, found.source.avatar);
  const bytes = blog && (await blog.media.fitted(found.source.avatar, { width: side, height: side, type }));
  return bytes ? { bytes, headers: { ...picture, "content-type": type } } : blank();
}

/** `/images/blank_avatar.png` */
export const blankReply = (): Reply => blank();

/** `/photos/200/URL`, `/photos/400/URL` and `/photos/300x/URLENCODED`: smaller pictures, of those in a library here alone. */
export async function photoReply({ context, params, request }: Call): Promise<Reply> {
  const wanted = (params.rest ?? "").replace(/^(https?):\/+/i, "$1://");
  const [, across = ""] = /^\/photos\/(\d{2,4})(x)?\//.exec(request.path) ?? [];
  const side = Math.min(Number(across), widest);
  const place = /^https?:\/\//i.test(wanted) ? await placeOf(context, wanted) : null;
  const found =
    place && side >= 16 ? await place.media.reduced(wanted, { types: ["image/jpeg", "image/png", "image/webp"], side }) : null;
  if (!found) throw missing("There is no such picture here.");
  return { bytes: found.bytes, headers: { ...picture, "content-type": found.type } };
}

// Only a library here is looked into; nothing is fetched for anybody.
async function placeOf(context: Own, url: string): Promise<Own | null> {
  const blog = await context.blogAt(url);
  return blog && context.as({ blog }).catch(() => null);
}

function blank(): Reply {
  return { bytes: blankPicture, headers: { ...picture, "content-type": "image/png" } };
}
