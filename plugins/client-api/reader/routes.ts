import type { Route } from "rookery/plugin";
import { answer, done } from "../wire/answers.ts";
import { feedReply } from "../wire/feed.ts";
import { countOf } from "../wire/input.ts";
import { askTimeline } from "../wire/peers.ts";
import { route, type Call } from "../wire/route.ts";
import { idOf } from "../wire/typed.ts";
import { deskOf, entriesJson, itemOf } from "./entries.ts";
import { entriesOfSource, entryWish, listEntries } from "./entry-list.ts";
import { addHighlight, highlightItem, highlightsIn, highlightsOf, mostHighlights, removeHighlight } from "./highlights.ts";
import { listStarred, listUnread, markRead, markUnread, star, unstar } from "./marks.ts";
import { networkFeed, photosFeed } from "./network-feeds.ts";
import { recapMail, recapRoute } from "./recap.ts";
import { listSubscriptions, oneSubscription, refresh, rename, subscribe, unsubscribe } from "./subscribe.ts";
import { subscriptionsOf } from "./subscriptions.ts";

// A feed's first look may take a while.
const slow = { timeout: { seconds: 45 } };

/** Reading with apps made for Feedbin's API (https://github.com/feedbin/feedbin-api): what one follows are the feeds. */
export const readerRoutes: readonly Route[] = [
  route("GET", "/feeds/v2/subscriptions.json", listSubscriptions),
  route("POST", "/feeds/v2/subscriptions.json", subscribe, slow),
  route("POST", "/feeds/v2/subscriptions/:subscription/update.json", refresh),
  route("GET", "/feeds/v2/subscriptions/:file", oneSubscription),
  route("PATCH", "/feeds/v2/subscriptions/:file", rename),
  route("DELETE", "/feeds/v2/subscriptions/:file", unsubscribe),
  route("GET", "/feeds/v2/entries.json", entries, slow),
  route("GET", "/feeds/v2/entries/:file", oneEntry),
  route("GET", "/feeds/v2/feeds/:feed/entries.json", feedEntries),
  // One build of an app leaves out the first part of the path.
  route("GET", "/v2/feeds/:feed/entries.json", feedEntries),
  route("GET", "/feeds/v2/unread_entries.json", listUnread),
  route("POST", "/feeds/v2/unread_entries.json", markUnread),
  route("DELETE", "/feeds/v2/unread_entries.json", markRead),
  route("POST", "/feeds/v2/unread_entries/delete.json", markRead),
  route("GET", "/feeds/v2/starred_entries.json", listStarred),
  route("POST", "/feeds/v2/starred_entries.json", star),
  route("DELETE", "/feeds/v2/starred_entries.json", unstar),
  route("POST", "/feeds/v2/starred_entries/delete.json", unstar),
  route("GET", "/feeds/v2/icons.json", icons),
  route("GET", "/feeds/highlights", allHighlights),
  route("GET", "/feeds/:entry/highlights", entryHighlights),
  route("POST", "/feeds/:entry/highlights", highlight),
  route("DELETE", "/feeds/:entry/highlights/:highlight", unhighlight),
  recapRoute,
  route("GET", "/feeds/recap/email", ({ need }) => (need("any"), recapMail())),
  route("POST", "/feeds/recap/email", ({ need }) => (need("any"), recapMail())),
  // Work for machines of others: there is none to give away.
  route("GET", "/feeds/work/queued", ({ need }) => (need("any"), answer([]))),
  route("POST", "/feeds/work/finished", ({ need }) => (need("any"), done())),
  route("GET", "/blogroll.org.json", () => answer([])),
  route("GET", "/feeds/photos.json", photosFeed),
  route("GET", "/feeds/:file", networkFeed),
];

async function entries({ context, need, input }: Call) {
  const desk = await deskOf(context, need("read").account.id);
  return answer(await entriesJson(context, desk, await listEntries(context, desk, entryWish(input))));
}

async function oneEntry({ context, need, params }: Call) {
  const desk = await deskOf(context, need("read").account.id);
  const item = await itemOf(context, desk.accountId, numberIn(params.file, noEntry));
  return answer((await entriesJson(context, desk, [item]))[0]);
}

async function feedEntries({ context, need, params, input }: Call) {
  const desk = await deskOf(context, need("read").account.id);
  const subject = await context.numbers.subject(idOf(params.feed, noFeed));
  const source = subject && (await askTimeline(context, (store) => store.sourceById(subject.id)));
  const items = source ? await entriesOfSource(context, desk, source.id, entryWish(input)) : [];
  return answer(await entriesJson(context, desk, items));
}

async function icons({ context, need }: Call) {
  const all = await subscriptionsOf(context, need("read").account.id);
  const found = all.flatMap(({ source }) => {
    const [host, icon] = [URL.parse(source.url)?.host, source.avatar && URL.parse(source.avatar, context.site.url)];
    return host && icon ? [[host, icon.href] as const] : [];
  });
  return answer([...new Map(found)].map(([host, url]) => ({ host, url })));
}

async function allHighlights({ context, need, input }: Call) {
  const part = { limit: countOf(input, 100, 200, "limit"), offset: countOf(input, 0, mostHighlights, "offset") };
  const items = (await highlightsOf(context, need("read").account.id, part)).map(highlightItem);
  return feedReply(context, { title: "Highlights", path: "/feeds/highlights", items });
}

async function entryHighlights({ context, need, params }: Call) {
  const entry = numberIn(params.entry, noEntry);
  const items = (await highlightsIn(context, need("read").account.id, entry)).map(highlightItem);
  return feedReply(context, { title: "Highlights", path: `/feeds/${entry}/highlights`, items });
}

async function highlight({ context, need, params, input }: Call) {
  const accountId = need("read").account.id;
  return answer(highlightItem(await addHighlight(context, accountId, numberIn(params.entry, noEntry), input)));
}

async function unhighlight({ context, need, params }: Call) {
  const number = idOf(params.highlight, "You have no such highlight.");
  await removeHighlight(context, need("read").account.id, numberIn(params.entry, noEntry), number);
  return done();
}

const [noEntry, noFeed] = ["There is no such entry.", "There is no such feed."];
const numberIn = (file: string | undefined, sentence: string): number => idOf(/^(\d+)(\.json)?$/.exec(file ?? "")?.[1], sentence);
