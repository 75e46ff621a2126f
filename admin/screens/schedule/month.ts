/** One day of a month's table. */
export type Day = { readonly date: string; readonly number: string; readonly isInMonth: boolean };

/** A month as a table of weeks, with the moments between which its days lie in a zone. */
export type MonthGrid = {
  readonly title: string;
  readonly weekdays: readonly string[];
  readonly weeks: readonly (readonly Day[])[];
  readonly from: string;
  readonly until: string;
};

/** The month that is asked for (`2026-11`), else the present one in a zone. */
export function monthOf(asked: string | null, now: Date, timeZone: string): string {
  if (asked && /^20\d\d-(0[1-9]|1[0-2])$/.test(asked)) return asked;
  return Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone).toPlainDate().toString().slice(0, 7);
}

/** The months before and after one. */
export function neighbours(month: string): { readonly before: string; readonly after: string } {
  const first = Temporal.PlainYearMonth.from(month);
  return { before: first.subtract({ months: 1 }).toString(), after: first.add({ months: 1 }).toString() };
}

/** The weeks of a month, beginning on the day on which they begin for readers of a language. */
export function monthGrid(month: string, timeZone: string, language: string): MonthGrid {
  const locale = language === "en" ? "en-GB" : language;
  const first = Temporal.PlainDate.from(`${month}-01`);
  const start = first.subtract({ days: (first.dayOfWeek - firstDayOf(locale) + 7) % 7 });
  const end = first.add({ months: 1 });
  const weeks: Day[][] = [];
  for (let day = start; Temporal.PlainDate.compare(day, end) < 0; day = day.add({ days: 7 }))
    weeks.push(Array.from({ length: 7 }, (_, at) => dayFrom(day.add({ days: at }), month, locale)));
  const named = new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" });
  const weekdays = Array.from({ length: 7 }, (_, at) => named.format(noon(start.add({ days: at }))));
  const title = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" }).format(noon(first));
  const moment = (day: Temporal.PlainDate) => new Date(day.toZonedDateTime(timeZone).epochMilliseconds).toISOString();
  return { title, weekdays, weeks, from: moment(start), until: moment(start.add({ days: weeks.length * 7 })) };
}

function dayFrom(day: Temporal.PlainDate, month: string, locale: string): Day {
  const number = new Intl.NumberFormat(locale).format(day.day);
  return { date: day.toString(), number, isInMonth: day.toString().startsWith(month) };
}

const noon = (day: Temporal.PlainDate): Date => new Date(`${day.toString()}T12:00:00Z`);

function firstDayOf(locale: string): number {
  return (new Intl.Locale(locale) as Intl.Locale & { getWeekInfo(): { firstDay: number } }).getWeekInfo().firstDay;
}
