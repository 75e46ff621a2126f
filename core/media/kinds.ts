/** A kind of file we take: its type, its ending, and what it is to a post. */
export type FileKind = { readonly type: string; readonly ending: string; readonly group: "image" | "audio" | "video" };

/** Largest file of each kind, in bytes. */
export type MediaLimits = { readonly image: number; readonly audio: number; readonly video: number };

/** The most that can be set: pictures are drawn in memory, while sound and film pass through it in pieces. */
export const mediaLimits = { image: 20_000_000, audio: 500_000_000, video: 50_000_000 } as const satisfies MediaLimits;

const kinds: Readonly<Record<string, FileKind>> = {
  png: { type: "image/png", ending: "png", group: "image" },
  jpeg: { type: "image/jpeg", ending: "jpg", group: "image" },
  gif: { type: "image/gif", ending: "gif", group: "image" },
  webp: { type: "image/webp", ending: "webp", group: "image" },
  avif: { type: "image/avif", ending: "avif", group: "image" },
  mp3: { type: "audio/mpeg", ending: "mp3", group: "audio" },
  m4a: { type: "audio/mp4", ending: "m4a", group: "audio" },
  ogg: { type: "audio/ogg", ending: "ogg", group: "audio" },
  wav: { type: "audio/wav", ending: "wav", group: "audio" },
  mp4: { type: "video/mp4", ending: "mp4", group: "video" },
  webm: { type: "video/webm", ending: "webm", group: "video" },
};

/** The kind of a file by its first bytes (32 are enough); the name and the declared type are not asked. Null for all others. */
export function kindOfFile(head: Uint8Array): FileKind | null {
  const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, 32));
  const text = bytes.toString("latin1");
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return kinds.png!;
  if (text.startsWith("\xff\xd8\xff")) return kinds.jpeg!;
  if (/^GIF8[79]a/.test(text)) return kinds.gif!;
  if (text.startsWith("RIFF") && text.slice(8, 12) === "WEBP") return kinds.webp!;
  if (text.startsWith("RIFF") && text.slice(8, 12) === "WAVE") return kinds.wav!;
  if (text.slice(4, 8) === "ftyp") return isoKind(text.slice(8, 12));
  if (text.startsWith("OggS")) return kinds.ogg!;
  if (text.startsWith("\x1a\x45\xdf\xa3")) return kinds.webm!;
  const isMpegFrame = bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe6) === 0xe2; // layer III
  return text.startsWith("ID3") || isMpegFrame ? kinds.mp3! : null;
}

function isoKind(brand: string): FileKind | null {
  if (brand === "avif" || brand === "avis") return kinds.avif!;
  if (/^M4[AB] /.test(brand)) return kinds.m4a!;
  return /^(isom|iso[2-9]|mp4[12]|avc1|M4V |qt {2}|MSNV|dash)/.test(brand) ? kinds.mp4! : null;
}
