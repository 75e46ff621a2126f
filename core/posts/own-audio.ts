import type { Audio, Draft, Json, Post, Refusal } from "../hooks/values.ts";
import { blogOf, type Scope } from "../hooks/scope.ts";
import { findMedia } from "../media/library.ts";

const most = { sounds: 20, address: 2_000, title: 500, bytes: 1e12, seconds: 1e6 } as const;

/**
 * The draft with its sound as it may be kept. What a file of the blog's library is, how large and how long, is known from the file
 * itself, whatever the draft says; what is told of sound elsewhere is taken if it can be true. A refusal for what is no sound.
 */
export async function withOwnAudio(scope: Scope, draft: Draft): Promise<Draft | Refusal> {
  const given = (draft.audio ?? draft.properties?.audio) as Json | undefined;
  if (given === undefined || given === null) return draft;
  const list = Array.isArray(given) ? (given as readonly Json[]) : [given];
  if (list.length > most.sounds)
    return refusal("many-audio", `A post can have ${most.sounds} sounds at most.`, { limit: most.sounds });
  const audio: Audio[] = [];
  for (const one of list) {
    const sound = await soundOf(scope, one);
    if ("refuse" in sound) return sound;
    audio.push(sound);
  }
  const { audio: _moved, ...properties } = draft.properties ?? {};
  return { ...draft, audio, ...(draft.properties && { properties }) };
}

/** Whether a post that readers may know becomes, or stops being, one with sound: then what it is called is looked at again. */
export function changesSound(properties: Post["properties"], before: Post): boolean {
  const isPlain = ["note", "article", "photo", "audio"].includes(before.kind);
  return isPlain && (before.kind === "audio") !== (properties.audio !== undefined);
}

async function soundOf(scope: Scope, given: Json): Promise<Audio | Refusal> {
  const fields = typeof given === "string" ? { url: given } : typeof given === "object" && given !== null ? given : {};
  const said = fields as { readonly [name: string]: Json };
  const url = typeof said.url === "string" ? said.url : said.value;
  const address = typeof url === "string" ? URL.parse(url, blogOf(scope).url) : null;
  if (typeof url !== "string" || url.length > most.address || !address || !/^https?:$/.test(address.protocol))
    return refusal("audio-address", "The address of a sound must begin with http:// or https://.");
  const title = typeof said.title === "string" ? said.title.trim().slice(0, most.title) : "";
  const file = await findMedia(scope, { url: url.split(/[?#]/)[0]! });
  if (file && !/^(audio|video)\//.test(file.type)) return refusal("audio-kind", "This file is no sound.");
  const facts = file ? { type: file.type, bytes: file.bytes, seconds: file.seconds } : toldOf(said, address);
  const { type, bytes, seconds } = facts;
  return { url, type, bytes, ...(seconds !== null && { seconds }), ...(title && { title }) };
}

function toldOf(
  said: { readonly [name: string]: Json },
  { pathname }: URL,
): Pick<Audio, "type" | "bytes"> & { seconds: number | null } {
  const { type, bytes, seconds } = said;
  const isType = typeof type === "string" && /^(audio|video)\/[\w.+-]{1,60}$/.test(type);
  return {
    type: isType ? type : (types[/\.(\w{2,4})$/.exec(pathname)?.[1]?.toLowerCase() ?? ""] ?? "audio/mpeg"),
    bytes: within(bytes, most.bytes) ? Math.round(bytes) : 0,
    seconds: within(seconds, most.seconds) && seconds > 0 ? seconds : null,
  };
}

const within = (value: Json | undefined, limit: number): value is number =>
  typeof value === "number" && value >= 0 && value <= limit;

const types: Readonly<Record<string, string>> = {
  mp3: "audio/mpeg",
  m4a: "audio/mp4",
  mp4: "audio/mp4",
  ogg: "audio/ogg",
  oga: "audio/ogg",
  opus: "audio/ogg",
  wav: "audio/wav",
  webm: "audio/webm",
};

const refusal = (key: string, refuse: string, values?: Refusal["values"]): Refusal => ({
  key: `post.${key}`,
  refuse,
  field: "audio",
  status: 422,
  ...(values && { values }),
});
