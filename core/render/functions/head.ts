import type { PageContext, Parts } from "../context.ts";
import type { HeadTag } from "../../hooks/values.ts";
import { blogOf } from "../../hooks/scope.ts";
import { attributes, escape } from "./markup.ts";

/** Everything a page's head must say, except what slots add. `sheets` are addresses in their order. */
export function headMarkup(
  parts: Parts,
  context: PageContext,
  files: { sheets: readonly string[]; fonts: readonly string[] },
): string {
  const { page, blog } = context;
  const { post } = parts.content;
  const description = page.description.slice(0, 300);
  const image = page.image as { src: string; alt: string } | null;
  return [
    `<meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<title>${escape(page.metaTitle)}</title>`,
    description && meta({ name: "description", content: description }),
    parts.content.isIndexed && `<link rel="canonical"${attributes({ href: page.url })}>`,
    !page.isIndexed && `<meta name="robots" content="noindex">`,
    meta({ property: "og:title", content: page.title || blog.title }),
    meta({ property: "og:type", content: post ? "article" : "website" }),
    meta({ property: "og:url", content: page.url }),
    description && meta({ property: "og:description", content: description }),
    image && meta({ property: "og:image", content: absolute(image.src, blog.url) }),
    image?.alt && meta({ property: "og:image:alt", content: image.alt }),
    ...files.fonts.map((href) => `<link rel="preload" as="font" type="font/woff2" crossorigin${attributes({ href })}>`),
    ...files.sheets.map((href) => `<link rel="stylesheet"${attributes({ href })}>`),
    iconLink(parts),
    ...(page.type === "home" ? blog.author.links.map(({ url }) => `<link rel="me"${attributes({ href: url })}>`) : []),
    ...parts.collected.tags.map(tagMarkup),
    ...parts.collected.links.map((link) => `<link${attributes(link)}>`),
  ]
    .filter(Boolean)
    .join("\n");
}

/** The same links for programs that read headers only; empty without any. */
export function linkHeader(parts: Parts): string {
  return parts.collected.links.map(({ rel, href }) => `<${href}>; rel="${rel}"`).join(", ");
}

function iconLink({ scope }: Parts): string {
  const icon = blogOf(scope).settings.icon;
  return typeof icon === "string" && /^(https?:\/\/|\/)/.test(icon) ? `<link rel="icon"${attributes({ href: icon })}>` : "";
}

const meta = (values: Record<string, string>) => `<meta${attributes(values)}>`;
const absolute = (src: string, blogUrl: string) => URL.parse(src, blogUrl)?.href ?? src;
const tagMarkup = ({ tag, attributes: values }: HeadTag) => `<${tag}${attributes(values)}>`;
