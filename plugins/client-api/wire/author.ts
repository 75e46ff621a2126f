import type { Own } from "../settings.ts";

/** Who said something, as far as it is known. */
export type Person = {
  readonly name: string;
  readonly url: string;
  readonly avatar: string;
  /** `kim`, `kim@host`, or a domain. */
  readonly handle: string;
};

/** An author as apps need them: nothing is null, every address is absolute, and without a picture they get a blank one. */
export function authorOf(siteUrl: string, person: Person, more: { is_following?: boolean; is_you?: boolean } = {}) {
  const username = person.handle || hostOf(person.url) || "unknown";
  return {
    name: person.name || username,
    url: absolute(siteUrl, person.url) ?? "",
    avatar: avatarOf(siteUrl, person.avatar),
    _microblog: { username, ...more },
  };
}

/** The absolute address of a picture of somebody, or of the blank one. */
export const avatarOf = (siteUrl: string, avatar: string): string =>
  absolute(siteUrl, avatar) ?? new URL("/images/blank_avatar.png", siteUrl).href;

/** The same on pages of ours, where browsers ask nobody else for it. */
export const shownFace = ({ images, site }: Own, avatar: string): string => avatarOf(site.url, images.face(avatar));

function absolute(siteUrl: string, url: string): string | null {
  const parsed = url === "" ? null : URL.parse(url, siteUrl);
  return parsed && /^https?:$/.test(parsed.protocol) ? parsed.href : null;
}

const hostOf = (url: string): string => URL.parse(url)?.host ?? "";
