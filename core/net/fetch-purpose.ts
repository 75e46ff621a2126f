/** What an answer is for: decides which content types are taken, how large it may be (bytes) and how long it may take (ms). */
export type Purpose = "page" | "feed" | "discovery" | "activitypub" | "json" | "media" | "any";

type PurposeRule = {
  readonly accept: string;
  readonly isExpected: (type: string, parameters: string) => boolean;
  readonly maxBytes: number;
  readonly totalMs: number;
};

const isPage = (type: string) => type === "text/html" || type === "application/xhtml+xml" || type === "application/json";
const isJson = (type: string) => type === "application/json" || type.endsWith("+json");
const isXml = (type: string) => type === "text/xml" || type === "application/xml" || type.endsWith("+xml");
const ACTIVITY_PROFILE = /\bprofile\s*=\s*"?[^"]*https:\/\/www\.w3\.org\/ns\/activitystreams(?=["\s]|$)/;

/** The rules of every purpose, with the limits of security.md F6 and F7. */
export const PURPOSES: Readonly<Record<Purpose, PurposeRule>> = {
  page: {
    accept: "text/html, application/xhtml+xml;q=0.9, application/json;q=0.5",
    isExpected: isPage,
    maxBytes: 1_000_000,
    totalMs: 20_000,
  },
  feed: {
    accept:
      "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8",
    isExpected: (type) => isXml(type) || isJson(type),
    maxBytes: 5_000_000,
    totalMs: 20_000,
  },
  discovery: {
    accept:
      "text/html, application/xhtml+xml, application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, application/json;q=0.8",
    isExpected: (type) => isPage(type) || isXml(type) || isJson(type),
    maxBytes: 5_000_000,
    totalMs: 20_000,
  },
  activitypub: {
    accept: 'application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams"',
    isExpected: (type, parameters) =>
      type === "application/activity+json" || (type === "application/ld+json" && ACTIVITY_PROFILE.test(parameters)),
    maxBytes: 1_000_000,
    totalMs: 20_000,
  },
  json: { accept: "application/json", isExpected: isJson, maxBytes: 1_000_000, totalMs: 20_000 },
  media: { accept: "image/*, audio/*, video/*", isExpected: () => true, maxBytes: 50_000_000, totalMs: 120_000 },
  any: { accept: "*/*", isExpected: () => true, maxBytes: 1_000_000, totalMs: 20_000 },
};

/** Whether a content type header fits the purpose; a missing one never does where a type is expected. */
export function isExpectedType(purpose: Purpose, contentType: string | null): boolean {
  const [type = "", ...parameters] = (contentType ?? "").split(";");
  return PURPOSES[purpose].isExpected(type.trim().toLowerCase(), parameters.join(";"));
}

// png jpeg gif · webp wav (RIFF) · avif mp4 m4a (ftyp at 4) · mp3 · ogg · webm
// oxlint-disable no-control-regex
const MAGIC =
  /^(?:\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8[79]a|RIFF[^]{4}(?:WEBP|WAVE)|[^]{4}ftyp|ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]|OggS|\x1aE\xdf\xa3)/;

/** Whether the first bytes (12 or more) are those of an image, a sound or a film that the media room takes. */
export function looksLikeMedia(head: Uint8Array): boolean {
  return MAGIC.test(Buffer.from(head.subarray(0, 16)).toString("latin1"));
}
