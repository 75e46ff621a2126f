import type { Account, Blog } from "../../hooks/values.ts";
import { brandObject } from "../theme-engine/engine.ts";
import type { KnownPicture } from "../picture-sizes.ts";
import { imageFrom, pageUrl, type ImageObject } from "./images.ts";

/** A person as templates see them. */
export type AuthorObject = {
  readonly name: string;
  readonly handle: string;
  readonly url: string;
  readonly photo: ImageObject | null;
  readonly bio: string;
  readonly links: readonly { readonly label: string; readonly url: string }[];
};

/**
 * The author behind an account: the owner's address is the blog itself, that of others the list of what they wrote there.
 * Without an account (or when they have left) the blog speaks for itself.
 */
export function authorFrom(blog: Blog, account: Account | undefined, pictures?: ReadonlyMap<string, KnownPicture>): AuthorObject {
  const links = (account?.links ?? []).flatMap(({ label, url }) => {
    const safe = pageUrl(url);
    return safe === null ? [] : [Object.freeze({ label: label || hostOf(safe), url: safe })];
  });
  const isOwner = account === undefined || account.id === blog.ownerId;
  const author: AuthorObject = {
    name: account?.name || account?.username || blog.title,
    handle: account?.username ?? "",
    url: isOwner ? blog.url : `${blog.url}authors/${encodeURIComponent(account.username)}`,
    photo: account?.photo
      ? imageFrom(
          { url: account.photo, alt: account.photoAlt ?? "" },
          false,
          pictures?.get(URL.parse(account.photo, blog.url)?.href ?? ""),
        )
      : null,
    bio: account?.bio ?? "",
    links: Object.freeze(links),
  };
  return Object.freeze(brandObject("Author", author));
}

/** Somebody from elsewhere, as an interaction tells of them. */
export function strangerFrom(person: { name: string; url: string; photo: string }): AuthorObject {
  const url = pageUrl(person.url) ?? "";
  const photo = person.photo ? imageFrom({ url: person.photo, alt: "" }) : null;
  const author = { name: person.name || hostOf(url), handle: "", url, photo, bio: "", links: [] };
  return Object.freeze(brandObject("Author", author));
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url;
}
