import { createHash } from "node:crypto";
import type { Context, Reply } from "rookery/plugin";
import { episodeOf } from "./episode.ts";
import { isReadable } from "./readable.ts";
import type { settings } from "./settings.ts";

type ShowContext = Context<typeof settings>;

const edge = { least: 1400, most: 3000 } as const;
const largest = 5_000_000;

/** What directories would say against a cover; null when they take it. */
export type CoverProblem = "none" | "type" | "square" | "small" | "large" | "heavy";

/** Looks at a cover as directories do: JPEG or PNG, square, 1400 to 3000 pixels. Stored pictures are RGB, all of them. */
export async function coverProblem(url: string | undefined, { media }: Pick<ShowContext, "media">): Promise<CoverProblem | null> {
  const file = url ? await media.byUrl(url) : null;
  const { width, height } = file ?? {};
  if (!file || !width || !height) return "none";
  if (!["image/jpeg", "image/png"].includes(file.type)) return "type";
  if (Math.min(width, height) < edge.least) return "small";
  if (width !== height) return "square";
  if (width > edge.most) return "large";
  return file.bytes > largest ? "heavy" : null;
}

/** The address of a picture as the feed names it: itself where directories take it, else that of one cut to fit. Empty for none. */
export async function pictureUrl(url: string | undefined, name: string, context: ShowContext): Promise<string> {
  if (!url) return "";
  const problem = await coverProblem(url, context);
  const address = URL.parse(url, context.blog.url);
  const own = address && /^https?:$/.test(address.protocol) ? address.href : "";
  if (problem === null || problem === "none" || !context.settings.fitCover) return own;
  // Players keep what they have under an address for long; another picture has another one.
  const mark = createHash("sha1").update(url).digest("hex").slice(0, 8);
  return `${context.blog.url}podcast/pictures/${name}-${mark}.jpg`;
}

/** Answers a picture cut to a square: the cover's, or that of an episode. */
export async function pictureReply(file: string, context: ShowContext): Promise<Reply> {
  const [, name = ""] = /^([A-Za-z0-9]{1,30})-[0-9a-f]{8}\.jpg$/.exec(file) ?? [];
  const url = name === "cover" ? context.settings.cover : await pictureOfEpisode(name, context);
  const stored = url ? await context.media.byUrl(url) : null;
  if (!url || !stored?.width || !stored.height) return { status: 404, text: "There is no such picture." };
  const size = Math.max(edge.least, Math.min(edge.most, stored.width, stored.height));
  const bytes = await context.media.fitted(url, { width: size, height: size });
  if (!bytes) return { status: 404, text: "There is no such picture." };
  return { bytes, headers: { "content-type": "image/jpeg", "access-control-allow-origin": "*" }, cache: true };
}

async function pictureOfEpisode(id: string, { posts }: ShowContext): Promise<string> {
  const post = /^[0-9A-Z]{26}$/.test(id) ? await posts.byId(id) : null;
  return post && isReadable(post) ? (episodeOf(post)?.image ?? "") : "";
}
