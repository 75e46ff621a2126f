const names: Readonly<Record<string, number>> = Object.fromEntries(
  [
    "jan january januar janvier enero ene jän",
    "feb february februar février fevrier fév febrero",
    "mar march märz mrz mars marzo",
    "apr april avril avr abril abr",
    "may mai mayo",
    "jun june juni juin junio",
    "jul july juli juillet juil julio",
    "aug august août aout agosto ago",
    "sep sept september septembre septiembre",
    "oct october oktober okt octobre octubre",
    "nov november novembre noviembre",
    "dec december dezember dez décembre decembre diciembre dic",
  ].flatMap((list, month) => list.split(" ").map((name) => [name, month])),
);
const zones: Readonly<Record<string, number>> = {
  z: 0,
  ut: 0,
  utc: 0,
  gmt: 0,
  wet: 0,
  bst: 60,
  cet: 60,
  west: 60,
  met: 60,
  cest: 120,
  mest: 120,
  eet: 120,
  eest: 180,
  msk: 180,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  akst: -540,
  hst: -600,
  jst: 540,
  kst: 540,
  aest: 600,
  aedt: 660,
  ist: 330,
  nzst: 720,
  nzdt: 780,
};

/** A date of a feed, however it is written, as ISO 8601 in UTC; empty when it is none. Without a zone it is UTC. */
export function feedDate(written: string): string {
  const text = written.trim().slice(0, 100);
  if (text === "") return "";
  const [day, rest] = isoDay(text) ?? writtenDay(text) ?? [];
  if (!day || rest === undefined) return "";
  const [year, month, date] = day;
  const [hours, minutes, seconds, fraction] = clockIn(rest);
  if (month < 0 || month > 11 || date < 1 || date > 31 || hours > 24 || minutes > 59 || seconds > 60) return "";
  const at = Date.UTC(year, month, date, hours, minutes, seconds, fraction) - zoneIn(rest) * 60_000;
  const moment = new Date(at);
  // The year 1 and its like are what programs write for "no date"; 1900 is a date, and as old as any can be here.
  if (!Number.isFinite(at) || year < 1_000 || moment.getUTCFullYear() >= 10_000) return "";
  return at < 0 ? new Date(0).toISOString() : moment.toISOString();
}

type Day = [year: number, month: number, date: number];

function isoDay(text: string): [Day, string] | null {
  const found =
    /^(\d{4})(?:-?(\d{1,2})(?:-?(\d{1,2}))?)?(?=$|[T\s])/i.exec(text) ??
    /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?=$|[T\s])/i.exec(text);
  if (!found) return null;
  return [[Number(found[1]), Number(found[2] ?? 1) - 1, Number(found[3] ?? 1)], text.slice(found[0].length)];
}

// RFC 822 and what became of it: 5 Jan 04, Jan 5 2004, Thu Jan  5 12:00:00 2004 (asctime).
function writtenDay(text: string): [Day, string] | null {
  const month = [...text.matchAll(/\p{L}+/gu)].find(
    ([name]) => names[name.toLowerCase()] !== undefined && !/^[A-Z]{3}T$/.test(name),
  );
  if (!month) return null;
  const number = names[month[0].toLowerCase()]!;
  const before = /(\d{1,2})(?:st|nd|rd|th|\.)?[\s-]*(?:de\s+)?$/i.exec(text.slice(0, month.index))?.[1];
  const after = text.slice(month.index + month[0].length);
  if (before !== undefined) {
    const year = /^[\s.,-]*(?:de\s+)?(\d{2,4})(?!\d|:)/.exec(after);
    return year && [[fullYear(year[1]!), number, Number(before)], after.slice(year[0].length)];
  }
  const day = /^[\s.]*(\d{1,2})(?:st|nd|rd|th)?,?(?=\s)/.exec(after);
  const rest = after.slice(day?.[0].length ?? 0);
  const year = /(?:^|\s)(\d{4})(?=\s|$|,)/.exec(rest);
  return day && year && [[fullYear(year[1]!), number, Number(day[1])], rest.replace(year[0], " ")];
}

function fullYear(digits: string): number {
  const year = Number(digits);
  return digits.length > 2 ? year : year + (year < 70 ? 2000 : 1900);
}

function clockIn(rest: string): [number, number, number, number] {
  const found = /(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([ap]m)?/i.exec(rest);
  if (!found) return [0, 0, 0, 0];
  const half = found[5]?.toLowerCase();
  const hours = half ? (Number(found[1]) % 12) + (half === "pm" ? 12 : 0) : Number(found[1]);
  return [hours, Number(found[2]), Number(found[3] ?? 0), Math.floor(Number(`0.${found[4] ?? 0}`) * 1000)];
}

function zoneIn(rest: string): number {
  const after = rest.replace(/^.*?\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?/s, "");
  const offset = /([+\-\u2212])\s?(\d{1,2}):?(\d{2})?/.exec(after);
  if (offset) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
    return minutes > 16 * 60 ? 0 : offset[1] === "+" ? minutes : -minutes;
  }
  const name = /[a-z]{1,4}/i.exec(after.replace(/[ap]m/i, ""))?.[0].toLowerCase();
  return (name && zones[name]) || 0;
}
