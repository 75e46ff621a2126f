import { PublicError } from "rookery/plugin";
import { numberFrom } from "../../timeline/ids.ts";
import { shelfPage as atOnce } from "../bounds.ts";
import { languagesIn, readShelf, type Shown } from "../reading/shelf.ts";
import { askTimeline } from "../timeline.ts";
import { allTopics, baseOf, offered, titleOf, type StoredTopic } from "../topics/topics.ts";
import { desk, languageLinks, shownPerson, shownTopic, type Request } from "./request.ts";

/** All of Discover, or what curators filed under a topic: for everybody. */
export async function shelf(request: Request) {
  const { account, at, context, params, query, language: reader } = request;
  const all = await allTopics(context);
  const topic = params.topic === undefined ? null : all.find(({ slug }) => slug === params.topic);
  if (topic === undefined) throw new PublicError("no-topic", "There is no such topic.", 404);
  const language = baseOf(query.get("lang") ?? "");
  const before = query.has("before") ? (numberFrom(query.get("before")) ?? 0) : undefined;
  const place = { ...(topic && { topicId: topic.id }), ...(language && { language }), limit: atOnce };
  const { shown, next } = await readShelf(context, { ...place, ...(before !== undefined && { before }) });
  const here = at(topic ? `/discover/${topic.slug}` : "/discover");
  const link = (values: Record<string, string>) => {
    const wanted = new URLSearchParams(Object.entries(values).filter(([, value]) => value !== ""));
    return wanted.size === 0 ? here : `${here}?${wanted}`;
  };
  const title = topic && titleOf(topic, context.t, reader);
  return {
    template: "shelf",
    ...(topic && { title: `${topic.emoji[0] ?? ""} ${title}`.trim() }),
    data: {
      rows: await rowsOf(request, shown, all),
      older: next === null ? null : link({ lang: language, before: String(next) }),
      tabs: tabsOf(request, all, topic),
      languages: languageLinks(await languagesIn(context, topic?.id), language, (lang) => link({ lang })),
      allLanguages: here,
      language,
      isFirst: before === undefined,
      feeds: ["feed.json", "feed.xml"].map((file) => `${here}/${file}${language && `?lang=${language}`}`),
      aboutAt: at("/discover/about"),
      mineAt: account ? at("/discover/mine") : null,
    },
  };
}

// Featured topics beside all of it, else every one.
function tabsOf(request: Request, all: readonly StoredTopic[], current: StoredTopic | null) {
  const named = offered(all, (topic) => titleOf(topic, request.context.t, request.language));
  const featured = named.filter(({ isFeatured }) => isFeatured);
  const some = featured.length > 0 ? featured : named;
  const tabs = some.map(({ slug, emoji, title }) => ({
    href: request.at(`/discover/${slug}`),
    label: `${emoji} ${title}`.trim(),
    isCurrent: slug === current?.slug,
  }));
  return [{ href: request.at("/discover"), label: request.context.t("shelf.all"), isCurrent: current === null }, ...tabs];
}

async function rowsOf(request: Request, shown: readonly Shown[], all: readonly StoredTopic[]) {
  const { account, at, context } = request;
  const isCurator = account !== null && account.role !== "member";
  const topics = new Map(all.map((topic) => [topic.id, shownTopic(request, topic)]));
  const rows = [];
  for (const { pick, post, blog, author } of shown) {
    const item = await askTimeline(context, (store) => store.item(null, pick.item));
    if (!item) continue;
    rows.push({
      number: pick.item,
      url: post.url,
      html: context.images.inHtml(item.html),
      tongue: post.language || blog.language,
      saidAt: item.at,
      conversation: at(`/c/${pick.item}`),
      author: shownPerson(request, author),
      edit: isCurator && author.id !== account!.id ? at(`${desk}/post?number=${pick.item}`) : null,
      note: pick.note,
      topics: pick.topics.flatMap((id) => topics.get(id) ?? []),
    });
  }
  return rows;
}
