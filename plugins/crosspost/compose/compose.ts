import { plainText, type Context, type Post } from "rookery/plugin";
import type { Composed, ComposedImage, ServiceLimits } from "../api.ts";
import { CrosspostError } from "../crosspost-error.ts";
import { composeText, isHidden, warningOf, type TextChoices } from "./compose-text.ts";
import { graphemeEnds } from "./counters.ts";
import { excerptOf } from "./excerpt.ts";
import { contentOf } from "./from-html.ts";
import { peopleNamed } from "./mentions.ts";
import { chosenPictures } from "./pictures.ts";

const mostForeign = 20_000_000;

/** The same with the people of this installation looked up whom the post names. */
export async function composeFor(
  context: Context,
  post: Post,
  limits: ServiceLimits,
  choices: Omit<TextChoices, "people"> = {},
): Promise<Composed> {
  const people = await peopleNamed(context, [post.title, post.summary, contentOf(post.html, post.url).rich.text]);
  return compose(context, post, limits, { ...choices, people });
}

/** A post as it goes to one service: within its limits, by the rules of composition. Pictures are fetched when they are asked for. */
export function compose(context: Context, post: Post, limits: ServiceLimits, choices: TextChoices = {}): Composed {
  const { text, facets, hashtags, isTruncated, isLinked } = composeText(post, limits, choices);
  const isKept = isHidden(post, limits);
  const shown = isKept ? [] : chosenPictures(post, contentOf(post.html, post.url));
  const pictures = shown.map((photo) => pictureOf(context, photo, limits));
  const images = pictures.slice(0, limits.images);
  const image = pictures[0];
  const hasCard = limits.card === true && images.length === 0 && isLinked;
  const title = isKept ? warningOf(post) : post.title || context.blog.title;
  const description = isKept ? "" : excerptOf(post);
  return {
    text,
    facets,
    ...(hashtags.length > 0 && { hashtags }),
    isTruncated,
    images,
    ...(hasCard && { card: { url: post.url, title, description, ...(image && { image }) } }),
    url: post.url,
    language: post.language || context.blog.language,
    publishedAt: post.publishedAt ?? post.createdAt,
    warning: warningOf(post),
  };
}

/** The pictures of a post that its service has no room for. */
export function leftOut(post: Post, limits: ServiceLimits): number {
  if (isHidden(post, limits)) return 0;
  return Math.max(0, chosenPictures(post, contentOf(post.html, post.url)).length - limits.images);
}

function pictureOf(context: Context, photo: Post["photos"][number], limits: ServiceLimits): ComposedImage {
  const { url, alt, width, height } = photo;
  const said = plainText(alt.replaceAll("&", "&amp;").replaceAll("<", "&lt;"));
  return {
    url,
    alt: shortened(said, limits.alt),
    ...(width && height && { width, height }),
    bytes: async () => {
      const fit = {
        ...(limits.imageTypes && { types: limits.imageTypes }),
        ...(limits.imageBytes !== undefined && { bytes: limits.imageBytes }),
        ...(limits.imageSide !== undefined && { side: limits.imageSide }),
      };
      const own = await context.media.reduced(url, fit);
      const made = own ?? (await context.media.reduced(await fetched(context, url), fit));
      if (!made) throw new CrosspostError("permanent", context.t("error.picture", { url }));
      return made;
    },
  };
}

// A picture that stands elsewhere: shown in the post, not kept in the library.
async function fetched(context: Context, url: string): Promise<Uint8Array> {
  try {
    const answer = await context.fetch(url, { maxBytes: mostForeign, timeout: 15_000 });
    if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
  } catch (error) {
    throw new CrosspostError(
      "transient",
      `${context.t("error.picture", { url })} ${error instanceof Error ? error.message : ""}`,
    );
  }
  throw new CrosspostError("permanent", context.t("error.picture", { url }));
}

function shortened(alt: string, most = Infinity): string {
  if (Array.from(alt).length <= most) return alt;
  const end = graphemeEnds(alt).findLast((one) => Array.from(alt.slice(0, one)).length < most) ?? 0;
  return `${alt.slice(0, end)}…`;
}
