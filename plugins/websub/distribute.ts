import type { Context } from "rookery/plugin";
import { hashOf } from "./hashes.ts";
import { topicsWanted } from "./subscriptions.ts";
import { renderTopic, type Rendered } from "./topic.ts";

/** Makes every feed that somebody wants to be told of once, and starts sending those that changed. */
export async function distribute(context: Context): Promise<void> {
  for (const topic of await topicsWanted(context)) {
    const rendered = await renderTopic(context, topic);
    const id = hashOf(topic);
    if (!rendered) {
      await context.enqueue("gone", { topic: id }, { key: `gone ${id}` });
      continue;
    }
    const hash = hashOf(`${rendered.type}\n${rendered.body}`);
    const [before] = await context.tables.query("SELECT announced FROM p_websub_topics WHERE id = ?", [id]);
    if (before?.announced === hash) continue;
    await store(context, topic, rendered, hash);
    // The hash in the key: a part of the sending of an older version must not take the place of this one's beginning.
    await context.enqueue("send", { topic: id, hash, after: "" }, { key: `send ${id} ${hash}` });
    await context.tables.run("UPDATE p_websub_topics SET announced = ? WHERE id = ?", [hash, id]);
  }
}

async function store(context: Context, topic: string, { type, body }: Rendered, hash: string): Promise<void> {
  const { tables, blog, clock } = context;
  const id = hashOf(topic);
  const now = clock.now().toISOString();
  const [there] = await tables.query("SELECT id FROM p_websub_topics WHERE id = ?", [id]);
  if (there)
    await tables.run("UPDATE p_websub_topics SET type = ?, body = ?, hash = ?, updated_at = ? WHERE id = ?", [
      type,
      body,
      hash,
      now,
      id,
    ]);
  else
    await tables.run(
      "INSERT INTO p_websub_topics (id, blog_id, topic, type, body, hash, announced, updated_at) VALUES (?, ?, ?, ?, ?, ?, NULL, ?)",
      [id, blog.id, topic, type, body, hash, now],
    );
}
