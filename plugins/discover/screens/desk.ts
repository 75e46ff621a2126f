import { numberFrom } from "../../timeline/ids.ts";
import { candidates, type Offer, type Sieve } from "../reading/candidates.ts";
import { languagesIn } from "../reading/shelf.ts";
import { Looker, nothingThere } from "../reading/looker.ts";
import { markOf } from "../reading/mark.ts";
import { picksIn, shownSince } from "../picking/picks.ts";
import { lastSkipped } from "../picking/skip.ts";
import { candidateOf } from "../picking/candidate.ts";
import { titleLanguages } from "../topics/defaults.ts";
import { fitsKind, suggested } from "../topics/suggest.ts";
import { allTopics, baseOf, titleOf, type StoredTopic } from "../topics/topics.ts";
import { pickRow } from "./pick-row.ts";
import { autonym, desk, shownPerson, shownTopic, type Request } from "./request.ts";

const tabs = ["candidates", "picked", "scheduled"] as const;

/** Where curators pick: candidates, what was picked today, what is to come. Columns on wide screens, tabs on narrow ones. */
export async function deskPage(request: Request) {
  const { at, context, query } = request;
  const topics = await allTopics(context);
  const tab = tabs.find((one) => one === query.get("tab")) ?? "candidates";
  const sifted = siftedBy(query, topics);
  const isSkipped = query.get("show") === "skipped";
  const { offers, next } = isSkipped ? await skipped(request, topics) : await candidates(context, sifted.sieve, topics);
  const link = (values: Record<string, string>) => {
    const wanted = new URLSearchParams({ ...sifted.said, ...values });
    return wanted.size === 0 ? at(desk) : `${at(desk)}?${wanted}`;
  };
  const titled = topics.map((topic) => ({
    value: topic.slug,
    label: `${topic.emoji[0]} ${titleOf(topic, context.t, request.language)}`,
  }));
  return {
    template: "desk",
    data: {
      tab,
      tabs: tabs.map((one) => ({
        href: link(one === "candidates" ? {} : { tab: one }),
        label: context.t(`desk.${one}`),
        isCurrent: one === tab,
      })),
      action: at(desk),
      back:
        new URLSearchParams(isSkipped ? { show: "skipped" } : sifted.said).size > 0
          ? `?${new URLSearchParams(isSkipped ? { show: "skipped" } : sifted.said)}`
          : "",
      said: sifted.said,
      isSkipped,
      candidates: offers.map((offer) => offerRow(request, offer, topics)),
      older: next === null ? null : link({ before: String(next) }),
      languages: [{ value: "", label: context.t("desk.any") }, ...(await languageChoices(request))],
      topics: [{ value: "", label: context.t("desk.any") }, ...titled],
      ...(await pickedRows(request, topics)),
      skippedAt: `${at(desk)}?show=skipped`,
      postAt: at(`${desk}/post`),
      pages: ["topics", "authors", "log"].map((page) => ({
        href: at(`${desk}/${page}`),
        label: context.t(`screens.${desk}/${page}`),
      })),
      discoverAt: at("/discover"),
    },
  };
}

/** A candidate as the desk draws it, with the topics it could stand under. */
export function offerRow(request: Request, offer: Offer, topics: readonly StoredTopic[]) {
  const { account, at } = request;
  const { item, post, blog, lastPicked } = offer;
  const hinted = new Set(offer.topics.map(({ id }) => id));
  return {
    number: item.number,
    mark: markOf(post),
    html: request.context.images.inHtml(item.html),
    saidAt: item.at,
    tongue: post.language || blog.language,
    conversation: at(`/c/${item.number}`),
    author: shownPerson(request, { ...item.author, username: item.author.handle, photo: item.author.avatar } as never),
    lastPicked,
    isOwn: post.authorId === account!.id,
    topics: topics
      .filter((topic) => fitsKind(topic, post))
      .map((topic) => ({ ...shownTopic(request, topic), isOn: hinted.has(topic.id) })),
  };
}

async function skipped(request: Request, topics: readonly StoredTopic[]): Promise<{ offers: readonly Offer[]; next: null }> {
  const looker = new Looker(request.context);
  const offers: Offer[] = [];
  for (const number of await lastSkipped(request.context)) {
    const found = await candidateOf(request.context, number, looker).catch(nothingThere);
    if (found) offers.push({ ...found, topics: suggested(topics, found.post), lastPicked: null });
  }
  return { offers, next: null };
}

async function pickedRows(request: Request, topics: readonly StoredTopic[]) {
  const { account, context } = request;
  const looker = new Looker(context);
  const now = Temporal.Instant.fromEpochMilliseconds(context.clock.now().getTime());
  const today = now.toZonedDateTimeISO(account!.timeZone || "UTC").startOfDay().epochMilliseconds;
  const due = await picksIn(context, "due");
  const rows = async (picks: Awaited<ReturnType<typeof picksIn>>) => {
    const found = [];
    for (const pick of picks) found.push(await pickRow(request, pick, { looker, topics }));
    return found;
  };
  return {
    waiting: await rows(await picksIn(context, "second")),
    changed: await rows(await picksIn(context, "changed")),
    shownToday: await rows(await shownSince(context, new Date(today).toISOString())),
    scheduled: await rows(due),
  };
}

function siftedBy(query: URLSearchParams, topics: readonly StoredTopic[]): { sieve: Sieve; said: Record<string, string> } {
  const before = numberFrom(query.get("before"));
  const language = baseOf(query.get("language") ?? "");
  const topic = topics.find(({ slug }) => slug === query.get("topic"));
  const [hasPhoto, isFirstTime] = [query.get("photo") === "on", query.get("first") === "on"];
  return {
    sieve: { hasPhoto, isFirstTime, ...(before && { before }), ...(language && { language }), ...(topic && { topic }) },
    said: {
      ...(language && { language }),
      ...(topic && { topic: topic.slug }),
      ...(hasPhoto && { photo: "on" }),
      ...(isFirstTime && { first: "on" }),
    },
  };
}

async function languageChoices({ context }: Request) {
  const tags = new Set([...titleLanguages, ...(await languagesIn(context))]);
  return [...tags].map((value) => ({ value, label: autonym(value) })).toSorted((a, b) => a.label.localeCompare(b.label));
}
