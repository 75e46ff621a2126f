import { listTargets, previewOf, ruleOf, type ListedTarget } from "../../../core/host/targets/list-targets.ts";
import { spokenIn } from "../../../core/hooks/scope.ts";
import type { Draft, Post } from "../../../core/hooks/values.ts";
import { blankPost } from "../../../core/posts/blank-post.ts";
import { copiesOf, type Copy } from "../../../core/posts/targets/target-rows.ts";
import { ownLength, visibleLength } from "../../islands/visible-length.ts";
import type { OnBlog } from "../../on-blog.ts";
import { toAudio } from "./audio/audio.ts";
import type { Remembered } from "./remembered.ts";
import type { Typed, TypedTargets } from "./typed.ts";

/** A row of “Also send to”. */
export type TargetRow = {
  readonly uid: string;
  readonly name: string;
  readonly isChosen: boolean;
  /** Why it is off, or cannot be used. */
  readonly why: string;
  readonly isBroken: boolean;
  /** Screen where it is set up; empty for none. */
  readonly page: string;
  readonly followsEdits: boolean;
  readonly text: string;
  readonly limits: ListedTarget["limits"];
  /** What became of it, once something has. */
  readonly state: Copy["state"] | null;
};

/** The rows for a composer: what was typed, else what was chosen before, else what the targets' own rules say. */
export async function targetRows(
  place: OnBlog,
  typed: Typed,
  post: Post | null,
  remembered: Remembered,
): Promise<readonly TargetRow[]> {
  const targets = await listTargets(spokenIn(place.scope, place.language));
  if (targets.length === 0) return [];
  const copies = new Map(
    (post ? await copiesOf(place.scope, [post.id]) : []).map((copy) => [`${copy.pluginId}/${copy.target}`, copy]),
  );
  const sketch = sketchOf(place, typed, post);
  return Promise.all(
    targets.map((target) => rowOf(place, target, { typed: typed.targets, copies, sketch, isNew: copies.size === 0, remembered })),
  );
}

async function rowOf(
  { scope, language }: OnBlog,
  target: ListedTarget,
  about: { typed: TypedTargets | null; copies: ReadonlyMap<string, Copy>; sketch: Post; isNew: boolean; remembered: Remembered },
): Promise<TargetRow> {
  const copy = about.copies.get(target.uid);
  const isOut = about.sketch.status === "published";
  // Nobody has chosen yet: the rules of the target do. What is out already goes nowhere by itself.
  const rule = about.typed || !about.isNew || isOut ? null : await ruleOf(spokenIn(scope, language), target, about.sketch);
  // What somebody had remembered is the rule, but for posts that the target takes nothing of, for a reason it gives.
  const usual = about.remembered.get(target.uid);
  const isUsual = rule && (usual === undefined || (!rule.isOn && rule.why) ? rule.isOn : usual);
  const isChosen = about.typed ? about.typed.has(target.uid) : rule ? isUsual === true : copy?.state === "chosen";
  return {
    uid: target.uid,
    name: `${target.service} ${target.account}`,
    isChosen: isChosen && target.reconnect === undefined,
    why: target.reconnect ?? (rule && !rule.isOn ? (rule.why ?? "") : ""),
    isBroken: target.reconnect !== undefined,
    page: target.page && /^\/(?!\/)[^\\]*$/.test(target.page) ? target.page : "",
    followsEdits: target.follows?.edits === true,
    text: about.typed?.get(target.uid) ?? copy?.ownText ?? "",
    limits: target.limits,
    state: copy && copy.state !== "chosen" && copy.state !== "removed" ? copy.state : null,
  };
}

/** What each chosen service would get of a post. */
export async function copyPreviews(place: OnBlog, typed: Typed, post: Post) {
  const scope = spokenIn(place.scope, place.language);
  const targets = await listTargets(scope);
  const wanted = targets.filter(({ uid }) => typed.targets?.has(uid));
  return Promise.all(
    wanted.map(async (target) => {
      const preview = await previewOf(scope, target, post, typed.targets!.get(target.uid) || undefined);
      return { uid: target.uid, name: `${target.service} ${target.account}`, preview };
    }),
  );
}

/** The choices of a form for the publish door; undefined when it did not ask. */
export async function chosenTargets(place: OnBlog, typed: Typed): Promise<Draft["targets"]> {
  if (!typed.targets) return undefined;
  const known = await listTargets(place.scope);
  return known
    .filter(({ uid, reconnect }) => typed.targets!.has(uid) && !reconnect)
    .map(({ uid, service, account }) => {
      const text = typed.targets!.get(uid) ?? "";
      return { target: uid, label: `${service} ${account}`, ...(text.trim() === "" ? {} : { text }) };
    });
}

/** What a row says of a text before any service was asked, as the key of a sentence with its values. */
export function estimate(
  limits: TargetRow["limits"],
  content: { text: string; title: string; photos: number; own?: string },
): { key: string; values: Readonly<Record<string, number>> } {
  const own = content.own?.trim() ?? "";
  if (content.title !== "" && own === "") return { key: "targets.title-link", values: {} };
  if (limits.images !== undefined && content.photos > limits.images)
    return { key: "targets.photos-only", values: { some: limits.images, all: content.photos } };
  if (limits.chars === undefined) return { key: "targets.full", values: {} };
  const left = limits.chars - (own === "" ? visibleLength(content.text).length : ownLength(own, limits.linkLength));
  return left < 0 ? { key: "targets.shortened", values: {} } : { key: "targets.left-number", values: { n: left } };
}

// A post as it stands in the form, for the rules: nothing is rendered or stored.
function sketchOf({ blog, scope }: OnBlog, typed: Typed, post: Post | null): Post {
  const kind =
    typed.kind ||
    (typed.inReplyTo
      ? "reply"
      : typed.audio?.length
        ? "audio"
        : typed.name
          ? "article"
          : typed.photos.length > 0
            ? "photo"
            : "note");
  const authorId = scope.principal.accountId ?? blog.ownerId;
  const blank = { ...blankPost(blog, scope.clock.now().toISOString()), authorId };
  const photos = typed.photos.map(({ url, alt }) => ({ url, alt }));
  const audio = typed.audio ? toAudio(typed.audio, post?.audio ?? []) : (post?.audio ?? []);
  return { ...(post ?? blank), kind: post?.kind ?? kind, title: typed.name, source: typed.content, photos, audio };
}
