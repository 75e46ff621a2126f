import { PublicError } from "../../../../core/errors.ts";
import { composerOffers } from "../../../../core/host/panels/panels.ts";
import type { Audio, Post } from "../../../../core/hooks/values.ts";
import { isUlid } from "../../../../core/ids.ts";
import { findFiles } from "../../../../core/media/find-files.ts";
import { findMedia } from "../../../../core/media/library.ts";
import { all, one } from "../../../fields.ts";
import type { OnBlog } from "../../../on-blog.ts";
import { sentenceFor, type AdminRequest } from "../../../request.ts";
import { keep } from "../../media/upload.ts";

/** Sound as the form carries it: `value` is a file's id, or the address of sound that came from elsewhere. */
export type TypedAudio = Required<Pick<Audio, "url" | "type" | "bytes" | "title">> & {
  readonly value: string;
  /** What the file is called. */
  readonly name: string;
  /** How long it plays; null where nobody knows. */
  readonly seconds: number | null;
};

/** How many files of sound a post takes in the composer. */
export const audioLimit = 10;
// More than that nobody looks through: the library finds older ones, and they can be brought once more.
const offered = 30;

/** A post's sound for the form: what is in the blog's own library by its id. */
export async function audioOfPost({ scope }: Pick<OnBlog, "scope">, { audio }: Pick<Post, "audio">): Promise<TypedAudio[]> {
  return Promise.all(
    audio.map(async (sound) => {
      const media = await findMedia(scope, { url: sound.url });
      const { url, type, bytes, title = "" } = sound;
      const name = media?.name || decodeURI(url.slice(url.lastIndexOf("/") + 1));
      return { value: media?.id ?? url, url, type, bytes, title, name, seconds: media?.seconds ?? sound.seconds ?? null };
    }),
  );
}

/** The sound that fields name, with its titles by order; null when the form did not ask. What is not this blog's or the post's own is passed by. */
export async function audioNamed(
  { scope }: Pick<OnBlog, "scope">,
  fields: URLSearchParams,
  before: readonly TypedAudio[],
): Promise<readonly TypedAudio[] | null> {
  if (one(fields, "audio-rows") === "") return null;
  const titles = all(fields, "mp-audio-title");
  const found: TypedAudio[] = [];
  for (const [at, value] of all(fields, "audio")
    .filter((value) => value !== "")
    .entries()) {
    const sound = isUlid(value) ? await inLibrary(scope, value) : before.find((known) => known.value === value);
    const isThere = found.some((known) => known.url === sound?.url);
    if (sound && !isThere && found.length < audioLimit) found.push({ ...sound, title: (titles[at] ?? "").trim().slice(0, 500) });
  }
  return found;
}

/** The same with the files that the form brings, which are stored now; a sentence for each that could not be taken. */
export async function audioIn(request: AdminRequest, place: OnBlog, before: readonly TypedAudio[]) {
  const { fields, files } = await request.form();
  const named = await audioNamed(place, fields, before);
  const problems: string[] = [];
  const brought: TypedAudio[] = [];
  for (const { path, name } of files.filter(({ field }) => /^audio(\[\])?$/.test(field))) {
    try {
      if (!place.may("media.upload")) throw new PublicError("media.denied", request.t("compose.no-upload"), 403);
      const file = await keep(request, place, { path, name });
      const sound = file.type.startsWith("audio/") ? await inLibrary(place.scope, file.id) : null;
      if (!sound) problems.push(request.t("compose.no-audio", { name }));
      else if ((named?.length ?? 0) + brought.length >= audioLimit)
        problems.push(request.t("compose.many-audio", { n: audioLimit }));
      else brought.push(sound);
    } catch (error) {
      if (!(error instanceof PublicError)) throw error;
      problems.push(`${name}: ${sentenceFor(request, error)}`);
    }
  }
  return { audio: named && [...named, ...brought], problems };
}

/** Sound of the form as a post keeps it. */
export function toAudio(typed: readonly TypedAudio[], before: readonly Audio[]): Audio[] {
  return typed.map(({ url, type, bytes, seconds, title }) => {
    const { title: _title, ...known } = before.find((sound) => sound.url === url) ?? { url, type, bytes };
    return { ...known, ...(seconds === null ? {} : { seconds }), ...(title === "" ? {} : { title }) };
  });
}

/** What the composer shows of sound: nothing where no plugin asks for it, unless the post has some. */
export async function audioRow(place: OnBlog, typed: readonly TypedAudio[] | null, post: Post | null) {
  const rows = typed ?? (post ? await audioOfPost(place, post) : []);
  const isOffered = composerOffers(place.scope, "audio");
  if (!isOffered && rows.length === 0) return null;
  const mayLook = isOffered && place.may("media.upload");
  const files = mayLook ? await findFiles(place.scope, { kind: "audio", limit: offered }) : [];
  return {
    rows: rows.map(described),
    isOffered,
    library: files.filter(({ url }) => !rows.some((sound) => sound.url === url)).map(described),
  };
}

const described = <S extends { readonly seconds: number | null; readonly type: string }>(sound: S) => ({
  ...sound,
  lasts: clock(sound.seconds),
  isRare: !/^audio\/(mpeg|mp4)$/.test(sound.type),
});

/** A length of sound as clocks show it: `4:05`, `1:02:03`; empty for none. */
export function clock(seconds: number | null): string {
  if (seconds === null) return "";
  const whole = Math.round(seconds);
  const two = (n: number) => String(n).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

async function inLibrary(scope: OnBlog["scope"], id: string): Promise<TypedAudio | null> {
  const media = await findMedia(scope, { id });
  if (!media?.type.startsWith("audio/")) return null;
  const { url, type, bytes, name, seconds } = media;
  return { value: id, url, type, bytes, name, seconds, title: "" };
}
