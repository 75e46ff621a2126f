import type { PublicError } from "../errors.ts";
import type { Reply } from "../hooks/values.ts";
import { plainPage } from "./plain-page.ts";
import { errorText, webLanguage, webText, webTextIfAny, type Reader } from "./web-texts.ts";

/** The page that tells somebody of an error, in their language. On the hub it leads to the start page, or to the sign-in. */
export function problemPage(reader: Reader, error: PublicError, isOnHub = false): Reply {
  const language = webLanguage(reader);
  const title = webTextIfAny(language, `title.${error.status}`, {}) ?? webText(language, "title.4xx");
  const [href, key] = error.status === 401 ? ["/signin", "link.sign-in"] : ["/", "link.start"];
  const link = isOnHub ? { link: { href, label: webText(language, key) } } : {};
  const page = plainPage(error.status, { language, title, text: errorText(language, error), ...link });
  return error.status === 429 ? { ...page, headers: { ...page.headers, "retry-after": String(error.values.wait ?? 60) } } : page;
}

/** The page for what is our own fault (500) or the database's that is away (503); `requestId` is its name in the log. */
export function troublePage(reader: Reader, status: 500 | 503, requestId: string): Reply {
  const language = webLanguage(reader);
  const words = { title: webText(language, `title.${status}`), text: webText(language, `text.${status}`, { id: requestId }) };
  const page = plainPage(status, { language, ...words });
  return status === 503 ? { ...page, headers: { ...page.headers, "retry-after": "5" } } : page;
}
