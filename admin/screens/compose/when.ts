import type { Blog } from "../../../core/hooks/values.ts";
import { nextSlot } from "../../../core/posts/schedule.ts";
import { one } from "../../fields.ts";
import { fromLocalInput, toLocalInput } from "../../formats.ts";
import { onHost, type OnBlog } from "../../on-blog.ts";
import type { AdminRequest, AdminScreen } from "../../request.ts";
import type { Typed } from "./typed.ts";

/** When a post comes out: at once, at a time to come, or with a date of the past. Empty: nothing is said. */
export const whens = ["now", "schedule", "date"] as const;

/** A typed time in words. */
export type TimeInWords = {
  /** “Tomorrow, Tuesday 24 November at 09:00 in Berlin – in 15 hours”. */
  readonly words: string;
  /** What had to be changed: the clocks skip this time. */
  readonly note: string;
  /** The same in the writer's own zone, where it is another. */
  readonly other: string;
  /** What the button says then. */
  readonly button: string;
};

/** Words for a time that scripts ask about while somebody chooses it. */
export const whenScreens: readonly AdminScreen[] = [{ method: "GET", path: "/compose/when", access: "member", run: answer }];

async function answer(request: AdminRequest) {
  const place = await onHost(request, one(request.query as URLSearchParams, "blog"), "post.create");
  return { json: timeInWords(place, one(request.query as URLSearchParams, "published"), request.account!.timeZone) };
}

/** A time as it is typed, in words; null when it is none. */
export function timeInWords({ blog, scope, t, language }: OnBlog, typed: string, ownZone: string): TimeInWords | null {
  const moment = fromLocalInput(typed, blog.timeZone);
  if (moment === null) return null;
  const now = scope.clock.now();
  const locale = language === "en" ? "en-GB" : language;
  const format = (options: Intl.DateTimeFormatOptions, timeZone = blog.timeZone) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone }).format(new Date(moment));
  const values = {
    date: format({
      weekday: "long",
      day: "numeric",
      month: "long",
      ...(moment.slice(0, 4) === String(now.getUTCFullYear()) ? {} : { year: "numeric" }),
    }),
    time: format({ timeStyle: "short" }),
    place: cityOf(blog.timeZone),
    distance: distance(Date.parse(moment) - now.getTime(), language),
  };
  const near = nearDay(blog, moment, now, language);
  const isAhead = Date.parse(moment) > now.getTime();
  const skipped = toLocalInput(moment, blog.timeZone).slice(0, 16) !== typed.slice(0, 16);
  return {
    words: near ? t("compose.when-near", { ...values, near }) : t("compose.when-words", values),
    note: skipped ? t("compose.when-skipped", { time: values.time }) : "",
    other:
      ownZone === blog.timeZone
        ? ""
        : t("compose.when-yours", { time: format({ dateStyle: "medium", timeStyle: "short" }, ownZone), place: cityOf(ownZone) }),
    button: isAhead ? t("compose.schedule-for", { time: values.time }) : t("compose.publish"),
  };
}

/** What the page needs to ask when. */
export async function whenOf(place: OnBlog, typed: Typed, ownZone: string, isPublished: boolean) {
  const { blog, scope, t, language } = place;
  const slot = isPublished ? null : await nextSlot(scope);
  const locale = language === "en" ? "en-GB" : language;
  const style = { weekday: "short", hour: "2-digit", minute: "2-digit", timeZone: blog.timeZone } as const;
  return {
    chosen: typed.when || (typed.published === "" ? "now" : "schedule"),
    inWords: typed.published === "" ? null : timeInWords(place, typed.published, ownZone),
    slot: slot && {
      value: toLocalInput(slot, blog.timeZone),
      label: t("compose.next-slot", { time: new Intl.DateTimeFormat(locale, style).format(new Date(slot)) }),
    },
    ownZone: ownZone === blog.timeZone ? "" : ownZone,
  };
}

/** What is wrong with a chosen time, as the key of a sentence; null when nothing is. */
export function whenProblem(typed: Typed, moment: string | null, now: Date): string | null {
  if (typed.when === "schedule" && typed.published === "") return "compose.when-missing";
  if (moment === null) return null;
  if (typed.when === "schedule" && moment <= now.toISOString()) return "schedule.past";
  if (typed.when === "date" && moment > now.toISOString()) return "compose.when-ahead";
  return null;
}

// “Today”, “tomorrow”, “yesterday”, as the language has them.
function nearDay({ timeZone }: Blog, moment: string, now: Date, language: string): string | null {
  const day = (at: number) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
  const days = day(now.getTime()).until(day(Date.parse(moment))).days;
  if (Math.abs(days) > 1) return null;
  const word = new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(days, "day");
  return word.charAt(0).toLocaleUpperCase(language) + word.slice(1);
}

function distance(milliseconds: number, language: string): string {
  const units = [
    ["year", 31_557_600_000],
    ["month", 2_629_800_000],
    ["day", 86_400_000],
    ["hour", 3_600_000],
    ["minute", 60_000],
  ] as const;
  const [unit, size] = units.find(([, length]) => Math.abs(milliseconds) >= length) ?? units[4];
  return new Intl.RelativeTimeFormat(language).format(Math.round(milliseconds / size), unit);
}

const cityOf = (timeZone: string): string => timeZone.split("/").at(-1)!.replaceAll("_", " ");
