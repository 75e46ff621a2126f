import { PublicError } from "rookery/plugin";
import { numberFrom } from "../../timeline/ids.ts";
import { candidateOf } from "../picking/candidate.ts";
import { lastPicked, pickOfItem } from "../picking/picks.ts";
import { Looker } from "../reading/looker.ts";
import { suggested } from "../topics/suggest.ts";
import { askTimeline } from "../timeline.ts";
import { allTopics } from "../topics/topics.ts";
import { offerRow } from "./desk.ts";
import { pickRow } from "./pick-row.ts";
import { desk, sentenceOf, type Request } from "./request.ts";

/** What was refused of a form about a post, to be put right. */
export type Refused = { readonly sentence: string; readonly fields: URLSearchParams; readonly number: number };

/** One post by its number or address: to be picked, or its pick to be changed. */
export async function postPage(request: Request, refused?: Refused) {
  const { at, context, query } = request;
  const common = { template: "post", status: refused ? 422 : 200 };
  const frame = { action: at(desk), finder: at(`${desk}/post`), back: at(desk), error: refused?.sentence ?? null };
  const url = (query.get("url") ?? "").trim().slice(0, 2_048);
  if (!refused && !query.has("number") && url === "") return { ...common, data: { ...frame, url } };
  try {
    const number = refused?.number ?? numberFrom(query.get("number")) ?? (await numberAt(request, url));
    const topics = await allTopics(context);
    const looker = new Looker(context);
    const pick = number === null ? null : await pickOfItem(context, number);
    const found = await candidateOf(context, number ?? 0, looker);
    const last = await lastPicked(context, [found.post.authorId]);
    const offer = { ...found, topics: suggested(topics, found.post), lastPicked: last.get(found.post.authorId) ?? null };
    const row = offerRow(request, offer, topics);
    const isOn = new Set(
      refused?.fields.getAll("topic") ?? topics.filter(({ id }) => pick?.topics.includes(id)).map(({ slug }) => slug),
    );
    return {
      ...common,
      data: {
        ...frame,
        url,
        row: pick || refused ? { ...row, topics: row.topics.map((topic) => ({ ...topic, isOn: isOn.has(topic.slug) })) } : row,
        pick: pick && (await pickRow(request, pick, { looker, topics })),
        isOut: pick !== null && pick.number > 0,
        note: refused?.fields.get("note") ?? pick?.note ?? "",
        time: refused?.fields.get("at") ?? (pick ? localTime(pick.showAt, request.account!.timeZone) : ""),
      },
    };
  } catch (error) {
    // What was found at an address can not be picked, and why.
    const sentence = sentenceOf(error, request);
    return { ...common, status: 422, data: { ...frame, url, error: refused?.sentence ?? sentence } };
  }
}

async function numberAt({ context }: Request, url: string): Promise<number | null> {
  const own = URL.parse(url);
  const path = own?.origin === new URL(context.site.url).origin ? /^\/c\/(\d+)$/.exec(own.pathname)?.[1] : undefined;
  const number = path ? numberFrom(path) : await askTimeline(context, (store) => store.numberOf(url));
  if (number === null) throw new PublicError("no-post", "There is no public post of this installation here.", 404);
  return number;
}

const localTime = (moment: string, zone: string): string =>
  Temporal.Instant.from(moment)
    .toZonedDateTimeISO(zone || "UTC")
    .toPlainDateTime()
    .toString({ smallestUnit: "minute" });
