import { parentPort, workerData } from "node:worker_threads";
import { patch, type Content } from "./incoming.ts";
import { isoSeconds } from "./iso-seconds.ts";
import { webmSound } from "./webm-sound.ts";
import { mp3Seconds } from "./mp3-seconds.ts";
import type { Sound } from "./read-sound.ts";

// A thread of its own: a file that makes the parser run for ever, or eat all memory, takes down this thread and nothing else.
const { content, type } = workerData as { content: Content; type: string };
parentPort!.postMessage(await sound(), []);

async function sound(): Promise<Sound | null> {
  if (type.endsWith("/webm")) return patch(content, webmSound);
  if (type === "audio/mpeg") return { seconds: await patch(content, mp3Seconds), hasSound: true, hasFilm: false };
  const { parseBuffer, parseFile } = await import("music-metadata"); // slow to load, and MP3 does without
  const options = { duration: true, skipCovers: true };
  const { format } =
    "bytes" in content
      ? await parseBuffer(content.bytes, { mimeType: type, size: content.bytes.byteLength }, options)
      : await parseFile(content.path, options);
  const counted = type.endsWith("/mp4") ? await patch(content, isoSeconds) : null;
  return {
    // Sound of no length is none; a film may hide its own.
    seconds: counted ?? format.duration ?? (type.startsWith("audio/") ? 0 : null),
    hasSound: format.hasAudio === true || format.sampleRate !== undefined,
    hasFilm: format.hasVideo === true,
  };
}
