import type { Audio, Context, Json, SlotSubject, SlotView } from "rookery/plugin";
import { durationText, isoDuration } from "./duration.ts";
import { episodeOf, type Episode } from "./episode.ts";
import type { settings } from "./settings.ts";

type ShowContext = Context<typeof settings>;

/** The players of a post with sound, instead of the theme's. */
export function player({ post, page }: SlotSubject, context: ShowContext): SlotView | null {
  const episode = post && episodeOf(post);
  if (!episode) return null;
  const sounds = post.audio.map((audio) => soundOf(audio, post.title, context));
  // A list of posts would fetch the beginning of twenty files.
  const preload = page.type === "post" ? "metadata" : "none";
  return { template: "player", data: { sounds, preload, label: labelOf(episode, context) } };
}

/** Chapters, people and transcript, on the episode's own page. */
export function notes({ post, page }: SlotSubject, { blog, t }: ShowContext): SlotView | null {
  const episode = post && page.type === "post" ? episodeOf(post) : null;
  if (!episode || (episode.chapters.length === 0 && !episode.transcript && episode.people.length === 0)) return null;
  const src = URL.parse(episode.audio.url, blog.url)?.href ?? episode.audio.url;
  const chapters = episode.chapters.map(({ startTime, title, url = "" }) => ({
    title,
    url,
    at: `${src.split("#")[0]}#t=${startTime}`,
    time: durationText(Math.floor(startTime)),
  }));
  const { transcript } = episode;
  // Imported episodes have people of roles we have no word for.
  const people = episode.people.map(({ role, ...person }) => {
    const [key, word] = [`role.${role}`, t(`role.${role}`)];
    return { ...person, role: word === key ? role : word };
  });
  const file = transcript && { text: transcript.text, href: `/podcast/transcripts/${post!.id}.${transcript.file}` };
  return { template: "notes", data: { chapters, people, transcript: file } as unknown as { readonly [key: string]: Json } };
}

function soundOf({ url, bytes, seconds, title }: Audio, postTitle: string, { blog, t }: ShowContext) {
  const megabytes =
    bytes > 0 ? new Intl.NumberFormat(blog.language, { maximumFractionDigits: 1 }).format(Math.max(bytes / 1e6, 0.1)) : "";
  const name = title ?? "";
  return {
    src: URL.parse(url, blog.url)?.href ?? url,
    name,
    label: t("player.label", { title: name || postTitle || blog.title }),
    length: durationText(seconds),
    iso: seconds === undefined ? "" : isoDuration(seconds),
    size: megabytes && t("player.size", { n: megabytes }),
  };
}

function labelOf({ season, episode, kind, explicit }: Episode, { t }: ShowContext): string {
  const place =
    season !== null && episode !== null
      ? t("player.place", { season, episode })
      : episode !== null
        ? t("player.episode", { episode })
        : season !== null
          ? t("player.season", { season })
          : "";
  const words = [place, kind === "full" ? "" : t(`player.${kind}`), explicit ? t("player.explicit") : ""];
  return words.filter((word) => word !== "").join(" · ");
}
