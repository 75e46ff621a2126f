import type { Scope } from "../../hooks/scope.ts";
import type { Blog } from "../../hooks/values.ts";
import { daysWithPosts } from "../../posts/days.ts";
import { knownLanguage } from "../objects/dates.ts";
import { brandObject } from "../theme-engine/engine.ts";
import { urlFor } from "./urls.ts";

/** A day of a calendar as templates see it; `url` leads to its posts, and is null where there are none. */
export type CalendarDay = {
  readonly day: number;
  readonly date: string;
  readonly url: string | null;
  readonly isToday: boolean;
};

/** A month as templates see it: weeks of seven places, those outside of the month null. */
export type CalendarMonth = {
  readonly label: string;
  readonly url: string | null;
  readonly weekdays: readonly { readonly label: string; readonly short: string }[];
  readonly weeks: readonly (readonly (CalendarDay | null)[])[];
};

const mostKept = 240;
const mostRead = 12;

/**
 * The months that templates of one blog ask for with `calendar()`, kept until its facts change. Drawing cannot wait for the
 * database: a month whose days are not known yet is drawn without links, `read` fetches them, and the page is drawn once more.
 */
export class Calendar {
  readonly #blog: Blog;
  /** The months with posts: the others need no question. */
  readonly #written: ReadonlySet<string>;
  readonly #days = new Map<string, ReadonlySet<string>>();
  readonly #made = new Map<string, CalendarMonth>();
  readonly #wanted = new Set<string>();

  constructor(blog: Blog, months: readonly { readonly month: string }[]) {
    this.#blog = blog;
    this.#written = new Set(months.map(({ month }) => month));
  }

  /** The calendar of a month, null for what is none; `today` is the day the page is made on. */
  month(year: unknown, month: unknown, today: string): CalendarMonth | null {
    const name = `${Number(year)}-${String(Number(month)).padStart(2, "0")}`;
    if (!/^[1-9]\d{3}-(0[1-9]|1[0-2])$/.test(name)) return null;
    const days = this.#written.has(name) ? this.#days.get(name) : none;
    if (!days && this.#wanted.size < mostRead) this.#wanted.add(name);
    const key = today.startsWith(name) ? `${name} ${today}` : name;
    const known = this.#made.get(key);
    if (known) return known;
    const made = calendarOf(this.#blog, name, { days: days ?? none, today, isWritten: this.#written.has(name) });
    if (!days) return made;
    if (this.#made.size >= mostKept) this.#made.clear();
    this.#made.set(key, made);
    return made;
  }

  /** Takes the days with posts of a month from somebody who knows them. */
  learn(month: string, days: ReadonlySet<string>): void {
    if (this.#days.size >= mostKept) this.#days.clear();
    this.#days.set(month, days);
  }

  /** Reads the days that were asked for; false when all were known. */
  async read(scope: Scope): Promise<boolean> {
    if (this.#wanted.size === 0) return false;
    const wanted = [...this.#wanted];
    this.#wanted.clear();
    for (const month of wanted) this.learn(month, await daysWithPosts(scope, month));
    return true;
  }
}

const none: ReadonlySet<string> = new Set();

type Known = { readonly days: ReadonlySet<string>; readonly today: string; readonly isWritten: boolean };

function calendarOf(blog: Blog, name: string, { days, today, isWritten }: Known): CalendarMonth {
  const language = knownLanguage(blog.language);
  const first = Temporal.PlainDate.from(`${name}-01`);
  const blank = (first.dayOfWeek - firstWeekday(language) + 7) % 7;
  const [year, month] = name.split("-");
  const address = urlFor(blog.url, "month", { year, month });
  const places = Array.from({ length: Math.ceil((blank + first.daysInMonth) / 7) * 7 }, (_, at): CalendarDay | null => {
    const day = at - blank + 1;
    if (day < 1 || day > first.daysInMonth) return null;
    const date = `${name}-${String(day).padStart(2, "0")}`;
    const url = days.has(date) ? `${address}#d${date}` : null;
    return Object.freeze(brandObject("CalendarDay", { day, date, url, isToday: date === today }));
  });
  const weeks = Array.from({ length: places.length / 7 }, (_, at) => Object.freeze(places.slice(at * 7, at * 7 + 7)));
  const written = new Intl.DateTimeFormat(language, { year: "numeric", month: "long", timeZone: "UTC" });
  return Object.freeze(
    brandObject("Calendar", {
      label: written.format(new Date(`${name}-15T12:00:00Z`)),
      url: isWritten ? address : null,
      weekdays: weekdaysOf(language),
      weeks: Object.freeze(weeks),
    }),
  );
}

// Monday is 1. What is not known of a language begins its week as ISO says.
function firstWeekday(language: string): number {
  return (new Intl.Locale(language) as { getWeekInfo?: () => { firstDay: number } }).getWeekInfo?.().firstDay ?? 1;
}

function weekdaysOf(language: string): CalendarMonth["weekdays"] {
  const first = firstWeekday(language);
  const [long, short, narrow] = (["long", "short", "narrow"] as const).map(
    (weekday) => new Intl.DateTimeFormat(language, { weekday, timeZone: "UTC" }),
  );
  const days = Array.from({ length: 7 }, (_, at) => {
    // The first of June 2026 is a Monday.
    const day = new Date(Date.UTC(2026, 5, first + at, 12));
    const abbreviation = short!.format(day).replace(/\.$/, "");
    // Some languages do not shorten the names of days; a column of a calendar has no place for a word.
    const brief = abbreviation.length > 4 ? narrow!.format(day) : abbreviation;
    return Object.freeze(brandObject("Weekday", { label: long!.format(day), short: brief }));
  });
  return Object.freeze(days);
}
