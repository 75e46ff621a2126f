/** Which stretch of a recording is kept, in seconds from its beginning, and whether it is made as loud as it can be. */
export type Cut = { readonly from: number; readonly to: number; readonly isLevelled: boolean };

const header = 44;
const rates = [44_100, 32_000, 22_050] as const;
// Speech keeps its breath below the top; very quiet takes are not blown up to their noise.
const [top, mostGain] = [0.89, 8];

/** Bytes of a WAV file of that many seconds, 16 bit, one channel. */
export const wavBytes = (seconds: number, rate: number): number => header + Math.ceil(seconds * rate) * 2;

/** The best sample rate at which a WAV of that many seconds fits into so many bytes; null when none does. */
export function rateFor(seconds: number, limit: number): number | null {
  return rates.find((rate) => wavBytes(seconds, rate) <= limit) ?? null;
}

/** How many whole minutes of WAV fit into so many bytes. */
export const mostMinutes = (limit: number): number => Math.floor((limit - header) / (rates[2] * 2 * 60));

/** One channel of several: their middle. */
export function mono(channels: readonly Float32Array[]): Float32Array {
  const [first] = channels;
  if (!first || channels.length === 1) return first ?? new Float32Array();
  return first.map((_value, at) => channels.reduce((sum, channel) => sum + channel[at]!, 0) / channels.length);
}

/** The kept stretch of sound, levelled when asked for. */
export function cut(samples: Float32Array, rate: number, { from, to, isLevelled }: Cut): Float32Array {
  const kept = samples.slice(Math.round(from * rate), Math.round(to * rate));
  if (!isLevelled) return kept;
  const peak = kept.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const gain = peak === 0 ? 1 : Math.min(top / peak, mostGain);
  return kept.map((value) => value * gain);
}

/** Sound as a WAV file: 16 bit, one channel (RIFF, PCM). */
export function encodeWav(samples: Float32Array, rate: number): ArrayBuffer {
  const out = new DataView(new ArrayBuffer(header + samples.length * 2));
  const word = (at: number, text: string) => [...text].forEach((letter, n) => out.setUint8(at + n, letter.charCodeAt(0)));
  word(0, "RIFF");
  out.setUint32(4, 36 + samples.length * 2, true);
  word(8, "WAVEfmt ");
  out.setUint32(16, 16, true);
  out.setUint16(20, 1, true);
  out.setUint16(22, 1, true);
  out.setUint32(24, rate, true);
  out.setUint32(28, rate * 2, true);
  out.setUint16(32, 2, true);
  out.setUint16(34, 16, true);
  word(36, "data");
  out.setUint32(40, samples.length * 2, true);
  samples.forEach((value, at) => out.setInt16(header + at * 2, Math.round(Math.max(-1, Math.min(1, value)) * 32_767), true));
  return out.buffer as ArrayBuffer;
}
