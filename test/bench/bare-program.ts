import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { DatabaseSync } from "node:sqlite";
import { answerQuestions } from "./child.ts";
import { samplePost, sampleTime } from "./sample-posts.ts";

// The yardstick for uncached pages and publishing: what somebody would write in an hour who needs exactly one page. Its pages
// are filled up to the length of ours, so that both send about the same.
const { file, frame } = JSON.parse(process.argv[2]!) as { file: string; frame: { head: string; perPost: number } };
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

function homePage(): string {
  const rows = newest.all() as Row[];
  const ids = rows.map((row) => row.id);
  const links = categories.all(Math.min(...ids), Math.max(...ids)) as { post_id: number; name: string }[];
  const byPost = Map.groupBy(links, (link) => link.post_id);
  let page = frame.head;
  for (const row of rows) {
    const article =
      `<article class="h-entry"><h2 class="p-name"><a class="u-url" href="${escaped(row.path)}">${escaped(row.title)}</a></h2>` +
      `<div class="e-content">${row.html}</div><time class="dt-published" datetime="${row.published_at}">${new Date(row.published_at).toDateString()}</time>` +
      (byPost.get(row.id) ?? [])
        .map(({ name }) => `<a class="p-category" href="/categories/${escaped(name)}">${escaped(name)}</a>`)
        .join("");
    page += `${article.padEnd(frame.perPost)}</article>`;
  }
  return `${page}</main></body></html>`;
}

function add(post: { title?: string; content: string; publishedAt?: string; categories?: readonly string[] }): void {
  const at = post.publishedAt ?? new Date().toISOString();
  const html = `<p>${escaped(post.content)}</p>`;
  const { lastInsertRowid: id } = addPost.run(`/${at}`, post.title ?? "", post.content, html, at);
  addRevision.run(id, post.content, at);
  for (const name of post.categories ?? []) addCategory.run(id, name);
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
