import type { Context } from "rookery/plugin";
import { undescribed } from "./check-post.ts";
import { photoPosts } from "./photos-page.ts";
import type { settings } from "./settings.ts";

const looked = 30;

/** A card that names the newest post whose photos nobody described, where the blog wants to be told. */
export async function reminder(context: Context<typeof settings>) {
  if (context.settings.descriptions !== "warn") return [];
  const lacking = (await photoPosts(context, { limit: looked })).filter((post) => undescribed(post) > 0);
  const [newest] = lacking;
  if (!newest) return [];
  const n = lacking.reduce((sum, post) => sum + undescribed(post), 0);
  const href = `/b/${context.blog.host}/posts/${newest.id}/edit`;
  return [{ id: "undescribed", title: context.t("card.title"), text: context.t("card.text", { n }), href }];
}
