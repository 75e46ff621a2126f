import { escapeText } from "../net/escape-text.ts";
import { everywhere } from "./headers.ts";
import type { Reply } from "../hooks/values.ts";

/** A page without a theme: for hosts nobody knows and for when nothing else can be drawn. `link` leads on. */
export function plainPage(status: number, title: string, text: string, link?: { href: string; label: string }): Reply {
  const onward = link ? `<p><a href="${escapeText(link.href)}">${escapeText(link.label)}</a></p>` : "";
  const html =
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">` +
    `<title>${escapeText(title)}</title><link rel="icon" href="data:,"></head>` +
    `<body><main><h1>${escapeText(title)}</h1><p>${escapeText(text)}</p>${onward}</main></body></html>`;
  const policy = "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  return { status, html, headers: { ...everywhere, "content-security-policy": policy, "cache-control": "no-store" } };
}
