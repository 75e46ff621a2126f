import { xmlAttribute, xmlText, type Reply } from "rookery/plugin";
import type { Item } from "../../timeline/api.ts";
import { entriesOf } from "../posts/items.ts";
import { openToVisitors } from "../posts/people.ts";
import type { Own } from "../settings.ts";
import { answer, missing } from "../wire/answers.ts";
import { feedOf } from "../wire/feed.ts";
import { countOf } from "../wire/input.ts";
import { askTimeline } from "../wire/peers.ts";
import type { Call } from "../wire/route.ts";

type Network = { readonly title: string; readonly path: string; readonly home: string; readonly items: readonly Item[] };
const open = { "cache-control": "public, max-age=300", "access-control-allow-origin": "*" };

/** `/feeds/USERNAME.json` and `.xml`: what somebody of this installation says in public. What they read is nobody else's business. */
export async function networkFeed({ context, params, input }: Call): Promise<Reply> {
  const [, name = "", format = ""] = /^([A-Za-z0-9-]{1,40})\.(json|xml)$/.exec(params.file ?? "") ?? [];
  const account = name === "" ? null : await context.accounts.byUsername(name);
  if (!account) throw missing("There is no such feed.");
  await openToVisitors(context);
  const limit = countOf(input);
  const page = await askTimeline(context, (store) => store.profile(null, account.id, { limit }));
  const title = account.name || account.username;
  const path = `/feeds/${account.username}.${format}`;
  return written(context, { title, path, home: `/people/${account.username}`, items: page.items }, format);
}

/** `/feeds/photos.json`: the newest public photos of this installation. */
export async function photosFeed({ context, input }: Call): Promise<Reply> {
  await openToVisitors(context);
  const page = await askTimeline(context, (store) => store.localPosts({ hasPhoto: true, limit: countOf(input) }));
  return written(context, { title: "Photos", path: "/feeds/photos.json", home: "/discover", items: page.items }, "json");
}

async function written(context: Own, network: Network, format: string): Promise<Reply> {
  const { url } = context.site;
  if (format === "xml")
    return { text: rssOf(url, network), headers: { ...open, "content-type": "application/rss+xml; charset=utf-8" } };
  const items = await entriesOf(context, null, network.items, { hasImages: true });
  return { ...answer(feedOf(url, { ...network, items })), headers: { ...open, "content-type": "application/feed+json" } };
}

function rssOf(siteUrl: string, { title, path, home, items }: Network): string {
  const at = (to: string) => new URL(to, siteUrl).href;
  const entries = items.map(
    (item) => `<item>${item.title ? `<title>${xmlText(item.title)}</title>` : ""}<link>${xmlText(item.url)}</link>
<guid isPermaLink="true">${xmlText(item.url)}</guid><pubDate>${new Date(item.at).toUTCString()}</pubDate>
<dc:creator>${xmlText(item.author.name)}</dc:creator><description>${xmlText(item.html)}</description></item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>${xmlText(title)}</title><link>${xmlText(at(home))}</link><description>${xmlText(title)}</description>
<atom:link rel="self" type="application/rss+xml" href=${xmlAttributeOf(at(path))}/>
${entries.join("\n")}
</channel></rss>
`;
}

const xmlAttributeOf = (text: string): string => `"${xmlAttribute(text)}"`;
