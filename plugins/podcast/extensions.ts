import type { Extension } from "../feeds/feed.ts";
import type { Episode } from "./episode.ts";
import type { Show } from "./show.ts";

/** The namespaces of Apple Podcasts and of Podcasting 2.0. */
export const namespaces = {
  itunes: "http://www.itunes.com/dtds/podcast-1.0.dtd",
  podcast: "https://podcastindex.org/namespace/1.0",
} as const;

/** What both namespaces want to know of the show. */
export function showExtensions(show: Show): Extension[] {
  const { owner, funding } = show;
  return [
    { name: "itunes:author", text: show.author },
    { name: "itunes:type", text: show.type },
    { name: "itunes:explicit", text: String(show.explicit) },
    ...(show.cover ? [{ name: "itunes:image", attributes: { href: show.cover } }] : []),
    ...show.categories.map(({ name, sub }) => ({
      name: "itunes:category",
      attributes: { text: name },
      children: sub ? [{ name: "itunes:category", attributes: { text: sub } }] : [],
    })),
    ...(owner ? [{ name: "itunes:owner", children: [text("itunes:name", owner.name), text("itunes:email", owner.email)] }] : []),
    text("podcast:guid", show.guid),
    text("podcast:medium", show.medium),
    { name: "podcast:locked", text: show.locked ? "yes" : "no", attributes: owner ? { owner: owner.email } : {} },
    ...(funding ? [{ name: "podcast:funding", text: funding.text.slice(0, 128), attributes: { url: funding.url } }] : []),
  ];
}

/** What both namespaces want to know of an episode; `files` are the addresses of what the blog serves for it. */
export function episodeExtensions(episode: Episode, files: EpisodeFiles, language: string): Extension[] {
  const { season, episode: number, audio } = episode;
  return [
    text("itunes:title", files.title),
    text("itunes:episodeType", episode.kind),
    ...(episode.explicit === null ? [] : [text("itunes:explicit", String(episode.explicit))]),
    ...(audio.seconds === undefined ? [] : [text("itunes:duration", String(Math.max(1, Math.round(audio.seconds))))]),
    ...(season === null ? [] : [text("itunes:season", String(season)), text("podcast:season", String(season))]),
    // Apple's numbers begin with one.
    ...(number ? [text("itunes:episode", String(number))] : []),
    ...(number === null ? [] : [text("podcast:episode", String(number))]),
    ...(files.image ? [{ name: "itunes:image", attributes: { href: files.image } }] : []),
    ...(files.chapters
      ? [{ name: "podcast:chapters", attributes: { url: files.chapters, type: "application/json+chapters" } }]
      : []),
    ...(files.transcript && episode.transcript
      ? [{ name: "podcast:transcript", attributes: { url: files.transcript, type: episode.transcript.type, language } }]
      : []),
    ...episode.people.map(({ name, role, url }) => ({
      name: "podcast:person",
      text: name,
      attributes: { role, ...(url && { href: url }) },
    })),
  ];
}

/** What stands at addresses of the blog for an episode; empty where there is nothing. */
export type EpisodeFiles = {
  readonly title: string;
  readonly image: string;
  readonly chapters: string;
  readonly transcript: string;
};

const text = (name: string, value: string): Extension => ({ name, text: value });
