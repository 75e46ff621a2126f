import type { Context, Draft, Post, Refusal } from "rookery/plugin";
import type { settings } from "./settings.ts";

type PhotosContext = Context<typeof settings>;

/** Why a post with photos cannot be stored; nothing when it can. What was stored before stays as good as it was. */
export async function problemOf(post: Post, context: PhotosContext): Promise<Refusal | undefined> {
  if (post.photos.length === 0 || isImported(post.properties.photos)) return undefined;
  const { perPost, descriptions } = context.settings;
  const lacks = descriptions === "refuse" && post.status !== "draft" ? undescribed(post) : 0;
  if (post.photos.length <= perPost && lacks === 0) return undefined;

  const before = await context.posts.byId(post.id);
  if (post.photos.length > Math.max(perPost, before?.photos.length ?? 0))
    return { refuse: context.t("problem.many", { limit: perPost }), field: "photo", status: 422 };
  // A blog may begin to ask for descriptions; old posts can still be corrected.
  const wasOut = before?.status === "published" || before?.status === "scheduled";
  if (lacks > (before && wasOut ? undescribed(before) : 0))
    return { refuse: context.t("problem.undescribed"), field: "photo", status: 422 };
  return undefined;
}

/** How many photos of a post nobody described, those left out that need no description. */
export function undescribed({ photos }: Pick<Post, "photos">): number {
  return photos.filter(({ alt, decorative }) => !decorative && !(typeof alt === "string" && alt.trim() !== "")).length;
}

/** Old posts come in as they were; how many photos they have was settled elsewhere. */
export function excuse(draft: Draft): Draft | undefined {
  if (!draft.photos?.length) return undefined;
  return { ...draft, properties: { ...draft.properties, photos: { imported: true } } };
}

const isImported = (kept: unknown): boolean =>
  typeof kept === "object" && kept !== null && (kept as { imported?: unknown }).imported === true;
