import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { escapeText } from "../../net/escape-text.ts";
import { lookOf } from "../../render/look.ts";
import { drawSample } from "../../render/sample/draw-sample.ts";
import { samplePages, type SamplePage } from "../../render/sample/sample-pages.ts";
import { parseManifest } from "../../render/themes/manifest.ts";
import { Theme, type Asset } from "../../render/themes/theme.ts";
import type { Themes } from "../../render/themes/themes.ts";
import { benchMedium } from "./bench-media.ts";

/** What the bench answers. */
export type BenchReply = { readonly status: number; readonly type: string; readonly body: string | Uint8Array };

type Set = { readonly chain: readonly Theme[]; readonly pages: readonly SamplePage[] };

const html = "text/html; charset=utf-8";
const reload = '<script type="module" src="/_theme/reload.js"></script>';
const reloadScript = 'new EventSource("/_theme/changes").addEventListener("change", () => location.reload());\n';

/** A theme that is being written, drawn for its author on the pages of the sample blog. */
export class ThemeBench {
  readonly #folder: string;
  readonly #themes: Themes;
  readonly #url: string;
  #set: Set | { readonly problem: string } | null = null;

  constructor(folder: string, themes: Themes, url: string) {
    this.#folder = folder;
    this.#themes = themes;
    this.#url = url;
  }

  /** Something in the folder changed: the next page is drawn from what is there now. */
  changed(): void {
    this.#set = null;
  }

  /** The answer to a path with its query. */
  reply(address: string): BenchReply {
    const { pathname, search } = new URL(address, this.#url);
    if (pathname === "/_theme/reload.js") return { status: 200, type: "text/javascript; charset=utf-8", body: reloadScript };
    const medium = benchMedium(pathname);
    if (medium) return { status: 200, type: "image/svg+xml", body: medium };
    const set = (this.#set ??= this.#read());
    if ("problem" in set) return this.#told("This theme cannot be shown", [set.problem]);
    if (pathname.startsWith("/assets/")) return assetReply(set, pathname);
    if (pathname === "/_theme/pages") return this.#list(set.pages);
    const number = /^\/_theme\/pages\/(\d{1,4})$/.exec(pathname)?.[1];
    const page = number === undefined ? pageAt(set.pages, pathname, search) : set.pages[Number(number) - 1];
    return page ? this.#page(page, set.chain) : { ...this.#list(set.pages), status: 404 };
  }

  #read(): Set | { readonly problem: string } {
    const file = join(this.#folder, "theme.json");
    if (!existsSync(file)) return { problem: `There is no theme.json in ${this.#folder}.` };
    const manifest = parseManifest(readFileSync(file, "utf8"), basename(this.#folder));
    if ("problem" in manifest) return manifest;
    const parents = manifest.id === "base" ? [] : this.#themes.chain(manifest.parent ?? "base");
    const chain = [new Theme(this.#folder, manifest), ...parents];
    return { chain, pages: samplePages(chain, { url: this.#url }) };
  }

  #page(page: SamplePage, chain: readonly Theme[]): BenchReply {
    const { html: drawn, errors } = drawSample(page, chain);
    if (errors.length > 0 || drawn === null)
      return this.#told(
        "A template failed",
        errors.map(({ template, line, column, message }) => `${template}, line ${line}, column ${column}: ${message}`),
      );
    const end = drawn.lastIndexOf("</body>");
    const body = end < 0 ? drawn + reload : drawn.slice(0, end) + reload + drawn.slice(end);
    return { status: page.content.status, type: html, body };
  }

  #list(pages: readonly SamplePage[]): BenchReply {
    const links = pages.map(({ name }, at) => `<li><a href="/_theme/pages/${at + 1}">${escapeText(name)}</a></li>`);
    return { status: 200, type: html, body: plainPage("All sample pages", `<ol>${links.join("")}</ol>`) };
  }

  #told(title: string, lines: readonly string[]): BenchReply {
    const list = lines.map((line) => `<li><code>${escapeText(line)}</code></li>`).join("");
    return { status: 500, type: html, body: plainPage(title, `<ul>${list}</ul><p>This page loads again when you save.</p>`) };
  }
}

// Pages of one path are several (an empty home, one right to left): the first is meant, the others are in the list.
function pageAt(pages: readonly SamplePage[], path: string, search: string): SamplePage | undefined {
  const here = pages.filter(({ content }) => content.path === path || encodeURI(content.path) === path);
  const isLater = search.includes("after=") || search.includes("page=");
  return (isLater && here.find(({ content }) => (content.list?.number ?? 1) > 1)) || here[0];
}

function assetReply({ chain, pages }: Set, path: string): BenchReply {
  const asset = ownSheet(pages, chain, path) ?? fileOf(chain, path);
  return asset ? { status: 200, type: asset.type, body: asset.bytes } : { status: 404, type: "text/plain", body: "Not there" };
}

function fileOf(chain: readonly Theme[], path: string): Asset | null {
  const match = /^\/assets\/([a-z][a-z0-9-]*)\/[0-9a-f]+\/(.+)$/.exec(path);
  return (match && chain.find(({ id }) => id === match[1])?.asset(match[2]!)) ?? null;
}

function ownSheet(pages: readonly SamplePage[], chain: readonly Theme[], path: string): Asset | null {
  const hash = /^\/assets\/(?:theme|custom)-([0-9a-f]+)\.css$/.exec(path)?.[1];
  if (hash === undefined) return null;
  for (const { blog } of pages) {
    const { sheets, custom } = lookOf(blog.blog, chain);
    const sheet = [...Object.values(sheets), custom].find((one) => one.hash === hash);
    if (sheet) return sheet;
  }
  return null;
}

function plainPage(title: string, body: string): string {
  return (
    `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">` +
    `<title>${title}</title></head><body><main><h1>${title}</h1>${body}</main>${reload}</body></html>`
  );
}
