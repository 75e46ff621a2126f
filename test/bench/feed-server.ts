import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { answerQuestions } from "./child.ts";

/** Feeds are served in rounds: in later ones of three feeds one says that it is unchanged, one is sent again as it was, one has news. */
export type FeedServerQuestion = { readonly ask: "round"; readonly round: number };

const words = "Herons stood in the water below the weir, and nobody came by for an hour or two. ".repeat(5);
const start = Date.UTC(2026, 0, 1);
let round = 0;
let asked = 0;

const itemOf = (feed: number, at: number) =>
  `<item><guid isPermaLink="false">${feed}-${at}</guid><link>http://f${feed}.localhost/${at}</link><pubDate>${new Date(start + at * 86_400_000).toUTCString()}</pubDate><description>&lt;p&gt;Day ${at}. ${words}&lt;/p&gt;&lt;p&gt;&lt;a href="/${at - 1}"&gt;The day before&lt;/a&gt;&lt;/p&gt;</description></item>`;

/** A feed of 20 items, about 12 KB. */
function feedOf(feed: number, newest: number): string {
  const items = Array.from({ length: 20 }, (_, at) => itemOf(feed, newest - at)).join("");
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Feed ${feed}</title><link>http://f${feed}.localhost/</link>${items}</channel></rss>`;
}

const server = createServer((request, response) => {
  asked++;
  const feed = Number(/^f(\d+)\./.exec(request.headers.host ?? "")?.[1] ?? 0);
  const kind = round === 0 ? 2 : feed % 3;
  if (kind === 0 && request.headers["if-none-match"]) return void response.writeHead(304).end();
  const body = feedOf(feed, 60 + (kind === 2 ? round : 0));
  response.writeHead(200, { "content-type": "application/rss+xml", ...(feed % 3 === 0 && { etag: '"a"' }) }).end(body);
});
server.listen(0, "127.0.0.1", () =>
  answerQuestions<FeedServerQuestion>((server.address() as AddressInfo).port, (question) => {
    round = question.round;
    return asked;
  }),
);
