import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Reply } from "../hooks/values.ts";
import type { RouteCall } from "../host/run-route.ts";
import { everywhere } from "./headers.ts";

const year = 365 * 24 * 60 * 60;

/** Remembers the colour scheme that a reader chose in a cookie of the blog's host, and leads back to the page they came from. */
export async function chosenScheme(scope: Scope, request: RouteCall): Promise<Reply> {
  const form = new URLSearchParams(Buffer.from(await request.body(4096)).toString("utf8"));
  const scheme = form.get("scheme");
  const secure = blogOf(scope).url.startsWith("https:") ? "; Secure" : "";
  const isOwn = scheme === "light" || scheme === "dark";
  const cookie = `scheme=${isOwn ? scheme : "auto"}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${isOwn ? year : 0}${secure}`;
  const headers = { ...everywhere, "set-cookie": cookie, "cache-control": "no-store" };
  return { status: 303, redirect: ownPath(form.get("back")), headers };
}

// Only a path of this blog: the form must not lead anybody elsewhere.
function ownPath(back: string | null): string {
  return back !== null && back.length <= 1000 && /^\/(?![/\\])[\x21-\x7e]*$/.test(back) && !back.includes("\\") ? back : "/";
}
