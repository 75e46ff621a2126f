import type { Filter } from "../environment.ts";
import type { State } from "../state.ts";
import { momentOf } from "../values.ts";
import { writtenDate } from "../written-dates.ts";
import { kept } from "./kept.ts";
import { named } from "./keywords.ts";

const presets: Record<string, Intl.DateTimeFormatOptions> = {
  short: { dateStyle: "short" },
  medium: { dateStyle: "medium" },
  long: { dateStyle: "long" },
  full: { dateStyle: "full" },
  time: { timeStyle: "short" },
  datetime: { dateStyle: "medium", timeStyle: "short" },
  month: { year: "numeric", month: "long" },
  year: { year: "numeric" },
  day: { day: "numeric", month: "long" },
};

/** Dates in the language and zone of the blog: `date(preset or format)`, `relative`, `iso`. A value that is no date prints nothing. */
export const dateFilters: Record<string, Filter> = {
  date: named("date", ["format"], (call, value, format) => {
    const moment = momentIn(value);
    if (moment === undefined) return "";
    const wanted = format === undefined ? "medium" : call.text(format);
    const preset = Object.hasOwn(presets, wanted) ? presets[wanted] : undefined;
    if (preset === undefined) return formatted(call, moment, wanted);
    return writtenDate(styleOf(call, wanted), moment, () => formatter(call, wanted, preset).format(moment));
  }),
  relative: (call, value) => {
    const moment = momentIn(value);
    return moment === undefined ? "" : relative(call, moment - call.environment.now());
  },
  iso: (_, value) => {
    const moment = momentIn(value);
    return moment === undefined ? "" : writtenDate("iso", moment, () => new Date(moment).toISOString());
  },
};

function momentIn(value: unknown): number | undefined {
  const moment =
    typeof value === "string" && value.length < 40 ? Date.parse(value) : typeof value === "number" ? value : momentOf(value);
  // Beyond this JavaScript has no date.
  return moment !== undefined && Math.abs(moment) <= 8.64e15 ? moment : undefined;
}

function formatter(call: State, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const { locale, timeZone } = call.environment;
  return kept(styleOf(call, name), () => new Intl.DateTimeFormat(locale, { timeZone, ...options }));
}

// A page writes dozens of dates in few styles, all of one blog: the names are put together once, not for each date.
let place = { locale: "", timeZone: "", styles: new Map<string, string>() };

function styleOf({ environment: { locale, timeZone } }: State, name: string): string {
  if (place.locale !== locale || place.timeZone !== timeZone) place = { locale, timeZone, styles: new Map() };
  let style = place.styles.get(name);
  if (style === undefined) place.styles.set(name, (style = `date ${locale} ${timeZone} ${name}`));
  return style;
}

const tokens = /'[^']*'|yyyy|yy|MMMM|MMM|MM|M|dd|d|EEEE|EEE|HH|H|hh|h|mm|ss|a/g;

type Part = { options: Intl.DateTimeFormatOptions; type: Intl.DateTimeFormatPartTypes; digits?: number };

const tokenParts: Record<string, Part> = {
  yyyy: { options: { year: "numeric" }, type: "year" },
  yy: { options: { year: "2-digit" }, type: "year", digits: 2 },
  MMMM: { options: { month: "long", day: "numeric" }, type: "month" },
  MMM: { options: { month: "short", day: "numeric" }, type: "month" },
  MM: { options: { month: "numeric" }, type: "month", digits: 2 },
  M: { options: { month: "numeric" }, type: "month" },
  dd: { options: { day: "numeric" }, type: "day", digits: 2 },
  d: { options: { day: "numeric" }, type: "day" },
  EEEE: { options: { weekday: "long" }, type: "weekday" },
  EEE: { options: { weekday: "short" }, type: "weekday" },
  HH: { options: { hour: "numeric", hourCycle: "h23" }, type: "hour", digits: 2 },
  H: { options: { hour: "numeric", hourCycle: "h23" }, type: "hour" },
  hh: { options: { hour: "numeric", hourCycle: "h12" }, type: "hour", digits: 2 },
  h: { options: { hour: "numeric", hourCycle: "h12" }, type: "hour" },
  mm: { options: { hour: "numeric", minute: "numeric" }, type: "minute", digits: 2 },
  ss: { options: { minute: "numeric", second: "numeric" }, type: "second", digits: 2 },
  a: { options: { hour: "numeric", hourCycle: "h12" }, type: "dayPeriod" },
};

const parts: Record<string, Part & { readonly style: string }> = Object.fromEntries(
  Object.entries(tokenParts).map(([token, part]) => [token, { ...part, style: `token ${token}` }]),
);

function formatted(call: State, moment: number, format: string): string {
  if (format.length > 100) call.fail("type", "The date format is too long.");
  return format.replace(tokens, (token) => {
    if (token.startsWith("'")) return token.slice(1, -1);
    const part = parts[token];
    if (part === undefined) return token;
    call.charge(2);
    // Kept by token, of which there are few: formats are whatever a template writes.
    return writtenDate(styleOf(call, part.style), moment, () => partOf(call, moment, part));
  });
}

function partOf(call: State, moment: number, part: Part & { readonly style: string }): string {
  const found = formatter(call, part.style, part.options).formatToParts(moment);
  const text = found.find((piece) => piece.type === part.type)?.value ?? "";
  return part.digits === undefined ? text : text.padStart(part.digits, "0");
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 365.25 * 86_400_000],
  ["month", 30.4375 * 86_400_000],
  ["week", 7 * 86_400_000],
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

function relative(call: State, difference: number): string {
  const { locale } = call.environment;
  const format = kept(`relative ${locale}`, () => new Intl.RelativeTimeFormat(locale, { numeric: "auto" }));
  for (const [unit, length] of steps)
    if (Math.abs(difference) >= length) return format.format(Math.trunc(difference / length), unit);
  return format.format(0, "second");
}
