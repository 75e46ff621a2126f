import type { Context } from "rookery/plugin";
import type { settings } from "./settings.ts";

/** The address of the installation's own hub. */
export function ownHub({ site }: Pick<Context, "site">): string {
  return new URL("/websub", site.url).href;
}

/** The hub that the blog's feeds name: the public one its owner chose, else our own. */
export function hubOf(context: Pick<Context<typeof settings>, "site" | "settings">): string {
  return context.settings.hub || ownHub(context);
}

/** How the home page says that it is a topic (WebSub §4). */
export function topicLinks(context: Pick<Context<typeof settings>, "site" | "settings" | "blog">) {
  return [
    { rel: "hub", href: hubOf(context) },
    { rel: "self", href: context.blog.url },
  ];
}
