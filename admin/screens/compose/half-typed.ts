import type { Post } from "../../../core/hooks/values.ts";
import type { Typing } from "../../../core/posts/autosave/autosave.ts";
import type { EditFields } from "../../../core/posts/autosave/edits.ts";
import type { OnBlog } from "../../on-blog.ts";
import { audioNamed, audioOfPost, toAudio } from "./audio/audio.ts";
import { photosNamed, photosOfPost, toPhotos } from "./photos.ts";
import { asForm, isSent } from "./sent-fields.ts";
import { typedIn } from "./typed.ts";

/** What of half-typed fields a draft can hold already: no category that is not written to its end, no date, no address. */
export async function draftIn(place: OnBlog, fields: EditFields, before: Post | null): Promise<Typing["draft"]> {
  const form = asForm(fields);
  const photos = await photosNamed(place, form, before ? await photosOfPost(place, before) : []);
  const audio = await audioNamed(place, form, before ? await audioOfPost(place, before) : []);
  const typed = typedIn(form, { photos, audio });
  const isAddress = /^https?:\/\/\S+$/i.test(typed.inReplyTo) && URL.canParse(typed.inReplyTo);
  return {
    ...(isSent(fields, "name") ? { title: typed.name } : {}),
    ...(isSent(fields, "content") ? { content: typed.content } : {}),
    ...(isSent(fields, "summary") ? { summary: typed.summary } : {}),
    ...(isSent(fields, "lang") ? { language: typed.lang } : {}),
    ...(isSent(fields, "photo") ? { photos: await toPhotos(place, photos, before?.photos ?? []) } : {}),
    ...(audio ? { audio: toAudio(audio, before?.audio ?? []) } : {}),
    ...(isAddress ? { properties: { "in-reply-to": [typed.inReplyTo] } } : {}),
    ...(typed.kind === "page" ? { kind: "page" } : {}),
  };
}
