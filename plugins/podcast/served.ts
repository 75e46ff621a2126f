import type { Context, Reply } from "rookery/plugin";
import { chaptersDocument } from "./chapters.ts";
import { episodeOf, type Episode } from "./episode.ts";
import { isReadable } from "./readable.ts";

const missing: Reply = { status: 404, text: "There is no such file." };
// Players in browsers ask from other origins; nothing here may ever be run.
const open = { "access-control-allow-origin": "*", "x-content-type-options": "nosniff" } as const;

/** Answers an episode's chapters, `<id>.json`. */
export async function chaptersReply(file: string, context: Context): Promise<Reply> {
  const episode = await episodeAt(file, "json", context);
  if (!episode || episode.chapters.length === 0) return missing;
  const text = JSON.stringify(chaptersDocument(episode.chapters, episode.post.title));
  return { text, headers: { ...open, "content-type": "application/json+chapters" }, cache: true };
}

/** Answers an episode's transcript, `<id>.vtt` or `<id>.txt`. */
export async function transcriptReply(file: string, context: Context): Promise<Reply> {
  const kind = file.endsWith(".vtt") ? "vtt" : "txt";
  const transcript = (await episodeAt(file, kind, context))?.transcript;
  if (transcript?.file !== kind) return missing;
  return { text: transcript.body, headers: { ...open, "content-type": `${transcript.type}; charset=utf-8` }, cache: true };
}

async function episodeAt(file: string, ending: string, { posts }: Context): Promise<Episode | null> {
  const id = file.slice(0, -ending.length - 1);
  if (file !== `${id}.${ending}` || !/^[0-9A-Z]{26}$/.test(id)) return null;
  const post = await posts.byId(id);
  return post && isReadable(post) ? episodeOf(post) : null;
}
