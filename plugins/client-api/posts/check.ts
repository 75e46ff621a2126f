import type { Reply } from "rookery/plugin";
import type { Own } from "../settings.ts";
import { answer, done } from "../wire/answers.ts";
import { datedFinely } from "../wire/dates.ts";
import { numberOf, textOf } from "../wire/input.ts";
import { invalid } from "../wire/answers.ts";
import { askTimeline } from "../wire/peers.ts";
import { partOf } from "../wire/paging.ts";
import type { Call } from "../wire/route.ts";

const [most, seconds, minutesNew] = [40, 30, 10];

/** `GET /posts/check`: how many newer ones than an id there are (at most 40), how far one has read, and what was just published. */
export async function check({ context, input, need }: Call): Promise<Reply> {
  const { account } = need("read");
  const markers = await askTimeline(context, (store) => store.markers(account.id));
  const { since = markers.find(({ channel }) => channel === "timeline")?.number } = partOf(input);
  // Whoever has seen nothing yet says 0.
  const count =
    textOf(input, "since_id") === "0"
      ? (await askTimeline(context, (store) => store.home(account.id, { limit: most }))).items.length
      : since === undefined
        ? 0
        : await askTimeline(context, (store) => store.newer(account.id, since));
  return answer({
    count: Math.min(count, most),
    check_seconds: seconds,
    markers: Object.fromEntries(
      markers.map(({ channel, number, markedAt }) => [channel, { id: String(number), date_marked: datedFinely(markedAt) }]),
    ),
    is_publishing: false,
    publishing_progress: 1,
    publishing_status: "",
    latest_url: await latestOf(context, account.id),
    is_processing: false,
  });
}

// A post is there at once, so “just published” is whatever is that young.
async function latestOf(context: Own, accountId: string): Promise<string> {
  const [home] = await context.identity.blogsOf(accountId);
  if (!home) return "";
  const { posts } = await context.as({ blog: home.blog });
  const [latest] = await posts.list({ limit: 1 });
  const isNew = Date.parse(latest?.publishedAt ?? "") > context.clock.now().getTime() - minutesNew * 60_000;
  return latest && isNew && latest.authorId === accountId ? latest.url : "";
}

/** `POST /posts/markers`: how far somebody has read. */
export async function mark({ context, input, need }: Call): Promise<Reply> {
  const { account } = need("read");
  const [channel, number] = [textOf(input, "channel") || "timeline", numberOf(textOf(input, "id"))];
  if (number === null) throw invalid("id must be the id of a post, which is a whole number.");
  await askTimeline(context, (store) => store.mark(account.id, { channel, number, markedAt: textOf(input, "date_marked") }));
  return done();
}
