import type { Measure } from "./cut.ts";
import { cutToFit, cutWithLink } from "./cut.ts";
import { join, plain, replaced, trimmed, type RichText } from "./rich-text.ts";

/** What a template of the owner's may name in braces. */
export const placeholders = ["title", "excerpt", "text", "url", "first_link"] as const;
export type Placeholder = (typeof placeholders)[number];
export type TemplateValues = Readonly<Record<Placeholder, RichText>>;

const NAMED = /\{(title|excerpt|text|url|first_link)\}/;
// What gives way first when not everything fits.
const elastic = ["text", "excerpt", "title"] as const;

/** Fills an owner's template: what does not fit is shortened, the text first, and then the link to the post goes along. */
export function fillTemplate(
  template: string,
  values: TemplateValues,
  measure: Measure,
): { rich: RichText; isTruncated: boolean } {
  const whole = filled(template, values);
  if (measure.fits(whole.text)) return { rich: whole, isTruncated: false };
  const linked = template.includes("{url}") ? template : `${template} {url}`;
  let rest = values;
  for (const name of elastic.filter((one) => template.includes(`{${one}}`) && values[one].text !== "")) {
    const around = (text: string) => filled(linked, { ...rest, [name]: plain(text) }).text;
    const inPlace: Measure = { ...measure, fits: (text) => measure.fits(around(text)) };
    const cut = cutToFit(rest[name], plain(""), inPlace);
    rest = { ...rest, [name]: cut.text === "…" ? plain("") : cut };
    const rich = filled(linked, rest);
    if (measure.fits(rich.text)) return { rich, isTruncated: true };
  }
  return cutWithLink(filled(template.replaceAll("{url}", ""), rest), values.url, measure);
}

function filled(template: string, values: TemplateValues): RichText {
  const parts = template.split(NAMED).map((part, at) => (at % 2 === 0 ? part : values[part as Placeholder]));
  return withoutGaps(trimmed(join(parts)));
}

// What was empty leaves spaces and lines behind.
function withoutGaps(rich: RichText): RichText {
  const gaps = [...rich.text.matchAll(/ {2,}| +(?=\n)|\n{3,}/g)].map((gap) => {
    const by = gap[0].startsWith("\n") ? "\n\n" : rich.text[gap.index + gap[0].length] === "\n" ? "" : " ";
    return { start: gap.index, end: gap.index + gap[0].length, by };
  });
  return gaps.length === 0 ? rich : replaced(rich, gaps);
}
