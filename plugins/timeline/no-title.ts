const months = ["en", "de", "fr", "es", "ar"].flatMap((language) =>
  Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2026, month, 1 + month))).flatMap((date) =>
    (["long", "short"] as const).flatMap((length) => {
      const name = (part: object) => new Intl.DateTimeFormat(language, { timeZone: "UTC", ...part }).format(date);
      return [name({ month: length }), name({ weekday: length })];
    }),
  ),
);
const small = "at of the on um uhr den à le de del el am pm st nd rd th t z utc".split(" ");
const words = new Set(months.map((name) => name.toLowerCase().replace(/\.$/, "")).concat(small));

/** Whether a title says nothing: there is none, or it looks like a date or a number, as tools make them up. */
export function isNoTitle(title: string): boolean {
  const letters = title.normalize("NFKC").toLowerCase().trim().slice(0, 300);
  if (letters === "") return true;
  if (!/\p{N}/u.test(letters)) return false;
  return (letters.match(/\p{L}[\p{L}\p{M}]*/gu) ?? []).every((word) => words.has(word));
}
