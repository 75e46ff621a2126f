import type { Post } from "../../../core/hooks/values.ts";
import { categoriesOf } from "../../../core/posts/read.ts";
import { mediaLimitsOf } from "../../../core/media/size-limits.ts";
import { signedIn, type AdminRequest } from "../../request.ts";
import type { OnBlog } from "../../on-blog.ts";
import { visibleLength } from "../../islands/visible-length.ts";
import type { differences } from "./differences.ts";
import { audioRow } from "./audio/audio.ts";
import { fixedKind, panelViews } from "./panels/panel-views.ts";
import { pageOf } from "./sent-fields.ts";
import type { StandingText } from "./standing-text.ts";
import { photoLimitOn } from "./photos.ts";
import { rememberedTargets } from "./remembered.ts";
import { estimate, targetRows } from "./targets.ts";
import type { Typed } from "./typed.ts";
import { whenOf } from "./when.ts";

const mostRecorded = 50_000_000;

/** What a composer page shows besides what was typed. */
export type ComposerState = {
  readonly post: Post | null;
  readonly errors?: Readonly<Record<string, string>>;
  /** Both texts, when another device stored one meanwhile; `version` is the other's. */
  readonly conflict?: ReturnType<typeof differences> & { readonly version: string; readonly savedAt: string };
  /** What is pending beside the post, or was. */
  readonly standing?: Omit<StandingText, "typed">;
  /** Photos without a description were about to go out, and the writer wants to be asked. */
  readonly asksAlt?: boolean;
  /** Panels whose plugins failed to take what was typed. */
  readonly failedPanels?: readonly string[];
  /** The entry of a panel's list that gets the focus. */
  readonly focus?: string;
  readonly status?: number;
};

/** The composer: empty, with a post, or with everything that was typed before something was refused. */
export async function composerPage(request: AdminRequest, place: OnBlog, typed: Typed, state: ComposerState) {
  const { post } = state;
  const isPage = typed.kind === "page";
  const title = post ? request.t("compose.edit") : isPage ? request.t("compose.new-page") : request.t("compose.new");
  const content = { text: typed.content, title: typed.name, photos: typed.photos.length };
  const rows = await targetRows(place, typed, post, rememberedTargets(request, place));
  const panels = await panelViews(request, place, typed, {
    post,
    errors: state.errors ?? {},
    ...(state.failedPanels && { failed: state.failedPanels }),
    ...(state.focus !== undefined && { focus: state.focus }),
  });
  const limits = await mediaLimitsOf(request.house.storage);
  const data = {
    typed: { ...typed, photos: typed.photos.map((photo) => ({ ...photo, shown: request.house.images.foreign(photo.url) })) },
    when: await whenOf(place, typed, signedIn(request).timeZone, post?.status === "published"),
    targets: rows.map((row) => {
      const { key, values } = estimate(row.limits, { ...content, own: row.text });
      return { ...row, estimate: request.t(key, values) };
    }),
    panels,
    audio: await audioRow(place, typed.audio, post),
    audioBytes: limits.audio,
    // What is recorded lies in the memory of the browser until it is sent.
    recorderBytes: Math.min(limits.audio, mostRecorded),
    panelsAreOpen: panels.some(({ hasProblem }) => hasProblem),
    fixedKind: fixedKind(typed, post),
    altReminder: request.preference("altReminder") ?? "note",
    mayUpload: place.may("media.upload"),
    photoLimit: await photoLimitOn(place),
    photoBytes: limits.image,
    ...state,
    page: pageOf((await request.form()).fields),
    action: post ? place.at(`/posts/${post.id}/edit`) : "/compose",
    isPage,
    mayPublish: place.may("post.publish", post ?? undefined),
    isPublished: post?.status === "published",
    left: visibleLength(typed.content).left,
    categories: await categoriesOf(place.scope),
    writable: (await request.blogs()).filter(({ role }) => role !== "reader"),
  };
  return request.html("screens/compose/composer", title, data, {
    status: state.status ?? 200,
    blog: place.blog,
    frames: [new URL(place.blog.url).origin],
  });
}
