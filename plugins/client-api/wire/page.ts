import { createHash } from "node:crypto";
import type { Reply } from "rookery/plugin";
import { directionOf } from "./language.ts";
import { html, type Markup } from "./markup.ts";
import { pageScript } from "./page-script.ts";
import { pageStyle, type Looks } from "./page-style.ts";

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);

/** A page of these addresses: no script or style stands in it, both are files that never change under their names. */
export type Page = {
  readonly title: string;
  readonly language: string;
  readonly body: Markup;
  readonly looks?: Looks;
  readonly status?: number;
};

/** Draws a page. Only the app that asked keeps it. */
export function pageReply({ title, language, body, looks = {}, status = 200 }: Page): Reply {
  const page = html`<!doctype html>
    <html lang="${language}" dir="${directionOf(language)}" data-theme="${looks.theme ?? "auto"}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <link rel="stylesheet" href="${styleAddress(looks)}" />
        <script src="${scriptAddress}"></script>
      </head>
      <body>
        ${body}
      </body>
    </html>`;
  return { status, html: page.text, headers: { "cache-control": "private, no-store" } };
}

/** Where the script of the pages is. */
export const scriptAddress = `/hybrid/page-${hashOf(pageScript)}.js`;

/** Where a style sheet for these looks is. */
export function styleAddress({ fontSize, width }: Looks): string {
  const query = new URLSearchParams({
    ...(fontSize !== undefined && { fontsize: String(fontSize) }),
    ...(width !== undefined && { width: String(width) }),
  });
  return `/hybrid/page-${hashOf(pageStyle({}))}.css${query.size > 0 ? `?${query}` : ""}`;
}

/** The files of the pages; null for no such file. Names from before an update lead to what there is now, unkept. */
export function pageFile(name: string, looks: Looks): Reply | null {
  const isScript = /^page-[0-9a-f]{16}\.js$/.test(name);
  if (!isScript && !/^page-[0-9a-f]{16}\.css$/.test(name)) return null;
  const isCurrent = [scriptAddress, styleAddress({})].includes(`/hybrid/${name}`);
  return {
    text: isScript ? pageScript : pageStyle(looks),
    headers: {
      "content-type": isScript ? "text/javascript; charset=utf-8" : "text/css; charset=utf-8",
      "cache-control": isCurrent ? "public, max-age=31536000, immutable" : "no-store",
    },
  };
}
