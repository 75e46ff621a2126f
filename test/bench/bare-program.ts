import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { DatabaseSync } from "node:sqlite";
import { answerQuestions } from "./child.ts";
import { samplePost, sampleTime } from "./sample-posts.ts";

// The yardstick for uncached pages and publishing: what somebody would write in an hour who needs exactly one page. It makes
// the same page as Perch, line by line; what stands around the posts is given, as a constant would be.
const { file, frame } = JSON.parse(process.argv[2]!) as { file: string; frame: { head: string; foot: string; url: string } };
const db = new DatabaseSync(file);
db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -8000");
db.exec(`CREATE TABLE posts (id INTEGER PRIMARY KEY, path TEXT, title TEXT, source TEXT, html TEXT, published_at TEXT);
CREATE INDEX posts_by_time ON posts (published_at, id);
CREATE TABLE revisions (id INTEGER PRIMARY KEY, post_id INTEGER, source TEXT, created_at TEXT);
CREATE TABLE post_categories (post_id INTEGER, name TEXT, PRIMARY KEY (post_id, name)) WITHOUT ROWID;`);
const newest = db.prepare("SELECT id, path, title, html, published_at FROM posts ORDER BY published_at DESC, id DESC LIMIT 20");
const categories = db.prepare("SELECT post_id, name FROM post_categories WHERE post_id >= ? AND post_id <= ?");
const addPost = db.prepare("INSERT INTO posts (path, title, source, html, published_at) VALUES (?, ?, ?, ?, ?)");
const addRevision = db.prepare("INSERT INTO revisions (post_id, source, created_at) VALUES (?, ?, ?)");
const addCategory = db.prepare("INSERT INTO post_categories (post_id, name) VALUES (?, ?)");

type Row = { id: number; path: string; title: string; html: string; published_at: string };

const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const dayFormat = new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "UTC" });
const timeFormat = new Intl.DateTimeFormat("en", { timeStyle: "short", timeZone: "UTC" });
const momentFormat = new Intl.DateTimeFormat("en", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });

function homePage(): string {
  const rows = newest.all() as Row[];
  const ids = rows.map((row) => row.id);
  const links = categories.all(Math.min(...ids), Math.max(...ids)) as { post_id: number; name: string }[];
  const byPost = Map.groupBy(links, (link) => link.post_id);
  let page = frame.head;
  let day = "";
  for (const row of rows) {
    const at = new Date(row.published_at);
    const its = dayFormat.format(at);
    if (its !== day) page += `<p class="day"><time datetime="${row.published_at.slice(0, 10)}">${its}</time></p>\n`;
    day = its;
    page += article(row, at, byPost.get(row.id) ?? []);
  }
  return page + frame.foot;
}

function article(row: Row, at: Date, links: readonly { name: string }[]): string {
  const url = escaped(frame.url + row.path);
  const heading = row.title === "" ? "" : `<h2 class="p-name"><a href="${url}">${escaped(row.title)}</a></h2>\n`;
  const time = row.title === "" ? ` title="${momentFormat.format(at)}">${timeFormat.format(at)}` : `>${dayFormat.format(at)}`;
  const tags = links.map(
    ({ name }) =>
      `<a class="p-category" rel="tag" href="${frame.url}/categories/${encodeURIComponent(name.replace(" ", "-"))}">${escaped(name)}</a>`,
  );
  return (
    `<article class="h-entry ${row.title === "" ? "note" : "titled"}">\n${heading}\n<div class="e-content">${row.html}</div>\n\n\n` +
    `<footer class="rk-meta">\n<a class="u-url u-uid" href="${url}"><time class="dt-published" datetime="${row.published_at}"${time}</time></a> ` +
    `<span class="p-author h-card" hidden><a class="p-name u-url" href="${frame.url}/">kim</a></span> ${tags.join(" ")}\n\n</footer>\n\n</article>\n`
  );
}

function add(post: { title?: string; content: string; publishedAt?: string; categories?: readonly string[] }): void {
  const at = post.publishedAt ?? new Date().toISOString();
  const html = post.content
    .split("\n\n")
    .map((text) => `<p>${withLinks(escaped(text))}</p>\n`)
    .join("");
  const { lastInsertRowid: id } = addPost.run(
    `/${at.slice(0, 10).replaceAll("-", "/")}/${slugOf(post.title || post.content)}`,
    post.title ?? "",
    post.content,
    html,
    at,
  );
  addRevision.run(id, post.content, at);
  for (const name of post.categories ?? []) addCategory.run(id, name);
}

// As much Markdown as the sample posts have.
function withLinks(text: string): string {
  return text.replace(/\[([^\]]*)\]\(([^)]*)\)/g, '<a href="$2">$1</a>').replace(/\*([^*]+)\*/g, "<em>$1</em>");
}

function slugOf(text: string): string {
  return text
    .toLowerCase()
    .split(/[^a-z0-9]+/, 6)
    .join("-");
}

function inTransaction(work: () => void): void {
  db.exec("BEGIN IMMEDIATE");
  work();
  db.exec("COMMIT");
}

function send(response: ServerResponse, text: string): void {
  const body = Buffer.from(text);
  response.writeHead(200, { "content-type": "text/html; charset=utf-8", "content-length": body.byteLength });
  response.end(body);
}

const server = createServer((_request, response) => send(response, homePage()));
server.listen(0, "127.0.0.1", () =>
  answerQuestions<{ seed: [number, number] } | { publish: string }>((server.address() as AddressInfo).port, (question) => {
    if ("publish" in question) inTransaction(() => add({ content: question.publish }));
    else {
      const now = new Date();
      const [from, until] = question.seed;
      inTransaction(() => {
        for (let at = from; at < until; at++) add(samplePost(at, sampleTime(at, 100_000, now)));
      });
    }
    return null;
  }),
);
