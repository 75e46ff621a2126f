import { hasBrand, html, type Html } from "../theme-engine/engine.ts";
import type { ImageObject } from "../objects/images.ts";
import { variantSizes } from "../../media/make-variants.ts";
import { attributes } from "./markup.ts";

/** How a picture is to be shown; without `loading` it is fetched when it comes near. */
export type PictureWish = { readonly size: string; readonly sizes: string; readonly class: string; readonly loading: string };

/**
 * A picture with its measures, so that nothing jumps, and its description, in every format and size it exists in. A post's own
 * photo carries `u-photo`.
 */
export function picture(image: unknown, wish: PictureWish, named: Sizes = variantSizes): Html {
  if (image === null || image === undefined) return html("");
  if (!hasBrand("Image", image)) throw new Error("picture() takes an image of the page");
  const { width, height, alt, sizes, isOfPost } = image as ImageObject;
  const classes = [isOfPost && "u-photo", wish.class].filter(Boolean).join(" ");
  const plain = sizes.filter(isPlain);
  const loading = wish.loading === "eager" ? "eager" : "lazy";
  const rest = { srcset: srcset(plain), sizes: plain.length > 0 && wish.sizes, width, height, loading, decoding: "async" };
  // A description is printed even when it is empty: without it screen readers would read the file's name.
  const img = `<img${attributes({ class: classes, src: imageUrl(image, wish.size, named) })} alt="${attributes({ v: alt }).slice(4, -1)}"${attributes(rest)}>`;
  const sources = ["image/avif", "image/webp"].flatMap((type) => {
    const own = sizes.filter(({ mime }) => mime === type);
    return own.length === 0 ? [] : [`<source${attributes({ type, srcset: srcset(own), sizes: wish.sizes })}>`];
  });
  return html(sources.length === 0 ? img : `<picture>${sources.join("")}${img}</picture>`);
}

/** The address of a picture in one of its sizes (the largest it has when it is smaller), or of the picture itself. */
export function imageUrl(image: unknown, size = "", named: Sizes = variantSizes): string {
  if (!hasBrand("Image", image)) return "";
  const { src, sizes } = image as ImageObject;
  const plain = sizes.filter(isPlain);
  if (!Object.hasOwn(named, size)) return plain.find(({ name }) => name === size)?.src ?? src;
  return (plain.find(({ width }) => width >= named[size]!) ?? plain.at(-1))?.src ?? src;
}

/** Widths by the names that a theme gives them. */
type Sizes = Readonly<Record<string, number>>;
type Size = ImageObject["sizes"][number];

// What every program can show; the others stand beside it as sources.
const isPlain = ({ mime }: Size): boolean => mime !== "image/avif" && mime !== "image/webp";
const srcset = (sizes: readonly Size[]): string => sizes.map(({ src, width }) => `${src} ${width}w`).join(", ");
