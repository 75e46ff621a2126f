import type { Reply } from "rookery/plugin";
import { somebody } from "../posts/people.ts";
import { countOf, textOf } from "../wire/input.ts";
import { html } from "../wire/markup.ts";
import { askTimeline } from "../wire/peers.ts";
import type { Call } from "../wire/route.ts";
import { postAlone } from "./posts.ts";
import { scriptReply } from "./script.ts";

const [usual, most] = [10, 40];

/** `GET /sidebar.js?username=&count=`: a script that writes somebody's newest posts into a page. */
export async function sidebarReply({ context, input }: Call): Promise<Reply> {
  const { source } = await somebody(context, null, textOf(input, "username"));
  const limit = countOf(input, usual, most);
  const { items } = await askTimeline(context, (store) => store.profile(null, source.id, { limit }));
  return scriptReply(html`<div class="microblog_timeline">${items.map(postAlone)}</div>`);
}
