import { PublicError, type Context, type Post } from "rookery/plugin";
import { furthestDays, longestNote, mostFiled } from "../bounds.ts";
import { fitsKind } from "../topics/suggest.ts";
import { allTopics } from "../topics/topics.ts";

/** What a curator says of a pick: words of topics, why it is here, and when it is to appear (now, when empty); `seen` is the mark of what they read. */
export type PickWish = { readonly topics: readonly string[]; readonly note: string; readonly at: string; readonly seen?: string };
/** The same as it is stored. */
export type Checked = { readonly topics: readonly string[]; readonly note: string; readonly showAt: string };

/** Reads a form; times are those of a zone. */
export function wishFrom(fields: URLSearchParams, zone: string): PickWish {
  const typed = (fields.get("at") ?? "").trim();
  const at = typed === "" ? "" : momentIn(typed, zone);
  return { topics: fields.getAll("topic").slice(0, 100), note: textFrom(fields.get("note")), at, seen: fields.get("mark") ?? "" };
}

/** A text that somebody typed, as it is kept. */
export function textFrom(typed: string | null): string {
  return (typed ?? "")
    .toWellFormed()
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{Cc}\n]/gu, "")
    .trim();
}

/** Checks a wish against the topics and the post. PublicError 422. */
export async function checked(context: Context, wish: PickWish, post: Post): Promise<Checked> {
  const all = await allTopics(context);
  const chosen = [...new Set(wish.topics)].flatMap((slug) => all.find((topic) => topic.slug === slug) ?? []);
  if (chosen.length > mostFiled) throw new PublicError("many-filed", "A post stands under five topics at most.", 422);
  if (chosen.some((topic) => !fitsKind(topic, post)))
    throw new PublicError("kind", "One of these topics is for posts with a photo, or with sound, which this one has not.", 422);
  if ([...wish.note].length > longestNote) throw new PublicError("note", "A note has 500 letters at most.", 422);
  const now = context.clock.now();
  const latest = new Date(now.getTime() + furthestDays * 86_400_000).toISOString();
  if (wish.at > latest) throw new PublicError("time", "This is no time within a year from now.", 422);
  const showAt = wish.at > now.toISOString() ? wish.at : now.toISOString();
  return { topics: chosen.map(({ id }) => id), note: wish.note, showAt };
}

function momentIn(typed: string, zone: string): string {
  try {
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(typed)) throw new RangeError();
    const moment = Temporal.PlainDateTime.from(typed, { overflow: "reject" }).toZonedDateTime(zone);
    return new Date(moment.epochMilliseconds).toISOString();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new PublicError("time", "This is no time within a year from now.", 422);
  }
}
