import { Worker } from "node:worker_threads";
import { PublicError } from "../errors.ts";
import { sizeOf, type Content } from "./incoming.ts";
import type { FileKind } from "./kinds.ts";

/** What a file of sound or film holds, as measured. `seconds` is null where nothing tells it. */
export type Sound = { readonly seconds: number | null; readonly hasSound: boolean; readonly hasFilm: boolean };

const limits = { milliseconds: 60_000, megabytes: 192 } as const;
/** Nobody hears anything below: a file that claims to be longer than its bytes at this rate lies. */
const fewestBitsPerSecond = 800;
let turn: Promise<unknown> = Promise.resolve();

/**
 * Measures sound or film: one file at a time, in a thread that is ended when it takes too long or too much memory. Null when
 * nothing can be read in it.
 */
export function readSound(content: Content, type: string): Promise<Sound | null> {
  const mine = turn.then(() => inThread(content, type));
  turn = mine.catch(() => undefined);
  return mine.then(async (sound) => sound && { ...sound, seconds: believable(sound.seconds, await sizeOf(content)) });
}

/** What the file really is, and how long: PublicError 415 when it says it is sound and no sound is in it. Pictures have no length. */
export async function heardKind(content: Content, kind: FileKind): Promise<{ kind: FileKind; seconds: number | null }> {
  if (kind.group === "image") return { kind, seconds: null };
  const sound = await readSound(content, kind.type);
  if (kind.group === "video") {
    // A recording from a browser begins like a film, and is none.
    const isSound = sound?.hasSound === true && !sound.hasFilm;
    const ending = kind.ending === "mp4" ? "m4a" : kind.ending;
    return {
      kind: isSound ? { type: kind.type.replace("video/", "audio/"), ending, group: "audio" } : kind,
      seconds: sound?.seconds ?? null,
    };
  }
  if (!sound?.hasSound || sound.seconds === 0)
    throw new PublicError("media.no-sound", "There is no sound in this file that could be played.", 415);
  return { kind, seconds: sound.seconds };
}

function believable(seconds: number | null, bytes: number): number | null {
  if (seconds === null || !Number.isFinite(seconds) || seconds < 0) return null;
  if (seconds > 60 && seconds * fewestBitsPerSecond > bytes * 8) return null;
  return Math.round(seconds * 1000) / 1000;
}

function inThread(content: Content, type: string): Promise<Sound | null> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL("./read-sound.worker.ts", import.meta.url), {
      workerData: { content, type },
      resourceLimits: { maxOldGenerationSizeMb: limits.megabytes },
      stdout: true,
      stderr: true,
    });
    const timer = setTimeout(() => void worker.terminate(), limits.milliseconds);
    // Whatever goes wrong in there, it is the file: broken, hostile, or no sound at all.
    const settle = (sound: Sound | null) => {
      clearTimeout(timer);
      resolve(sound);
      void worker.terminate();
    };
    worker.once("message", settle);
    worker.once("error", () => settle(null));
    worker.once("exit", () => settle(null));
  });
}
