import { plainText, type Reply } from "rookery/plugin";
import { answer, done, missing } from "../wire/answers.ts";
import { dated } from "../wire/dates.ts";
import { textOf } from "../wire/input.ts";
import type { Call } from "../wire/route.ts";
import { blogAmong } from "./own-blogs.ts";

/** `GET /account/info/domains`: the blogs somebody writes on. */
export async function domains({ context, need }: Call): Promise<Reply> {
  const { account } = need("read");
  const blogs = (await context.identity.blogsOf(account.id)).map(({ blog }) => blog);
  const numbers = await context.numbers.of(blogs.map(({ id }) => id));
  return answer(
    blogs.map(({ id, host, url, createdAt }) => ({
      id: numbers.get(id) ?? 0,
      guid: id,
      hostname: host,
      cname: host,
      url,
      status: "active",
      has_cname: true,
      is_paid: true,
      is_expired: false,
      ssl_status: "ready",
      created_at: dated(createdAt),
    })),
  );
}

const longest = 300;

/** `POST /account/posts/:host/summarize`: the first sentences of a text. No machine writes here. */
export async function summarize({ context, input, params, need }: Call): Promise<Reply> {
  const { account } = need("read");
  const blog = await blogAmong(context, account.id, params.host ?? "");
  if (!blog) throw missing("You write on no such blog.");
  const key = [account.id, blog.id];
  const summary = beginning(plainText(textOf(input, "text")));
  await context.tables.run("DELETE FROM p_client_api_summaries WHERE account_id = ? AND blog_id = ?", key);
  await context.tables
    .run("INSERT INTO p_client_api_summaries (account_id, blog_id, summary) VALUES (?, ?, ?)", [...key, summary])
    .catch(() => undefined);
  return done();
}

/** `GET` of the same address: what came of it. */
export async function summary({ context, params, need }: Call): Promise<Reply> {
  const { account } = need("read");
  const blog = await blogAmong(context, account.id, params.host ?? "");
  if (!blog) throw missing("You write on no such blog.");
  const [row] = await context.tables.query("SELECT summary FROM p_client_api_summaries WHERE account_id = ? AND blog_id = ?", [
    account.id,
    blog.id,
  ]);
  return answer({ latest: { summary: String(row?.summary ?? "") } });
}

function beginning(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  if (line.length <= longest) return line;
  const cut = line.slice(0, longest).toWellFormed();
  const end = cut.lastIndexOf(". ");
  return end > 80 ? cut.slice(0, end + 1) : `${cut.slice(0, cut.lastIndexOf(" "))}…`;
}
