import type { Gone } from "../blogs/blogs.ts";
import type { Reply } from "../hooks/values.ts";
import { plainPage } from "./plain-page.ts";

/** What a host answers at which no blog is shown: 410 where one was suspended or deleted, 404 where there never was one. */
export function noSiteReply(host: string, hubUrl: string, why: Gone["gone"] | null): Reply {
  const hub = new URL(hubUrl);
  const link = { href: hub.href, label: hub.host };
  if (why === "suspended")
    return plainPage(410, "This blog is closed", `The people who run ${hub.host} have closed the blog at ${host}.`, link);
  if (why === "deleted") return plainPage(410, "This blog is gone", `The blog at ${host} was deleted by whoever wrote it.`, link);
  const text = `No blog has the address ${host}. This server is Rookery at ${hub.host}; if this name should lead to a blog, add it there as the blog's domain.`;
  return plainPage(404, "There is no site here", text, link);
}
