import type { Post } from "../../../core/hooks/values.ts";
import { categoriesOf } from "../../../core/posts/read.ts";
import type { AdminRequest } from "../../request.ts";
import type { OnBlog } from "../../on-blog.ts";
import { visibleLength } from "../../islands/visible-length.ts";
import type { differences } from "./differences.ts";
import { pageOf } from "./sent-fields.ts";
import type { StandingText } from "./standing-text.ts";
import type { Typed } from "./typed.ts";

/** What a composer page shows besides what was typed. */
export type ComposerState = {
  readonly post: Post | null;
  readonly errors?: Readonly<Record<string, string>>;
  /** Both texts, when another device stored one meanwhile; `version` is the other's. */
  readonly conflict?: ReturnType<typeof differences> & { readonly version: string; readonly savedAt: string };
  /** What is pending beside the post, or was. */
  readonly standing?: Omit<StandingText, "typed">;
  readonly status?: number;
};

/** The composer: empty, with a post, or with everything that was typed before something was refused. */
export async function composerPage(request: AdminRequest, place: OnBlog, typed: Typed, state: ComposerState) {
  const { post } = state;
  const isPage = typed.kind === "page";
  const title = post ? request.t("compose.edit") : isPage ? request.t("compose.new-page") : request.t("compose.new");
  const data = {
    typed,
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
  return request.html("screens/compose/composer", title, data, { status: state.status ?? 200, blog: place.blog });
}
