import { PublicError } from "rookery/plugin";
import { titleLanguages } from "../topics/defaults.ts";
import { changeTopic, makeTopic, moveTopic, removeTopic, topicFrom } from "../topics/edit.ts";
import { allTopics, kinds, type StoredTopic } from "../topics/topics.ts";
import { autonym, desk, sentenceOf, shownTopic, type Request } from "./request.ts";

const path = `${desk}/topics`;
type Problem = { readonly sentence: string; readonly fields: URLSearchParams };

/** All topics, in their order, and a form for another. */
export async function topicsPage(request: Request, problem?: Problem) {
  const { at, context } = request;
  const rows = (await allTopics(context)).map((topic) => ({
    ...shownTopic(request, topic),
    isFeatured: topic.isFeatured,
    edit: at(`${path}/${topic.slug}`),
  }));
  return {
    template: "topics",
    status: problem ? 422 : 200,
    data: { rows, isFew: rows.length < 3, action: at(path), back: at(desk), ...formOf(request, null, problem) },
  };
}

/** Makes a topic, or moves one. */
export async function topicsForm(request: Request) {
  const { account, at, context } = request;
  const { fields } = await request.form();
  const intent = fields.get("intent");
  if (intent === "up" || intent === "down") {
    const topic = await wanted(request, fields.get("topic") ?? "");
    await moveTopic(context, topic, intent === "up" ? -1 : 1);
    return request.redirect(at(path), context.t("topics.moved"));
  }
  try {
    await makeTopic(context, account!, (fields.get("slug") ?? "").trim(), topicFrom(fields));
  } catch (error) {
    return topicsPage(request, { sentence: sentenceOf(error, request), fields });
  }
  return request.redirect(at(path), context.t("topics.made"));
}

/** One topic, to be changed. */
export async function topicPage(request: Request, problem?: Problem) {
  const topic = await wanted(request, request.params.slug ?? "");
  const { emoji, title } = shownTopic(request, topic);
  return {
    template: "topic",
    title: `${emoji} ${title}`.trim(),
    status: problem ? 422 : 200,
    data: { action: request.at(`${path}/${topic.slug}`), back: request.at(path), ...formOf(request, topic, problem) },
  };
}

/** Keeps a topic, or takes it away. */
export async function topicForm(request: Request) {
  const { account, at, context } = request;
  const topic = await wanted(request, request.params.slug ?? "");
  const { fields } = await request.form();
  if (fields.get("intent") === "remove") {
    await removeTopic(context, account!, topic);
    return request.redirect(at(path), context.t("topics.removed"));
  }
  try {
    await changeTopic(context, account!, topic, topicFrom(fields));
  } catch (error) {
    return topicPage(request, { sentence: sentenceOf(error, request), fields });
  }
  return request.redirect(at(path), context.t("topics.kept"));
}

async function wanted({ context }: Request, slug: string): Promise<StoredTopic> {
  const found = (await allTopics(context)).find((topic) => topic.slug === slug);
  if (!found) throw new PublicError("no-topic", "There is no such topic.", 404);
  return found;
}

// What was typed stands there again.
function formOf({ context }: Request, topic: StoredTopic | null, problem?: Problem) {
  const typed = (name: string, otherwise: string) => problem?.fields.get(name)?.slice(0, 20_000) ?? otherwise;
  return {
    error: problem?.sentence ?? null,
    slug: typed("slug", ""),
    emoji: typed("emoji", topic?.emoji.join(" ") ?? ""),
    words: typed("words", topic?.words.join("\n") ?? ""),
    kind: typed("kind", topic?.kind ?? "any"),
    kinds: kinds.map((value) => ({ value, label: context.t(`topics.kind-${value}`) })),
    isFeatured: problem ? problem.fields.get("featured") === "on" : (topic?.isFeatured ?? true),
    titles: titleLanguages.map((language) => ({
      language,
      name: autonym(language),
      value: typed(`title-${language}`, topic?.titles[language] ?? ""),
    })),
  };
}
