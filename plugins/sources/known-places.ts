/** Where known services keep the feed of an address: YouTube, Mastodon and what speaks as it does, Bluesky. */
export function knownPlaces(address: string): string[] {
  const url = new URL(address);
  return rules.flatMap((rule) => rule(url) ?? []);
}

type Rule = (url: URL) => string | null;

const withEnd = (url: URL, end: string) => `${url.origin}${url.pathname.replace(/\/$/, "")}${end}`;

const mastodon: Rule = (url) => (/^\/@[\w.]+\/?$/.test(url.pathname) && !isYouTube(url) ? withEnd(url, ".rss") : null);

const bluesky: Rule = (url) =>
  url.host === "bsky.app" && /^\/profile\/[^/]+\/?$/.test(url.pathname) ? withEnd(url, "/rss") : null;

const isYouTube = ({ host }: URL) => /(?:^|\.)youtube\.com$/.test(host);

// Pages of @handles name their channel's feed themselves.
const youTube: Rule = (url) => {
  if (!isYouTube(url)) return null;
  const [, channel] = /^\/channel\/([\w-]+)/.exec(url.pathname) ?? [];
  const [, user] = /^\/user\/([\w-]+)/.exec(url.pathname) ?? [];
  const list = /^[\w-]+$/.exec(url.searchParams.get("list") ?? "")?.[0];
  const [name, value] = channel ? ["channel_id", channel] : user ? ["user", user] : ["playlist_id", list];
  return value ? `https://www.youtube.com/feeds/videos.xml?${name}=${value}` : null;
};

const rules: readonly Rule[] = [mastodon, bluesky, youTube];
