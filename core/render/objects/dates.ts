const presets = {
  short: { year: "numeric", month: "2-digit", day: "2-digit" },
  medium: { year: "numeric", month: "short", day: "numeric" },
  long: { year: "numeric", month: "long", day: "numeric" },
  full: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  time: { hour: "numeric", minute: "2-digit" },
  datetime: { year: "numeric", month: "long", day: "numeric", hour: "numeric", minute: "2-digit" },
  month: { year: "numeric", month: "long" },
  "month-name": { month: "long" },
  weekday: { weekday: "long" },
  year: { year: "numeric" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const formats = new Map<string, Intl.DateTimeFormat>();
const relatives = new Map<string, Intl.RelativeTimeFormat>();

/** Writes moments in a blog's language and zone. */
export class Dates {
  readonly #language: string;
  readonly #timeZone: string;
  readonly #preset: string;

  constructor(language: string, timeZone: string, preset: string) {
    this.#language = known(language);
    this.#timeZone = timeZone;
    this.#preset = preset;
  }

  /**
   * A moment as text: a preset (`short`, `medium`, `long`, `full`, `time`, `datetime`, `month`, `month-name`, `weekday`, `year`,
   * `iso`, `day`), a pattern of `YYYY MM DD D HH mm ss`, or the blog's own date style when nothing is said.
   */
  format(moment: Date, format?: string): string {
    const wanted = format ?? this.#preset;
    if (wanted === "iso" || wanted === "day") return this.#pattern(moment, "YYYY-MM-DD");
    if (Object.hasOwn(presets, wanted)) return this.#formatter(wanted as keyof typeof presets).format(moment);
    return this.#pattern(moment, wanted);
  }

  /** How long ago, or until when: “3 days ago”. */
  relative(moment: Date, now: Date): string {
    const seconds = (moment.getTime() - now.getTime()) / 1000;
    const steps = [
      ["year", 31_557_600],
      ["month", 2_629_800],
      ["week", 604_800],
      ["day", 86_400],
      ["hour", 3600],
      ["minute", 60],
    ] as const;
    const step = steps.find(([, size]) => Math.abs(seconds) >= size);
    const format = kept(relatives, this.#language, () => new Intl.RelativeTimeFormat(this.#language, { numeric: "auto" }));
    return step ? format.format(Math.trunc(seconds / step[1]), step[0]) : format.format(Math.trunc(seconds), "second");
  }

  /** The name of a month or year of an archive: `2026-11` or `2026`. */
  period(period: string): string {
    if (period.length === 4) return period;
    const noon = new Date(`${period}-15T12:00:00Z`);
    return kept(formats, `${this.#language} UTC month`, () => formatOf(this.#language, "UTC", presets.month)).format(noon);
  }

  #formatter(preset: keyof typeof presets): Intl.DateTimeFormat {
    const key = `${this.#language} ${this.#timeZone} ${preset}`;
    return kept(formats, key, () => formatOf(this.#language, this.#timeZone, presets[preset]));
  }

  #pattern(moment: Date, pattern: string): string {
    const local = Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(this.#timeZone);
    const two = (value: number) => String(value).padStart(2, "0");
    const parts: Readonly<Record<string, string>> = {
      YYYY: String(local.year),
      MM: two(local.month),
      DD: two(local.day),
      D: String(local.day),
      HH: two(local.hour),
      mm: two(local.minute),
      ss: two(local.second),
    };
    return pattern.slice(0, 100).replace(/YYYY|MM|DD|D|HH|mm|ss/g, (token) => parts[token]!);
  }
}

function formatOf(language: string, timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(language, { ...options, timeZone });
}

function kept<T>(map: Map<string, T>, key: string, make: () => T): T {
  let value = map.get(key);
  if (value === undefined) {
    if (map.size >= 500) map.clear();
    map.set(key, (value = make()));
  }
  return value;
}

// A blog's language is somebody's text; one that Intl does not take must not cost the page.
function known(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? "en";
  } catch (error) {
    if (error instanceof RangeError) return "en";
    throw error;
  }
}
