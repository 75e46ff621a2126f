import { plainText } from "rookery/plugin";
import { readWxr, type WxrHandlers } from "./read-wxr.ts";
import { own, valueOf, type WxrItem, type WxrSite } from "./wxr.ts";

/** A file of the old site; `caption` is HTML. */
export type Attachment = {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly alt: string;
  readonly caption: string;
  readonly isImage: boolean;
};

/** What texts refer to before or after the place where it stands in the file. */
export type Survey = {
  readonly site: WxrSite;
  readonly attachments: ReadonlyMap<string, Attachment>;
  /** Attachment ids by the post they were uploaded for. */
  readonly attachmentsOf: ReadonlyMap<string, readonly string[]>;
  readonly sharedBlocks: ReadonlyMap<string, string>;
  /** Addresses of pages by their id, for their children. */
  readonly pageLinks: ReadonlyMap<string, string>;
  /** Login → the name people see. */
  readonly authors: ReadonlyMap<string, string>;
};

/**
 * Reads the file once without storing anything: finds what is broken before the first post comes in, and what posts point at
 * (attachments may stand after the posts that show them). Keeps attachments, pages' addresses and shared blocks only.
 */
export async function survey(stream: AsyncIterable<Uint8Array>, onProgress: (bytes: number) => void): Promise<Survey> {
  const attachments = new Map<string, Attachment>();
  const attachmentsOf = new Map<string, string[]>();
  const sharedBlocks = new Map<string, string>();
  const pageLinks = new Map<string, string>();
  const authors = new Map<string, string>();
  const handlers: WxrHandlers = {
    onProgress,
    onItem(item) {
      const id = own(valueOf(item.fields, "wp:post_id"));
      const type = valueOf(item.fields, "wp:post_type");
      if (type === "attachment") {
        attachments.set(id, attachmentOf(id, item));
        const parent = own(valueOf(item.fields, "wp:post_parent"));
        if (parent !== "" && parent !== "0") attachmentsOf.set(parent, [...(attachmentsOf.get(parent) ?? []), id]);
      } else if (type === "wp_block") sharedBlocks.set(id, own(item.fields.get("content:encoded") ?? ""));
      else if (type === "page") pageLinks.set(id, own(valueOf(item.fields, "link")));
    },
    onEntry({ kind, fields }) {
      if (kind !== "wp:author") return;
      const login = own(valueOf(fields, "wp:author_login"));
      authors.set(login, own(valueOf(fields, "wp:author_display_name")) || login);
    },
  };
  const site = await readWxr(stream, handlers);
  return { site, attachments, attachmentsOf, sharedBlocks, pageLinks, authors };
}

function attachmentOf(id: string, { fields, meta }: WxrItem): Attachment {
  const url = valueOf(fields, "wp:attachment_url") || valueOf(fields, "guid");
  return {
    id,
    url: own(url),
    title: own(titleOf(fields)),
    alt: own((meta.get("_wp_attachment_image_alt") ?? "").trim()),
    caption: own(valueOf(fields, "excerpt:encoded")),
    isImage: /\.(jpe?g|png|gif|webp|avif|bmp|heic|svg)$/i.test(URL.parse(url)?.pathname ?? url),
  };
}

/** A title as plain text: exports hold HTML and entities in it. */
export function titleOf(fields: ReadonlyMap<string, string>): string {
  const title = fields.get("title")?.trim() ?? "";
  return /[<&]/.test(title) ? plainText(title) : title.replace(/\s+/g, " ");
}
