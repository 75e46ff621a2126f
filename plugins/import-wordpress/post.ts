import { plainText, type Draft, type ImportNote, type ImportSink } from "rookery/plugin";
import { placeOf, slugOf, type Place } from "./addresses.ts";
import { audioOf, photosOf, picturesFor } from "./attachments.ts";
import { commentsOf } from "./comments.ts";
import { contentOf } from "./content.ts";
import { momentOf } from "./moment.ts";
import { formatOf, propertiesOf, searchDescription, termsOf } from "./properties.ts";
import { fateOf } from "./statuses.ts";
import { titleOf, type Survey } from "./survey.ts";
import { valueOf, type WxrItem } from "./wxr.ts";

/** What an item is read with. */
export type Reading = {
  readonly survey: Survey;
  readonly timeZone: string;
  warn(note: ImportNote): void;
};

type Imported = Parameters<ImportSink["post"]>[0];
/** A post ready for the sink with what was counted on the way, or the reason why it stays behind. */
export type Read = { readonly post: Imported; readonly counted: readonly string[] } | { readonly why: string };

const most = 50; // categories, by the publish door
const longest = { title: 500, summary: 5_000 } as const;

/** A post or page of the export as the publish door wants it. */
export function readPost(item: WxrItem, reading: Reading): Read {
  const of = (name: string) => valueOf(item.fields, name);
  const fate = fateOf(of("wp:status"), of("wp:post_password") !== "");
  if (!fate.keep) return { why: fate.why };

  const { survey, timeZone } = reading;
  const place = placeOf(of("link"), survey.site.url);
  const title = titleOf(item.fields);
  const note = (why: string) => reading.warn({ what: of("wp:post_type") || "post", title: title || place.link, why });
  const { html, teaser } = textOf(item, reading, note);
  const comments = commentsOf(item.comments, { link: place.link || survey.site.url, timeZone });
  const photos = photosOf(item.meta.get("_thumbnail_id"), html, survey);
  const audio = audioOf(item.meta.get("enclosure"));
  const categories = termsOf(item, "category");
  const tags = termsOf(item, "post_tag");
  if (categories.length > most)
    note(`A post can be in ${most} categories; left out: ${categories.slice(most).join(", ").slice(0, 400)}.`);
  const draft: Draft = {
    ...headOf(item, title, note),
    content: html,
    format: "html",
    summary: summaryOf(item, teaser),
    status: fate.status,
    visibility: fate.visibility,
    ...addressOf(item, place),
    ...datesOf(item, timeZone, note),
    categories: categories.slice(0, most),
    ...(photos.length > 0 && { photos }),
    ...(audio.length > 0 && { audio }),
    properties: propertiesOf(item, survey),
  };
  if (of("wp:post_password") !== "") note("It had a password, so it is private now; there are no passwords on posts here.");
  return {
    post: {
      sourceId: `${survey.site.url} ${of("wp:post_id") || place.link}`,
      draft,
      ...(comments.kept.length > 0 && { comments: comments.kept }),
      ...(place.path !== null && { oldPaths: [place.path], oldUrl: place.link }),
    },
    counted: [...comments.left, ...tags.map(() => "tags on posts")],
  };
}

type Note = (why: string) => void;

function textOf(item: WxrItem, { survey }: Reading, note: Note): { html: string; teaser: string } {
  const unknown = new Set<string>();
  const dropped = new Set<string>();
  const content = contentOf(item.fields.get("content:encoded") ?? item.fields.get("description") ?? "", {
    sharedBlocks: survey.sharedBlocks,
    picturesOf: picturesFor(valueOf(item.fields, "wp:post_id"), survey),
    onUnknownShortcode: (name) => unknown.add(name),
    onDroppedBlock: (name) => dropped.add(name),
  });
  if (unknown.size > 0) note(`Shortcodes of a WordPress plugin stay as text: ${list(unknown)}.`);
  if (dropped.size > 0) note(`Blocks that WordPress filled at every visit were left out: ${list(dropped)}.`);
  return content;
}

function headOf(item: WxrItem, title: string, note: Note): Pick<Draft, "kind" | "title"> {
  if (valueOf(item.fields, "wp:post_type") === "page") return { kind: "page", title: shortened(title, longest.title, note) };
  const format = formatOf(item);
  // Asides and status messages were shown without their titles.
  if ((format === "aside" || format === "status") && valueOf(item.fields, "content:encoded") !== "") {
    if (title !== "") note(`A post of the format “${format}” has no title here.`);
    return { kind: "note", title: "" };
  }
  return { title: shortened(title, longest.title, note) };
}

function summaryOf(item: WxrItem, teaser: string): string {
  const excerpt = valueOf(item.fields, "excerpt:encoded");
  const text = /[<&]/.test(excerpt) ? plainText(excerpt) : excerpt;
  return (text || searchDescription(item) || teaser).slice(0, longest.summary);
}

function addressOf(item: WxrItem, place: Place): Pick<Draft, "slug" | "path"> {
  const slug = slugOf(valueOf(item.fields, "wp:post_name"));
  const isPage = valueOf(item.fields, "wp:post_type") === "page";
  return { ...(slug && { slug }), ...(isPage && place.path !== null && { path: place.path }) };
}

function datesOf(item: WxrItem, timeZone: string, note: Note): Pick<Draft, "publishedAt" | "updatedAt"> {
  const of = (name: string) => valueOf(item.fields, name);
  const dates = { gmt: of("wp:post_date_gmt"), local: of("wp:post_date"), published: of("pubDate") };
  const publishedAt = momentOf(dates, timeZone);
  const updatedAt = momentOf({ gmt: of("wp:post_modified_gmt"), local: of("wp:post_modified") }, timeZone);
  const isDraft = fateOf(of("wp:status"), false);
  if (isDraft.keep && isDraft.status === "draft") return updatedAt ? { updatedAt } : {};
  if (publishedAt === undefined) note("It has no readable date, so it is dated today.");
  // Without an own date of change a post changed when it was published, not today.
  const changed = updatedAt ?? publishedAt;
  return { ...(publishedAt && { publishedAt }), ...(changed && { updatedAt: changed }) };
}

function shortened(text: string, length: number, note: Note): string {
  if (text.length <= length) return text;
  note(`The title was longer than ${length} characters and was cut.`);
  return `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

const list = (names: ReadonlySet<string>): string => [...names].slice(0, 20).join(", ");
