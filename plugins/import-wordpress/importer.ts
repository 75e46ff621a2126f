import type { Importer, ImportFile, ImportSink } from "rookery/plugin";
import { readPost, type Reading } from "./post.ts";
import { readWxr } from "./read-wxr.ts";
import { survey, titleOf, type Survey } from "./survey.ts";
import { valueOf, type WxrEntry, type WxrItem } from "./wxr.ts";

// What WordPress keeps as posts without anybody having written it.
const machinery: Readonly<Record<string, string>> = {
  nav_menu_item: "menu entries",
  revision: "revisions",
  custom_css: "style sheets",
  customize_changeset: "customizer changes",
  oembed_cache: "cached embeds",
  user_request: "privacy requests",
  wp_block: "shared blocks",
  wp_template: "templates",
  wp_template_part: "templates",
  wp_global_styles: "global styles",
  wp_navigation: "menus",
  wp_font_family: "fonts",
  wp_font_face: "fonts",
};

/** Brings in a WordPress export. `timeZone` is asked when the import runs: the blog's zone then. */
export function wordpressImporter(timeZone: () => string): Importer {
  return {
    label: "WordPress",
    help: "Posts, pages, drafts, categories, tags, comments and the list of files of a WordPress export (Tools → Export).",
    accepts: [".xml"],
    detect: (head) => /<rss[\s>]/.test(head) && /xmlns:wp\s*=|<wp:/.test(head),
    async run(file, sink, signal) {
      // Read twice: attachments and shared blocks may stand after the posts that show them, and a broken file is refused whole.
      const found = await survey(streamOf(file, signal), (bytes) => sink.progress(Math.floor(bytes / 2)));
      await new Run(found, timeZone(), sink).read(file, signal);
    },
  };
}

async function* streamOf(file: ImportFile, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  for await (const chunk of file.stream()) {
    signal.throwIfAborted();
    yield chunk;
  }
}

/** The second reading, which fills the sink. */
class Run {
  readonly #survey: Survey;
  readonly #sink: ImportSink;
  readonly #reading: Reading;
  readonly #seen = new Set<string>();

  constructor(found: Survey, timeZone: string, sink: ImportSink) {
    this.#survey = found;
    this.#sink = sink;
    this.#reading = { survey: found, timeZone, warn: (note) => sink.warn(note) };
  }

  async read(file: ImportFile, signal: AbortSignal): Promise<void> {
    const { version, title } = this.#survey.site;
    if (!/^\d+(\.\d+)*$/.test(version))
      this.#sink.warn({
        what: "file",
        title: title || file.name,
        why: `The version “${version}” of the format is unknown; it was read as 1.2.`,
      });
    if (this.#survey.authors.size > 1)
      for (const name of this.#survey.authors.values())
        this.#sink.warn({ what: "author", title: name, why: "Posts become yours; the author's name is kept with each post." });
    const half = Math.floor(file.bytes / 2);
    await readWxr(streamOf(file, signal), {
      onItem: (item) => this.#item(item),
      onEntry: (entry) => this.#entry(entry),
      onProgress: (bytes) => this.#sink.progress(half + Math.ceil(bytes / 2)),
    });
  }

  async #entry({ kind, fields }: WxrEntry): Promise<void> {
    const of = (name: string) => valueOf(fields, name);
    if (kind === "wp:author") this.#sink.count("authors");
    else if (kind === "wp:tag") this.#sink.count("tags");
    else if (kind === "wp:term" && of("wp:term_taxonomy") !== "category")
      this.#term(of("wp:term_taxonomy"), of("wp:term_name") || of("wp:term_slug"));
    else {
      const slug = of("wp:category_nicename") || of("wp:term_slug");
      const name = of("wp:cat_name") || of("wp:term_name") || slug;
      if (name === "") return;
      const parent = of("wp:category_parent") || of("wp:term_parent");
      if (parent !== "")
        this.#sink.warn({
          what: "category",
          title: name,
          why: `It stood under “${parent}”; categories have no levels here.`,
        });
      await this.#sink.category({ name, slug, description: of("wp:category_description") || of("wp:term_description") });
    }
  }

  #term(taxonomy: string, title: string): void {
    if (taxonomy === "nav_menu") this.#sink.count("menus");
    else if (taxonomy === "post_tag") this.#sink.count("tags");
    else if (taxonomy === "post_format") this.#sink.count("formats");
    else
      this.#sink.skip({
        what: "term",
        title,
        why: `The taxonomy “${taxonomy}” is a plugin's; posts keep its names as properties.`,
      });
  }

  async #item(item: WxrItem): Promise<void> {
    const type = valueOf(item.fields, "wp:post_type") || "post";
    const counted = Object.hasOwn(machinery, type) ? machinery[type] : undefined;
    if (counted !== undefined) this.#sink.count(counted);
    else if (type === "attachment") await this.#attachment(item);
    else if (type === "post" || type === "page") await this.#post(item, type);
    else
      this.#sink.skip({
        what: type,
        title: titleOf(item.fields),
        why: `Posts of the type “${type}” belong to a WordPress plugin and have no home here.`,
      });
  }

  async #attachment(item: WxrItem): Promise<void> {
    const id = valueOf(item.fields, "wp:post_id");
    const found = this.#survey.attachments.get(id);
    if (item.comments.length > 0)
      this.#sink.skip({
        what: "comments",
        title: found?.title ?? id,
        why: `${item.comments.length} comments on a file have no place here.`,
      });
    if (!found?.url)
      return this.#sink.skip({
        what: "attachment",
        title: found?.title ?? id,
        why: "The export does not say where the file is.",
      });
    const { url, title, alt } = found;
    await this.#sink.media({ sourceId: `${this.#survey.site.url} ${id}`, url, title, ...(alt && { alt }) });
  }

  async #post(item: WxrItem, type: string): Promise<void> {
    const read = readPost(item, this.#reading);
    if ("why" in read) return this.#sink.skip({ what: type, title: titleOf(item.fields), why: read.why });
    for (const what of read.counted) this.#sink.count(what);
    await this.#sink.post({ ...read.post, sourceId: this.#unique(read.post.sourceId, read.post.draft.slug) });
  }

  // Squarespace gives several items one number.
  #unique(sourceId: string, slug: string | undefined): string {
    const id = this.#seen.has(sourceId) ? `${sourceId} ${slug ?? this.#seen.size}` : sourceId;
    this.#seen.add(id);
    return id;
  }
}
