import type { Draft, Post } from "../../../core/hooks/values.ts";
import { readVersion } from "../../../core/posts/autosave/edits.ts";
import { fromLocalInput, toLocalInput } from "../../formats.ts";
import type { OnBlog } from "../../on-blog.ts";
import { toPhotos } from "./photos.ts";
import type { Typed } from "./typed.ts";

/** A draft for the publish door, or sentences by field. */
export type Drafted = { readonly draft: Draft } | { readonly errors: Readonly<Record<string, string>> };

/** Makes the draft that a form asks for; `before` is the stored post when one is edited. */
export async function draftOf(place: OnBlog, typed: Typed, status: "draft" | "published", before: Post | null): Promise<Drafted> {
  const errors: Record<string, string> = {};
  const publishedAt = dateOf(place, typed, status, before);
  if (publishedAt === null) errors.published = place.t("compose.date-wrong");
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
      ...(typed.slug !== "" && typed.slug !== before?.slug ? { slug: typed.slug } : {}),
      ...(typeof publishedAt === "string" ? { publishedAt } : {}),
      ...(hasReply ? { properties: { "in-reply-to": typed.inReplyTo === "" ? null : [typed.inReplyTo] } } : {}),
    },
  };
}

// undefined: nothing is said about the date. A scheduled post whose date was emptied goes out now.
function dateOf({ blog, scope }: OnBlog, typed: Typed, status: string, before: Post | null): string | null | undefined {
  if (typed.published !== "")
    return typed.published === toLocalInput(before?.publishedAt ?? null, blog.timeZone)
      ? undefined
      : fromLocalInput(typed.published, blog.timeZone);
  const isWaiting = before?.publishedAt && before.publishedAt > scope.clock.now().toISOString();
  return isWaiting && status === "published" ? scope.clock.now().toISOString() : undefined;
}
