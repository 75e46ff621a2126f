import { hasBrand, html, type Html } from "../theme-engine/engine.ts";
import type { ImageObject } from "../objects/images.ts";
import { attributes } from "./markup.ts";

/** How a picture is to be shown. */
export type PictureWish = { readonly size: string; readonly sizes: string; readonly class: string; readonly loading: string };

/** A picture with its measures, so that nothing jumps, and its description. A post's own photo carries `u-photo`. */
export function picture(image: unknown, wish: PictureWish): Html {
  if (image === null || image === undefined) return html("");
  if (!hasBrand("Image", image)) throw new Error("picture() takes an image of the page");
  const { width, height, alt, sizes, isOfPost } = image as ImageObject;
  const classes = [isOfPost && "u-photo", wish.class].filter(Boolean).join(" ");
  const srcset = sizes.map((one) => `${one.src} ${one.width}w`).join(", ");
  const loading = wish.loading === "eager" ? "eager" : "lazy";
  const rest = { srcset, sizes: srcset && wish.sizes, width, height, loading, decoding: "async" };
  // A description is printed even when it is empty: without it screen readers would read the file's name.
  return html(
    `<img${attributes({ class: classes, src: imageUrl(image, wish.size) })} alt="${attributes({ v: alt }).slice(4, -1)}"${attributes(rest)}>`,
  );
}

/** The address of a picture in one of its sizes, or of the picture itself. */
export function imageUrl(image: unknown, size?: string): string {
  if (!hasBrand("Image", image)) return "";
  const { src, sizes } = image as ImageObject;
  return sizes.find(({ name }) => name === size)?.src ?? src;
}
