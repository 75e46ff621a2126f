import { PublicError } from "../../errors.ts";
import type { Blog } from "../../hooks/values.ts";
import { cleanPath } from "../permalink.ts";

/** What somebody asks for: from a path of the blog to a path of it or an address elsewhere, for good (301) or for now (302). */
export type WantedRedirect = { readonly from: string; readonly to: string; readonly status: string };

/** The same, checked. `to` is a path of the blog, with its query and fragment, or an https address. */
export type CheckedRedirect = { readonly path: string; readonly target: string; readonly status: 301 | 302 };

/** Where a redirect of a blog may begin and end: the hosts that are the blog, and the paths that the server answers itself. */
export type RedirectRules = {
  readonly hosts: ReadonlySet<string>;
  isReserved(path: string): boolean;
};

// Answered before any page: robots, icons, files, well-known addresses and lists that always exist.
const ownPaths =
  /^\/(archive|categories|assets|media|healthz|readyz|metrics|\.well-known|caddy|robots\.txt|favicon\.ico|sitemap\.xml)(\/|$)|^\/[1-9]\d{3}(\/(0[1-9]|1[0-2]))?$/;

/** Checks one redirect by itself. PublicError 422 with a sentence that says what to write instead. */
export function checkedRedirect(blog: Blog, wanted: WantedRedirect, rules: RedirectRules): CheckedRedirect {
  const path = fromOf(wanted.from.trim(), rules);
  const status = wanted.status.trim() === "" ? "301" : wanted.status.trim();
  if (status !== "301" && status !== "302")
    throw new PublicError("redirect.status", "The kind is 301 (for good) or 302 (for now).", 422);
  const target = targetOf(blog, wanted.to.trim(), rules);
  if (pathOf(target) === path) throw new PublicError("redirect.same", "This would lead to itself.", 422);
  return { path, target, status: Number(status) as 301 | 302 };
}

/** The path part of a target on the blog itself, as paths are stored; null for an address elsewhere. */
export function pathOf(target: string): string | null {
  return target.startsWith("/") ? cleanPath(target.replace(/[?#].*$/s, "")) : null;
}

function fromOf(from: string, rules: RedirectRules): string {
  // Lists from other systems often name the whole old address.
  const url = /^https?:\/\//i.test(from) ? URL.parse(from) : null;
  if (url && !rules.hosts.has(url.hostname))
    throw new PublicError(
      "redirect.foreign",
      `${url.hostname} is not this blog; only its own addresses can lead elsewhere.`,
      422,
      {
        host: url.hostname,
      },
    );
  const given = url ? url.pathname + url.search : from;
  if (given.includes("?") || given.includes("#"))
    throw new PublicError("redirect.query", "What follows a ? or # is not looked at here; leave it out of the old address.", 422);
  if (given.includes("*"))
    throw new PublicError("redirect.pattern", "Each address is written by itself: * stands for nothing here.", 422);
  const path = cleanPath(given);
  if (path === null) throw new PublicError("redirect.from", "The old address begins with a slash, like /old-page.", 422);
  if (path === "/") throw new PublicError("redirect.home", "The start page cannot lead elsewhere.", 422);
  if (ownPaths.test(path) || rules.isReserved(path))
    throw new PublicError("redirect.reserved", `${path} is answered by the blog itself and cannot lead elsewhere.`, 422, {
      path,
    });
  return path;
}

function targetOf(blog: Blog, to: string, rules: RedirectRules): string {
  const wrong = new PublicError(
    "redirect.to",
    "The new address is a path like /new-page, or a whole address that begins with https://.",
    422,
  );
  if (to === "" || to.length > 2000 || /[\s\p{Cc}\\]/u.test(to)) throw wrong;
  if (to.startsWith("/")) {
    const url = URL.parse(to, blog.url);
    // `//host` is another site, and `/..//host` becomes one.
    if (to.startsWith("//") || !url || url.host !== new URL(blog.url).host || url.pathname.startsWith("//")) throw wrong;
    if (cleanPath(url.pathname) === null) throw wrong;
    return url.pathname + url.search + url.hash;
  }
  const url = URL.parse(to);
  if (!url || url.username !== "" || url.password !== "") throw wrong;
  // The blog's own address, however it is written, is a path: otherwise a circle over its domains would not be seen.
  if (rules.hosts.has(url.hostname) && /^https?:$/.test(url.protocol))
    return targetOf(blog, url.pathname + url.search + url.hash, rules);
  if (url.protocol !== "https:") throw wrong;
  return url.href;
}
