import type { Context, Json, PictureFacts, SlotSubject, SlotView } from "rookery/plugin";
import { filesOf } from "./pictures.ts";
import type { settings } from "./settings.ts";

type PhotosContext = Context<typeof settings>;

/** What cameras wrote of the photos of a post, on its own page; nothing where the blog does not keep it. */
export async function factsView({ post, page }: SlotSubject, context: PhotosContext): Promise<SlotView | null> {
  if (!context.settings.keepFacts || !post || page.type !== "post" || post.photos.length === 0) return null;
  const files = await filesOf(post.photos, context.media);
  const photos = post.photos.flatMap(({ url }, at) => {
    const facts = files.get(url)?.facts;
    return facts ? [{ number: at + 1, lines: linesOf(facts, context) }] : [];
  });
  if (photos.length === 0) return null;
  const data = { photos: photos as unknown as Json, isOne: post.photos.length === 1 };
  return { template: "facts", data };
}

/** Facts as people who photograph write them: `35 mm`, `f/4`, `1/250 s`, `ISO 200`. */
export function linesOf(facts: PictureFacts, { blog, t }: Pick<PhotosContext, "blog" | "t">): readonly string[] {
  const number = new Intl.NumberFormat(blog.language, { maximumFractionDigits: 1 });
  const { camera, lens, focalLength, aperture, exposure, iso, takenAt } = facts;
  return [
    camera,
    lens,
    focalLength && t("facts.focal-length", { n: number.format(focalLength) }),
    aperture && `f/${number.format(aperture)}`,
    exposure && t("facts.exposure", { n: exposure < 0.3 ? `1/${Math.round(1 / exposure)}` : number.format(exposure) }),
    iso && `ISO ${iso}`,
    takenAt && t("facts.taken", { date: wallTime(takenAt, blog.language) }),
  ].filter((line): line is string => Boolean(line));
}

// As the clock of the camera showed it: where it stood then is nobody's business.
function wallTime(takenAt: string, language: string): string {
  const moment = new Date(`${takenAt.slice(0, 19)}Z`);
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short", timeZone: "UTC" }).format(moment);
}
