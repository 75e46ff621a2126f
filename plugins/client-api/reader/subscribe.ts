import type { Reply } from "rookery/plugin";
import type { Source } from "../../timeline/api.ts";
import type { Own } from "../settings.ts";
import { answer, invalid, missing } from "../wire/answers.ts";
import { textOf } from "../wire/input.ts";
import { askPeer, askTimeline } from "../wire/peers.ts";
import { idOf, oneLine } from "../wire/typed.ts";
import type { Call } from "../wire/route.ts";
import { behindOwnFeed } from "./own-feed.ts";
import { renameSubscription, subscriptionJson, subscriptionOf, subscriptionsOf, type Subscription } from "./subscriptions.ts";
import { momentIn } from "./moments.ts";

const patience = 15_000;

/** What the service `timeline.source` may say besides: the feeds of an address; and that somebody waits for one. */
type Feeds = {
  candidates?(
    input: string,
    language: string,
  ): Promise<{ readonly found: readonly { readonly key: string; readonly title: string }[] }>;
  refresh?(source: Source): Promise<void>;
};

/** `GET …/subscriptions.json` */
export async function listSubscriptions({ context, need, input }: Call): Promise<Reply> {
  const since = momentIn(input.get("since"));
  const all = await subscriptionsOf(context, need("read").account.id);
  const wanted = all.filter(({ createdAt }) => since === null || createdAt >= since);
  return answer(wanted.map((one) => subscriptionJson(context, one, input.get("mode") === "extended")));
}

/** `GET …/subscriptions/ID.json` */
export async function oneSubscription({ context, need, params, input }: Call): Promise<Reply> {
  const found = await subscriptionOf(context, need("read").account.id, numberIn(params.file));
  return answer(subscriptionJson(context, found, input.get("mode") === "extended"));
}

/** `POST …/subscriptions.json`: 201 for a new one, 302 for one that is there, 300 with choices, 404 for nothing to follow. */
export async function subscribe({ context, need, input, request }: Call): Promise<Reply> {
  const accountId = need("follow").account.id;
  const wanted = behindOwnFeed(textOf(input, "feed_url", "url").slice(0, 2_048), context.site.url);
  if (wanted === "") throw invalid("Say which feed to follow: send its address as feed_url.");
  await context.limit(`subscribe ${accountId}`, { times: 120, seconds: 3_600 });
  const choices = await choicesOf(context, wanted);
  if (choices.length > 1)
    return answer(
      choices.map(({ key, title }) => ({ feed_url: key, title: title || key })),
      300,
    );
  const source = await askTimeline(context, (store) => store.resolve(wanted), patience);
  if (!source) throw missing("There is no feed at this address.");
  const isNew = await askTimeline(context, (store) => store.follow(accountId, source.id), patience);
  const found = (await subscriptionsOf(context, accountId)).find((one) => one.source.id === source.id);
  if (!found) throw missing("There is no feed at this address.");
  const location = new URL(`${request.path.replace(/\.json$/, "")}/${found.number}.json`, context.site.url).href;
  return { ...answer(subscriptionJson(context, found, false), isNew ? 201 : 302), headers: { location } };
}

/** `PATCH …/subscriptions/ID.json` and its alias by POST: another name. */
export async function rename({ context, need, params, input }: Call): Promise<Reply> {
  const accountId = need("follow").account.id;
  const found = await subscriptionOf(context, accountId, numberIn(params.file));
  if (input.has("title")) await renameSubscription(context, accountId, found, oneLine(input.get("title"), 200));
  return answer(subscriptionJson(context, await subscriptionOf(context, accountId, found.number), false));
}

/** `DELETE …/subscriptions/ID.json` */
export async function unsubscribe({ context, need, params }: Call): Promise<Reply> {
  const accountId = need("follow").account.id;
  const { source } = await subscriptionOf(context, accountId, numberIn(params.file));
  await askTimeline(context, (store) => store.unfollow(accountId, source.id), patience);
  return { status: 204 };
}

/** `POST …/subscriptions/ID/update.json`: whoever provides the feed is told that somebody waits for it. */
export async function refresh({ context, need, params }: Call): Promise<Reply> {
  const accountId = need("follow").account.id;
  const found = await subscriptionOf(context, accountId, idOf(params.subscription, noSubscription));
  await context.limit(`refresh ${accountId}`, { times: 60, seconds: 3_600 });
  await tell(context, found);
  return answer(subscriptionJson(context, found, false));
}

// Of a blog here it is the blog itself that is followed, whatever feeds it has.
async function choicesOf(context: Own, wanted: string) {
  if (!/^https?:\/\//i.test(wanted) || (await context.blogAt(wanted))) return [];
  return askPeer(context, "timeline.source", {
    question: async (service: Feeds) => (await service.candidates?.(wanted, "en"))?.found ?? [],
    otherwise: [],
    limit: patience,
  });
}

async function tell(context: Own, { source }: Subscription): Promise<void> {
  if (source.plugin === "timeline") return;
  await askPeer(context, "timeline.source", {
    question: async (service: Feeds) => void (await service.refresh?.(source)),
    otherwise: undefined,
  });
}

const noSubscription = "You have no such subscription.";
const numberIn = (file: string | undefined): number => idOf(/^(\d+)(\.json)?$/.exec(file ?? "")?.[1], noSubscription);
