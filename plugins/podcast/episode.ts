import type { Audio, Context, Json, Media, Post } from "rookery/plugin";
import { chaptersOf, type Chapter } from "./chapters.ts";
import { transcriptOf, type Transcript } from "./transcript.ts";

export type Person = { readonly name: string; readonly role: string; readonly url: string };

/** A post as an episode: its sound as it lies in the library now, and what its author said about it. */
export type Episode = {
  readonly post: Post;
  readonly audio: Audio;
  readonly season: number | null;
  readonly episode: number | null;
  readonly kind: "full" | "trailer" | "bonus";
  /** Null: as the show says. */
  readonly explicit: boolean | null;
  readonly image: string;
  readonly chapters: readonly Chapter[];
  readonly transcript: Transcript | null;
  readonly people: readonly Person[];
};

/** A post as an episode; null for a post without sound. Whatever was kept with it that makes no sense is passed by. */
export function episodeOf(post: Post): Episode | null {
  const audio = post.audio[0];
  if (!audio || typeof audio.url !== "string") return null;
  const kept = post.properties.podcast;
  const said = (typeof kept === "object" && kept !== null && !Array.isArray(kept) ? kept : {}) as {
    readonly [key: string]: Json;
  };
  const chapters = typeof said.chapters === "string" ? chaptersOf(said.chapters) : [];
  const kinds = ["full", "trailer", "bonus"] as const;
  return {
    post,
    audio,
    season: whole(said.season, 1),
    episode: whole(said.episode, 0),
    kind: kinds.find((kind) => kind === said.kind) ?? "full",
    explicit: said.explicit === "yes" ? true : said.explicit === "no" ? false : null,
    image: typeof said.image === "string" ? said.image : "",
    chapters: "key" in chapters ? [] : chapters,
    transcript: transcriptOf(said.transcript),
    people: (Array.isArray(said.people) ? (said.people as readonly Json[]) : []).flatMap(personOf).slice(0, 20),
  };
}

/** An episode whose sound is asked for in the library: a file that was replaced is as long as it is now. */
export async function withFile(episode: Episode, { blog, media }: Pick<Context, "blog" | "media">): Promise<Episode> {
  const { audio } = episode;
  const url = URL.parse(audio.url, blog.url)?.href ?? audio.url;
  const file: Media | null = url.startsWith(blog.url) ? await media.byUrl(url) : null;
  const { seconds: _told, ...rest } = audio;
  const now = file ? { type: file.type, bytes: file.bytes, ...(file.seconds !== null && { seconds: file.seconds }) } : audio;
  return { ...episode, audio: { ...rest, ...now, url } };
}

function whole(value: Json | undefined, least: number): number | null {
  return typeof value === "number" && Number.isInteger(value) && value >= least && value < 1e6 ? value : null;
}

function personOf(value: Json): Person[] {
  const { name, role, url } = (typeof value === "object" && value !== null ? value : {}) as { readonly [key: string]: Json };
  if (typeof name !== "string" || name.trim() === "") return [];
  const address = typeof url === "string" && /^https?:/.test(url) ? url : "";
  return [
    {
      name: name.trim().slice(0, 128).toWellFormed(),
      role: typeof role === "string" && role.trim() !== "" ? role.trim().slice(0, 60).toWellFormed() : "host",
      url: address,
    },
  ];
}
