import { siteSettingsOf } from "../blogs/site-settings.ts";
import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Reply } from "../hooks/values.ts";
import { servedMedia, type ServedFile } from "../media/served.ts";
import type { MediaStore } from "../media/store.ts";
import type { Generation } from "../host/generation.ts";
import type { Route } from "../host/manifest.ts";
import { allowOf, preflight } from "../host/route-replies.ts";
import { runRoute, type RouteCall } from "../host/run-route.ts";
import { everywhere, mediaHeaders } from "./headers.ts";
import type { StreamReply } from "./reply.ts";
import { chosenScheme } from "./chosen-scheme.ts";
import { schemePath } from "../render/functions/scheme-switch.ts";

/** What a blog's host answers from. */
export type BlogSiteParts = {
  readonly media: MediaStore;
  /** The render door: a page of the blog in its theme. */
  renderPage(
    scope: Scope,
    request: { path: string; query: URLSearchParams; cookie?: string },
  ): Promise<Reply & { readonly isCacheable?: boolean }>;
  /** A theme's or plugin's style sheet, script or picture under `/assets/`; null when there is none. */
  asset(scope: Scope, path: string, query: URLSearchParams): Promise<Reply | null>;
  /** Whether readers of the blog choose its colour scheme themselves. */
  isSchemeReaders(scope: Scope): boolean;
};

/** A request to a blog's host, parsed as far as every answer needs it. */
export type BlogRequest = RouteCall & { readonly range: string | undefined };

/** Answers a request to a blog: files, plugins' addresses, then the theme's pages. */
export async function answerBlog(scope: Scope, parts: BlogSiteParts, request: BlogRequest): Promise<Reply | StreamReply> {
  const { method, path } = request;
  const isRead = method === "GET" || method === "HEAD";
  if (isRead && path.startsWith("/media/")) return mediaReply(scope, parts, request);
  if (isRead && path.startsWith("/assets/")) return (await parts.asset(scope, path, request.query)) ?? missingFile();
  if (isRead && path === "/robots.txt") return robots(scope);
  if (isRead && path === "/favicon.ico")
    return { status: 204, headers: { ...everywhere, "cache-control": "public, max-age=86400" } };

  if (method === "POST" && path === schemePath && parts.isSchemeReaders(scope)) return chosenScheme(scope, request);

  const generation = scope.taps as Generation;
  const isActive = (plugin: { id: string }) => generation.isActive(plugin.id, scope.blog);
  const match = generation.routes.match("blog", method, path, isActive as never);
  if (match) return runRoute(scope, generation, match, request);
  const { cookie } = request.headers;
  const asked = { path, query: request.query, ...(cookie !== undefined && { cookie }) };
  const page = isRead ? await parts.renderPage(scope, asked) : null;
  if (page && page.status !== 404) return page;
  const known = generation.routes.at("blog", path, isActive as never);
  if (page && known.length === 0) return page;
  // Whoever posts to where there is nothing, such as an endpoint that was switched off, is told so.
  const there = method === "POST" && known.length === 0 ? await parts.renderPage(scope, asked) : null;
  if (there?.status === 404) return there;
  const open = method === "OPTIONS" ? preflight(known, request.headers["access-control-request-headers"]) : null;
  if (open) return open;
  const allow = allowOf(known) || "GET, HEAD";
  return { status: 405, text: `This address takes ${allow} only.`, headers: { ...everywhere, allow } };
}

/** The plugin's route that would answer a request to a blog. */
export function blogRouteOf(scope: Scope, method: string, path: string): Route | undefined {
  const generation = scope.taps as Generation;
  return generation.routes.match("blog", method, path, (plugin) => generation.isActive(plugin.id, scope.blog))?.route;
}

async function mediaReply(scope: Scope, parts: BlogSiteParts, request: BlogRequest): Promise<Reply | StreamReply> {
  const name = request.path.slice("/media/".length);
  const file = /^[a-z0-9/.-]{1,80}$/.test(name) ? await servedMedia(scope, name) : null;
  if (!file) return missingFile();
  const headers: Record<string, string> = {
    ...mediaHeaders,
    ...keepingOf(file, request.query.get("v")),
    "content-type": file.type,
    "accept-ranges": "bytes",
    etag: `"${file.validator}"`,
  };
  if (!/^(image|audio|video)\//.test(file.type)) headers["content-disposition"] = "attachment";
  if (request.headers["if-none-match"] === headers.etag) return { status: 304, headers };
  // The rest of a file that was replaced meanwhile would not fit its beginning.
  const isSame = [undefined, headers.etag].includes(request.headers["if-range"]);
  const range = request.range === undefined || !isSame ? null : rangeOf(request.range, file.bytes);
  if (range === "unsatisfiable")
    return {
      status: 416,
      text: "This part of the file does not exist.",
      headers: { ...everywhere, "content-range": `bytes */${file.bytes}` },
    };
  const stream = await parts.media.read(file.stored, range ?? undefined);
  if (!stream) return missingFile();
  if (!range) return { status: 200, headers: { ...headers, "content-length": String(file.bytes) }, stream };
  const length = String(range.until - range.from + 1);
  return {
    status: 206,
    headers: { ...headers, "content-range": `bytes ${range.from}-${range.until}/${file.bytes}`, "content-length": length },
    stream,
  };
}

// What can be replaced is asked for again after five minutes; pages name it with its revision, and then it is kept for good.
function keepingOf(file: ServedFile, asked: string | null): Record<string, string> {
  if (file.keeps === "until-made") return { "cache-control": "no-cache" };
  if (file.keeps === "always" || file.validator.endsWith(`.${asked}`)) return {};
  return { "cache-control": "public, max-age=300, must-revalidate" };
}

/** One byte range of a file (RFC 9110 §14); null when the header asks for nothing we give, so the whole file is sent. */
export function rangeOf(header: string, bytes: number): { from: number; until: number } | "unsatisfiable" | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header.trim());
  if (!match || (match[1] === "" && match[2] === "")) return null;
  if (match[1] === "")
    return Number(match[2]) === 0 ? "unsatisfiable" : { from: Math.max(0, bytes - Number(match[2])), until: bytes - 1 };
  const from = Number(match[1]);
  const until = match[2] === "" ? bytes - 1 : Math.min(Number(match[2]), bytes - 1);
  return from >= bytes || from > until ? "unsatisfiable" : { from, until };
}

async function robots(scope: Scope): Promise<Reply> {
  // Said by the blog itself, whatever plugins would like to add.
  if (siteSettingsOf(blogOf(scope)).hideFromSearch)
    return { status: 200, text: "User-agent: *\nDisallow: /\n", headers: everywhere, cache: true };
  const lines = await scope.taps.collect(scope, "robots.lines", {});
  const own = lines.flatMap((line) => line.split("\n")).filter((line) => /^[A-Za-z-]+: \S/.test(line));
  return { status: 200, text: ["User-agent: *", "Allow: /", ...own, ""].join("\n"), headers: everywhere, cache: true };
}

const missingFile = (): Reply => ({ status: 404, text: "There is no such file.", headers: everywhere });
