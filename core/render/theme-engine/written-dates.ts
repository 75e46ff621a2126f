// The same posts come again on every new home page, and Intl takes microseconds for each of their dates.
const styles = new Map<string, Map<number, string>>();
const most = 5000;
let count = 0;

/** A moment as `make` writes it in a style (which names language, zone and format), kept for the next page that shows it. */
export function writtenDate(style: string, moment: number, make: () => string): string {
  const known = styles.get(style)?.get(moment);
  if (known !== undefined) return known;
  const text = make();
  if (count >= most) {
    styles.clear();
    count = 0;
  }
  let texts = styles.get(style);
  if (!texts) styles.set(style, (texts = new Map()));
  texts.set(moment, text);
  count++;
  return text;
}
