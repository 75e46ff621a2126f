import type { Scope } from "../hooks/scope.ts";
import type { Audio, Json, Photo, Post } from "../hooks/values.ts";
import { publish, type Outcome } from "./publish.ts";
import type { Revision } from "./revisions.ts";

// What a post gathers while it is out, which no older text takes back.
const gathered: ReadonlySet<string> = new Set(["syndication"]);

/** Makes a post what it was, as a new revision; its state, address and copies stay. `version` is the one somebody looked at. */
export async function restoreRevision(scope: Scope, post: Post, revision: Revision, version: number): Promise<Outcome> {
  const gone = Object.keys(post.properties).filter((name) => !(name in revision.properties));
  const old = Object.entries({ ...Object.fromEntries(gone.map((name) => [name, null])), ...revision.properties });
  const properties: Record<string, Json> = Object.fromEntries(old.filter(([name]) => !gathered.has(name)));
  return publish(
    scope,
    {
      id: post.id,
      version,
      title: revision.title,
      content: revision.source,
      format: revision.format,
      photos: (revision.properties.photo ?? []) as unknown as readonly Photo[],
      audio: (revision.properties.audio ?? []) as unknown as readonly Audio[],
      properties,
      ...(revision.details && {
        summary: revision.details.summary,
        language: revision.details.language,
        categories: revision.details.categories,
      }),
    },
    { reason: "restore" },
  );
}
