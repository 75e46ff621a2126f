const days = Array.from(
  { length: 12 },
  (_, at) => [new Date(Date.UTC(2026, at, 1)), new Date(Date.UTC(2026, 0, 1 + at))] as const,
);
const names = ["en", "de", "fr", "es", "ar"].flatMap((language) =>
  (["long", "short"] as const).flatMap((length) => {
    const part = (kind: "month" | "weekday") => new Intl.DateTimeFormat(language, { timeZone: "UTC", [kind]: length });
    return days.flatMap(([month, day]) => [part("month").format(month), part("weekday").format(day)]);
  }),
);
const small = "at of the on um uhr den à le de del el am pm st nd rd th t z utc".split(" ");
const words = new Set(names.map((name) => name.toLowerCase().replace(/\.$/, "")).concat(small));

/** Whether a title says nothing: there is none, or it looks like a date or a number, as tools make them up. */
export function isNoTitle(title: string): boolean {
  const letters = title.normalize("NFKC").toLowerCase().trim().slice(0, 300);
  if (letters === "") return true;
  if (!/\p{N}/u.test(letters)) return false;
  return (letters.match(/\p{L}[\p{L}\p{M}]*/gu) ?? []).every((word) => words.has(word));
}
