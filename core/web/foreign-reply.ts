import type { IncomingMessage } from "node:http";
import type { Reply } from "../hooks/values.ts";
import type { ForeignImages } from "../media/foreign/foreign-images.ts";
import type { ForeignPictures } from "../media/foreign/foreign-pictures.ts";
import { mediaHeaders } from "./headers.ts";

/** What answers for pictures of other sites. */
export type ForeignSite = { readonly images: ForeignImages; readonly pictures: ForeignPictures };

// As long as they are kept here: a face that changed is seen by everybody a month later.
const keeping = "public, max-age=2592000, immutable";

/**
 * Answers `/foreign/…` on every host: a picture of another site by an address that we signed. No cookie counts or is set. Whatever is
 * wrong, the answer is the same, so that a page shows the picture's description and nobody learns of anything.
 */
export async function foreignReply({ images, pictures }: ForeignSite, request: IncomingMessage): Promise<Reply> {
  const asked = images.asked(request.url!);
  if (!asked) return missing;
  const here = images.here(asked.url);
  if (here !== null) return { status: 302, redirect: here, headers: { ...mediaHeaders, "cache-control": "no-store" } };
  const picture = await pictures.get(asked);
  if (!picture) return missing;
  const etag = `"${picture.validator}"`;
  const headers = { ...mediaHeaders, "cache-control": keeping, etag };
  const known = (request.headers["if-none-match"] ?? "").split(",").map((one) => one.trim().replace(/^W\//, ""));
  if (known.includes(etag)) return { status: 304, headers };
  return { status: 200, bytes: picture.bytes, headers: { ...headers, "content-type": picture.type } };
}

/** Whether a request asks for such a picture. */
export const asksForeign = ({ url = "", method }: IncomingMessage): boolean =>
  url.startsWith("/foreign/") && (method === "GET" || method === "HEAD");

const missing: Reply = {
  status: 404,
  text: "This picture cannot be shown.",
  headers: { ...mediaHeaders, "cache-control": "no-store" },
};
