import type { Gone } from "../blogs/blogs.ts";
import type { Reply } from "../hooks/values.ts";
import { plainPage } from "./plain-page.ts";
import { webLanguage, webText, type Reader } from "./web-texts.ts";

/** What a host answers at which no blog is shown: 410 where one was suspended or deleted, 404 where there never was one. */
export function noSiteReply(reader: Reader, host: string, hubUrl: string, why: Gone["gone"] | null): Reply {
  const hub = new URL(hubUrl);
  const language = webLanguage(reader);
  const name = why === "suspended" ? "closed" : why === "deleted" ? "gone" : "no-site";
  return plainPage(why === null ? 404 : 410, {
    language,
    title: webText(language, `title.${name}`),
    text: webText(language, `text.${name}`, { host, hub: hub.host }),
    link: { href: hub.href, label: hub.host },
  });
}
