import type { Draft, Post } from "../../../core/hooks/values.ts";
import { readVersion } from "../../../core/posts/autosave/edits.ts";
import { fromLocalInput, toLocalInput } from "../../formats.ts";
import type { OnBlog } from "../../on-blog.ts";
import { toAudio } from "./audio/audio.ts";
import { toPhotos } from "./photos.ts";
import { chosenTargets } from "./targets.ts";
import type { Typed } from "./typed.ts";
import { whenProblem } from "./when.ts";

/** A draft for the publish door, or sentences by field. */
export type Drafted = { readonly draft: Draft } | { readonly errors: Readonly<Record<string, string>> };

/** Makes the draft that a form asks for; `before` is the stored post when one is edited. */
export async function draftOf(place: OnBlog, typed: Typed, status: "draft" | "published", before: Post | null): Promise<Drafted> {
  const errors: Record<string, string> = {};
  const date = dateOf(place, typed, status, before);
  if (typeof date === "object") errors.published = place.t(date.problem);
  const publishedAt = typeof date === "string" ? date : undefined;
  if (typed.inReplyTo !== "" && !/^https?:\/\//i.test(typed.inReplyTo)) errors["in-reply-to"] = place.t("compose.reply-wrong");
  if (Object.keys(errors).length > 0) return { errors };
  const hasReply = typed.inReplyTo !== "" || before?.properties["in-reply-to"] !== undefined;
  return {
    draft: {
      ...(before ? { id: before.id, version: readVersion(typed.version)?.base ?? 0 } : {}),
      ...(before || typed.draftKey === "" ? {} : { key: typed.draftKey }),
      ...(typed.kind === "page" && !before ? { kind: "page" } : {}),
      title: typed.name,
      content: typed.content,
      summary: typed.summary,
      status,
      language: typed.lang,
      categories: typed.category
        .split(",")
        .map((name) => name.trim())
        .filter((name) => name !== ""),
      photos: await toPhotos(place, typed.photos, before?.photos ?? []),
      ...(typed.audio ? { audio: toAudio(typed.audio, before?.audio ?? []) } : {}),
      ...(typed.slug !== "" && typed.slug !== before?.slug ? { slug: typed.slug } : {}),
      ...(publishedAt === undefined ? {} : { publishedAt }),
      ...targetsOf(await chosenTargets(place, typed)),
      properties: {
        ...(hasReply ? { "in-reply-to": typed.inReplyTo === "" ? null : [typed.inReplyTo] } : {}),
        ...(typed.showsEdited && before?.status === "published" ? { edited: true } : {}),
      },
    },
  };
}

const targetsOf = (targets: Draft["targets"]) => (targets ? { targets } : {});

// undefined: nothing is said about the date. A scheduled post that is to come out now, or whose date was emptied, does.
function dateOf(
  { blog, scope }: OnBlog,
  typed: Typed,
  status: string,
  before: Post | null,
): string | undefined | { readonly problem: string } {
  const now = scope.clock.now();
  const stored = toLocalInput(before?.publishedAt ?? null, blog.timeZone);
  // Without script the date may stand there while “Now” is still chosen: a date somebody typed wins, an old one does not.
  const local = typed.when === "now" && typed.published === stored ? "" : typed.published;
  const moment = local === "" ? null : fromLocalInput(local, blog.timeZone);
  if (local !== "" && moment === null) return { problem: "compose.date-wrong" };
  const problem = status === "published" && before?.status !== "published" ? whenProblem(typed, moment, now) : null;
  if (problem) return { problem };
  if (local !== "") return local === stored ? undefined : moment!;
  const isOut = before === null || before.status === "published";
  const isWaiting = before?.publishedAt && (before.publishedAt > now.toISOString() || (typed.when === "now" && !isOut));
  return isWaiting && status === "published" ? now.toISOString() : undefined;
}
