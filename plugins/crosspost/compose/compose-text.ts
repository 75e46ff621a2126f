import type { Post } from "rookery/plugin";
import type { Facet, Hashtag, ServiceLimits } from "../api.ts";
import { contentOf, type Content } from "./from-html.ts";
import { cutWithLink, type Measure } from "./cut.ts";
import { excerptOf } from "./excerpt.ts";
import { measureOf } from "./limits.ts";
import { withoutStrangers, type KnownPeople, type MentionRule } from "./mentions.ts";
import { chosenPictures } from "./pictures.ts";
import { join, plain, type RichText } from "./rich-text.ts";
import { fillTemplate } from "./template.ts";
import { findUrls } from "./urls.ts";

/** What a target's owner chose for its texts; `ownText` is the writer's own for this copy. */
export type TextChoices = {
  readonly template?: string;
  readonly hasHashtags?: boolean;
  readonly ownText?: string;
  readonly people?: KnownPeople;
};

/** A text within a service's limits. `isLinked` says that it leads to the post. */
export type ComposedText = {
  readonly text: string;
  readonly facets: readonly Facet[];
  readonly hashtags: readonly Hashtag[];
  readonly isTruncated: boolean;
  readonly isLinked: boolean;
};

type Parts = {
  readonly post: Post;
  readonly limits: ServiceLimits;
  readonly measure: Measure;
  readonly body: RichText;
  readonly title: RichText;
  readonly content: Content;
  readonly people: KnownPeople | undefined;
};

/** Makes the text of a post's copy by the rules of composition; see the README. */
export function composeText(post: Post, limits: ServiceLimits, choices: TextChoices = {}): ComposedText {
  const content = contentOf(post.html, post.url);
  const rule = mentionRule(limits);
  const { people } = choices;
  const parts: Parts = {
    post,
    people,
    limits,
    content,
    measure: measureOf(limits, limits.warnings ? warningOf(post) : ""),
    body: withoutStrangers(content.rich, rule, people),
    title: withoutStrangers(plain(oneLine(post.title)), rule, people),
  };
  const made = shaped(parts, choices);
  const { rich, hashtags } =
    choices.hasHashtags && !made.isTruncated ? withHashtags(made.rich, parts) : { ...made, hashtags: [] };
  const facets = facetsOf(rich);
  return {
    text: rich.text,
    facets,
    hashtags,
    isTruncated: made.isTruncated,
    isLinked: facets.some(({ url }) => url === post.url),
  };
}

/** Words a service shows before the post is opened; empty for none. */
export function warningOf(post: Pick<Post, "properties">): string {
  const warning = post.properties["content-warning"];
  return typeof warning === "string" ? oneLine(warning).slice(0, 200) : "";
}

/** Whether a post asks to be warned of, and the service cannot: what it says and shows stays on the blog. */
export const isHidden = (post: Pick<Post, "properties">, { warnings }: ServiceLimits): boolean =>
  warnings !== true && warningOf(post) !== "";

function shaped(parts: Parts, { template, ownText }: TextChoices): { rich: RichText; isTruncated: boolean } {
  const { post, measure, title, body } = parts;
  const own = ownText?.trim() ?? "";
  if (own !== "") return fitted(ownRich(own, post.url), [], parts);
  if (isHidden(post, parts.limits)) {
    const warning = withoutStrangers(plain(warningOf(post)), mentionRule(parts.limits), parts.people);
    return { ...fitted(warning, [linkTo(post.url)], parts), isTruncated: true };
  }
  if (template?.trim()) return fillTemplate(template, valuesOf(parts), measure);
  if (title.text !== "") return fitted(title, [linkTo(post.url)], parts);
  const first = parts.limits.facets ? "" : firstLink(parts);
  const also = [...(first === "" || shows(body, first) ? [] : [linkTo(first)]), ...(needsPost(parts) ? [linkTo(post.url)] : [])];
  return fitted(body, also, parts);
}

// The text with what is added to it; when that is too much, its beginning with the link to the post.
function fitted(rich: RichText, also: readonly RichText[], { post, measure }: Parts): { rich: RichText; isTruncated: boolean } {
  const gap = rich.text.includes("\n") ? "\n\n" : " ";
  const whole = join([rich, ...also.flatMap((one, at) => (at === 0 && rich.text === "" ? [one] : [gap, one]))]);
  if (measure.fits(whole.text)) return { rich: whole, isTruncated: false };
  return cutWithLink(rich, linkTo(post.url), measure);
}

// The address of a post that is not out yet is not known to whoever writes; `{url}` stands for it.
function ownRich(own: string, url: string): RichText {
  return join(own.split("{url}").flatMap((piece, at) => (at === 0 ? [piece] : [linkTo(url), piece])));
}

// More pictures than fit, sound, or nothing at all to show: the rest is on the blog.
function needsPost({ post, limits, body, content }: Parts): boolean {
  const pictures = chosenPictures(post, content).length;
  return pictures > limits.images || post.audio.length > 0 || /<video\b/i.test(post.html) || (body.text === "" && pictures === 0);
}

function firstLink({ post, content }: Parts): string {
  const marked = post.properties["bookmark-of"];
  const bookmark = [marked].flat().find((one): one is string => typeof one === "string" && /^https?:\/\//.test(one));
  return content.rich.links[0]?.url ?? bookmark ?? "";
}

// However it is written: without its last slash, or with letters that addresses spell otherwise.
function shows({ text, links }: RichText, url: string): boolean {
  const words = links.filter((link) => link.url === url).map(({ start, end }) => text.slice(start, end));
  return text.includes(url) || words.some((said) => /^https?:\/\//i.test(said) && URL.parse(said)?.href === url);
}

function valuesOf(parts: Parts) {
  const { post, title, body } = parts;
  const link = firstLink(parts);
  return {
    title,
    text: body,
    excerpt: withoutStrangers(plain(excerptOf(post)), mentionRule(parts.limits), parts.people),
    url: linkTo(post.url),
    first_link: link === "" ? plain("") : linkTo(link),
  };
}

function withHashtags(rich: RichText, { post, measure }: Parts): { rich: RichText; hashtags: readonly Hashtag[] } {
  const hashtags: Hashtag[] = [];
  let grown = rich;
  for (const { name } of post.categories) {
    const word = name.replace(/[^\p{L}\p{M}\p{N}]+(.?)/gu, (_, next: string) => next.toLocaleUpperCase());
    const isTag = /\p{L}/u.test(word);
    const next = join([grown, grown === rich ? (rich.text === "" ? "" : "\n\n") : " ", `#${word}`]);
    if (!isTag || !measure.fits(next.text)) continue;
    grown = next;
    const end = next.text.length;
    hashtags.push({ start: end - word.length - 1, end, tag: word });
  }
  return { rich: grown, hashtags };
}

// Mentions are links only where we say so; where the service reads them out of the text, strangers must not be called.
function mentionRule({ counter, facets }: ServiceLimits): MentionRule {
  return facets ? "harmless" : counter === "mastodon" ? "bare" : "any";
}

function facetsOf({ text, links }: RichText): Facet[] {
  const typed = findUrls(text).filter(({ start, end }) => !links.some((link) => link.start < end && start < link.end));
  return [...links, ...typed].toSorted((one, other) => one.start - other.start);
}

const linkTo = (url: string): RichText => ({ text: url, links: [{ start: 0, end: url.length, url }] });
const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();
