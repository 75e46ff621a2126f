import { sanitise, xmlText, type FeedItem, type FeedMedia } from "rookery/plugin";

/**
 * What an item says as a post: its words made clean; pictures, sound and films it has beside them; what it answers. One that has no
 * words but an address shows that.
 */
export function copiedWords(item: FeedItem) {
  const html = sanitise(item.html, "reader");
  const isBeside = ({ url }: FeedMedia) => !html.includes(`"${url.replaceAll("&", "&amp;")}"`);
  const photos = item.photos.filter(isBeside).map(({ url, alt }) => ({ url, alt }));
  const audio = item.audio
    .filter((one) => isBeside(one) && one.url.length <= 2_000)
    .map(({ url, type, bytes }) => ({ url, type, bytes: bytes ?? 0 }));
  const video = item.video.filter(isBeside).map(({ url }) => url);
  const isBare = html.trim() === "" && photos.length + audio.length + video.length === 0;
  return {
    title: item.title,
    content: isBare ? sanitise(linkTo(item), "reader") : html,
    format: "html" as const,
    photos: photos.slice(0, 50),
    audio: audio.slice(0, 20),
    ...(isLanguage(item.language) && { language: item.language }),
    properties: {
      video: video.length > 0 ? video.slice(0, 20) : null,
      "in-reply-to": item.inReplyTo ? [item.inReplyTo] : null,
    },
  };
}

/** The address of an item as a link, for one that says nothing else; not clean. */
export const linkTo = ({ url }: Pick<FeedItem, "url">): string =>
  url === "" ? "" : `<p><a href="${xmlText(url)}">${xmlText(url)}</a></p>`;

/** Whether a feed's word for its language can be one. */
export const isLanguage = (tag: string): boolean => tag.length <= 35 && /^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8})*$/.test(tag);
