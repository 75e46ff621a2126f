import type { Json } from "rookery/plugin";
import type { Episode } from "./episode.ts";
import type { EpisodeFiles } from "./extensions.ts";
import type { Show } from "./show.ts";

/** The show as the extension `_podcast` of its JSON Feed. */
export function showJson({ title: _title, description: _description, copyright, cover, ...show }: Show): Record<string, Json> {
  const facts = { ...show, ...(copyright && { copyright }), ...(cover && { image: cover }) };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null)) as Record<string, Json>;
}

/** An episode as the extension `_podcast` of its item. */
export function episodeJson(episode: Episode, files: EpisodeFiles): Record<string, Json> {
  const { season, episode: number, kind, explicit, audio, transcript, people } = episode;
  return {
    ...(season !== null && { season }),
    ...(number !== null && { episode: number }),
    episode_type: kind,
    ...(explicit !== null && { explicit }),
    ...(audio.seconds !== undefined && { duration_in_seconds: audio.seconds }),
    ...(files.image && { image: files.image }),
    ...(files.chapters && { chapters_url: files.chapters }),
    ...(files.transcript && transcript && { transcript_url: files.transcript, transcript_type: transcript.type }),
    ...(people.length > 0 && { people: people.map(({ name, role, url }) => ({ name, role, ...(url && { url }) })) }),
  };
}
