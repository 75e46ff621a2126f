import { writtenDate } from "../theme-engine/engine.ts";

const presets = {
  short: { year: "numeric", month: "2-digit", day: "2-digit" },
  medium: { year: "numeric", month: "short", day: "numeric" },
  long: { year: "numeric", month: "long", day: "numeric" },
  time: { hour: "numeric", minute: "2-digit" },
  datetime: { year: "numeric", month: "long", day: "numeric", hour: "numeric", minute: "2-digit" },
  month: { year: "numeric", month: "long" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Writes moments in a blog's language and zone. */
export class Dates {
  readonly #language: string;
  readonly #timeZone: string;
  readonly #preset: string;
  readonly #dayStyle: string;
  readonly #styles: Readonly<Record<string, string>>;

  constructor(language: string, timeZone: string, preset: string) {
    this.#language = knownLanguage(language);
    this.#timeZone = knownZone(timeZone);
    this.#preset = preset;
    this.#dayStyle = `${this.#timeZone} day`;
    this.#styles = Object.fromEntries(Object.keys(presets).map((name) => [name, `${this.#language} ${this.#timeZone} ${name}`]));
  }

  /** A moment as text: `short`, `medium`, `long`, `time`, `datetime` or `iso` (a day); the blog's own date style unless told. */
  format(moment: Date, format: string = this.#preset): string {
    const preset = Object.hasOwn(presets, format) ? (format as keyof typeof presets) : null;
    if (!preset) return this.day(moment);
    return writtenDate(this.#styles[preset]!, moment.getTime(), () => this.#formatter(preset).format(moment));
  }

  /** The day of a moment in the blog's zone: `2026-11-24`. */
  day(moment: Date): string {
    // Swedish writes days as ISO does.
    const make = () => kept(formats, this.#dayStyle, () => formatOf("sv", this.#timeZone, presets.short)).format(moment);
    return writtenDate(this.#dayStyle, moment.getTime(), make);
  }

  /** The name of a month or year of an archive: `2026-11` or `2026`. */
  period(period: string): string {
    if (period.length === 4) return period;
    const noon = new Date(`${period}-15T12:00:00Z`);
    return kept(formats, `${this.#language} UTC month`, () => formatOf(this.#language, "UTC", presets.month)).format(noon);
  }

  /** A moment as an app wrote it; without a zone it is the blog's time. Null for what is none. */
  moment(text: string): Date | null {
    const plain = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/.test(text.trim());
    try {
      const at = plain
        ? Temporal.PlainDateTime.from(text.trim()).toZonedDateTime(this.#timeZone).epochMilliseconds
        : Date.parse(text);
      return Number.isNaN(at) ? null : new Date(at);
    } catch (error) {
      if (error instanceof RangeError) return null;
      throw error;
    }
  }

  #formatter(preset: keyof typeof presets): Intl.DateTimeFormat {
    return kept(formats, this.#styles[preset]!, () => formatOf(this.#language, this.#timeZone, presets[preset]));
  }
}

function formatOf(language: string, timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(language, { ...options, timeZone });
}

function kept<T>(map: Map<string, T>, key: string, make: () => T): T {
  let value = map.get(key);
  if (value === undefined) {
    if (map.size >= 5000) map.clear();
    map.set(key, (value = make()));
  }
  return value;
}

/** A blog's language is somebody's text; one that Intl does not take must not cost the page. */
export function knownLanguage(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? "en";
  } catch (error) {
    if (error instanceof RangeError) return "en";
    throw error;
  }
}

function knownZone(timeZone: string): string {
  try {
    kept(formats, `${timeZone} day`, () => formatOf("sv", timeZone, presets.short));
    return timeZone;
  } catch (error) {
    if (error instanceof RangeError) return "UTC";
    throw error;
  }
}
