import { xmlAttribute, xmlText } from "rookery/plugin";
import type { Thread, ThreadEntry } from "../api.ts";
import type { Own } from "../own.ts";

const stylesheet = "/embed/conversation.css";

/** A conversation as a small page for frames of other sites; it needs no script and asks nobody but this installation for its looks. */
export function embedPage({ t, images }: Pick<Own, "t" | "images">, thread: Thread): string {
  const { post, page, replies } = thread;
  const { language } = post;
  const say = (key: string) => xmlText(t(key, {}, language));
  const dir = /^(?:ar|fa|he|ur)\b/.test(language) ? "rtl" : "ltr";
  const depths = depthsOf(thread);
  const entries = replies.map((one) => entryOf(one, { language, images, depth: depths.get(one.number) ?? 0 })).join("");
  const list = entries === "" ? `<p>${say("embed.none")}</p>` : `<ol>${entries}</ol>`;
  const title = post.title === "" ? say("embed.title") : xmlText(t("embed.title-of", { title: post.title }, language));
  return (
    `<!doctype html><html lang="${xmlAttribute(language)}" dir="${dir}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
    `<meta name="robots" content="noindex"><meta name="color-scheme" content="light dark"><base target="_top"><title>${title}</title><link rel="stylesheet" href="${stylesheet}"></head>` +
    `<body><main><h1>${title}</h1>${list}<p><a href="${xmlAttribute(page)}">${say("embed.answer")}</a></p></main></body></html>`
  );
}

/** The same for programs. */
export const embedJson = ({ post, page, replies }: Thread) => ({ ...post, conversation: page, replies });

/** What the page looks like. */
export const embedStyles = `:root{color-scheme:light dark}
body{margin:0;font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere;background:light-dark(#fff,#15171a);color:light-dark(#1c1d1f,#eceae4)}
a{color:light-dark(#1f5fbf,#8ab4ff)}
main{padding:.5rem}
h1{font-size:1rem}
ol{list-style:none;margin:0;padding:0}
li{margin-block:1rem}
li[class]{border-inline-start:2px solid;padding-inline-start:.75rem}
.d2{margin-inline-start:.75rem}
.d3{margin-inline-start:1.5rem}
img{border-radius:50%;vertical-align:middle}
p{margin-block:.25rem}
`;

function entryOf(
  { number, author, at, url, html }: ThreadEntry,
  { language, images, depth }: { language: string; images: Own["images"]; depth: number },
): string {
  const name = `<bdi>${xmlText(author.name)}</bdi>`;
  const face = images.face(author.avatar);
  const picture = face === "" ? "" : `<img src="${xmlAttribute(face)}" alt="" width="24" height="24" loading="lazy"> `;
  const who = author.url === "" ? name : `<a href="${xmlAttribute(author.url)}" rel="nofollow ugc noopener">${name}</a>`;
  const said = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" }).format(
    new Date(at),
  );
  return (
    `<li id="r${number}"${depth > 0 ? ` class="d${Math.min(depth, 3)}"` : ""}><article><p>${picture}${who} · <a href="${xmlAttribute(url)}" rel="nofollow ugc noopener">` +
    `<time datetime="${xmlAttribute(at)}">${xmlText(said)}</time></a></p><div dir="auto">${images.inHtml(html)}</div></article></li>`
  );
}

function depthsOf({ post, replies }: Thread): ReadonlyMap<number, number> {
  const depths = new Map<number, number>([[post.number, -1]]);
  // The oldest come first, so what is answered is mostly known already.
  for (const { number, replyTo } of replies) depths.set(number, (depths.get(replyTo) ?? -1) + 1);
  return depths;
}
