import { brandObject } from "../theme-engine/engine.ts";
import type { Photo } from "../../hooks/values.ts";

/** A picture as templates see it. */
export type ImageObject = {
  readonly src: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly alt: string;
  readonly decorative: boolean;
  readonly caption: string;
  readonly mime: string;
  readonly sizes: readonly {
    readonly name: string;
    readonly src: string;
    readonly width: number;
    readonly height: number;
    readonly mime: string;
  }[];
  /** Whether it is the post's own photo, which carries u-photo. */
  readonly isOfPost: boolean;
};

/** A picture at an address; null when the address is not one that pages may show. */
export function imageFrom(
  photo: Photo & { readonly caption?: string },
  isOfPost = false,
  known?: Pick<ImageObject, "src" | "mime" | "sizes" | "width" | "height" | "caption" | "decorative">,
): ImageObject | null {
  const src = known?.src ?? pageUrl(photo.url);
  if (src === null) return null;
  const alt = typeof photo.alt === "string" ? photo.alt : "";
  const image: ImageObject = {
    src,
    width: known?.width ?? size(photo.width),
    height: known?.height ?? size(photo.height),
    alt,
    decorative: photo.decorative === true || (alt === "" && known?.decorative === true),
    caption: typeof photo.caption === "string" ? photo.caption : (known?.caption ?? ""),
    mime: known?.mime ?? "",
    sizes: known?.sizes ?? [],
    isOfPost,
  };
  return Object.freeze(brandObject("Image", image));
}

/** An address that may stand in a page: http, https, mailto, or a path of the blog itself; null for everything else. */
export function pageUrl(value: unknown): string | null {
  if (typeof value !== "string" || value.length > 2000) return null;
  const url = value.trim();
  if (url.startsWith("/") && !/^\/[/\\]/.test(url)) return url;
  return /^(https?:\/\/|mailto:)/i.test(url) && URL.canParse(url) ? url : null;
}

const size = (value: unknown) => (typeof value === "number" && Number.isFinite(value) && value > 0 ? Math.round(value) : null);
