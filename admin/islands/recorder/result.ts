import { cut, encodeWav, mono, rateFor, wavBytes, type Cut } from "./wav.ts";

/** A recording as it came from the microphone. */
export type Sound = { readonly id: string; readonly file: Blob; readonly seconds: number };

/** What will go up: the recording itself (`rate` is null), or a WAV of that size. */
export type Made =
  { readonly rate: number | null; readonly bytes: number; readonly seconds: number } | { readonly problem: "nothing" | "large" };

// Decoded, a minute of sound takes more than ten megabytes of memory.
const mostSeconds = 30 * 60;

/** Whether a recording can be cut and levelled here: a very long one would take too much memory. */
export const decodable = ({ seconds }: Sound): boolean => seconds <= mostSeconds;

/** What becomes of a recording that is cut so, in so many bytes at most. What nobody changed goes up as it is. */
export function made({ file, seconds }: Sound, { from, to, isLevelled }: Cut, limit: number): Made {
  const isWhole = from < 0.05 && to > seconds - 0.05 && !isLevelled;
  if (isWhole) return file.size > limit ? { problem: "large" } : { rate: null, bytes: file.size, seconds };
  if (to - from < 0.1) return { problem: "nothing" };
  const rate = rateFor(to - from, limit);
  return rate === null ? { problem: "large" } : { rate, bytes: wavBytes(to - from, rate), seconds: to - from };
}

/** The cut recording as a WAV file. Throws what the browser throws at sound it cannot read. */
export async function decode({ file }: Sound, how: Cut, rate: number): Promise<Blob> {
  const heard = await new OfflineAudioContext(1, 1, rate).decodeAudioData(await file.arrayBuffer());
  const channels = Array.from({ length: heard.numberOfChannels }, (_, at) => heard.getChannelData(at));
  return new Blob([encodeWav(cut(mono(channels), rate, how), rate)], { type: "audio/wav" });
}

/** A length as clocks show it: `4:05`, `1:02:03`. */
export function lasts(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (n: number) => String(n).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
