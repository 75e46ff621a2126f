import { createHash } from "node:crypto";
import { directionOf } from "../languages.ts";
import { escapeText } from "../net/escape-text.ts";
import { everywhere } from "./headers.ts";
import type { Reply } from "../hooks/values.ts";

const style =
  ":root{color-scheme:light dark}body{margin:0;font:1rem/1.5 system-ui,sans-serif;background:light-dark(#f7f6f3,#15171a);color:light-dark(#1c1d1f,#eceae4)}" +
  "main{max-inline-size:36rem;margin:12vh auto 0;padding:1.5rem;overflow-wrap:anywhere}h1{font-size:1.4rem;line-height:1.25}a{color:light-dark(#1f5fbf,#8ab4ff)}";
const styleHash = createHash("sha256").update(style).digest("base64");
const policy = `default-src 'none'; img-src data:; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** What a page without a theme says, and in which language; `link` leads on. */
export type PlainWords = {
  readonly language: string;
  readonly title: string;
  readonly text: string;
  readonly link?: { readonly href: string; readonly label: string };
};

/** A page without a theme: for hosts nobody knows and for when nothing else can be drawn. */
export function plainPage(status: number, { language, title, text, link }: PlainWords): Reply {
  const onward = link ? `<p><a href="${escapeText(link.href)}">${escapeText(link.label)}</a></p>` : "";
  const html =
    `<!doctype html><html lang="${escapeText(language)}" dir="${directionOf(language)}"><head><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width, initial-scale=1">` +
    `<title>${escapeText(title)}</title><link rel="icon" href="data:,"><style>${style}</style></head>` +
    `<body><main><h1>${escapeText(title)}</h1><p>${escapeText(text)}</p>${onward}</main></body></html>`;
  return { status, html, headers: { ...everywhere, "content-security-policy": policy, "cache-control": "no-store" } };
}
