import type { Context, Json } from "rookery/plugin";
import { end, over, subscriptionsTo } from "./subscriptions.ts";
import { renderTopic } from "./topic.ts";
import { deny } from "./verify.ts";

const batch = 20;

/** Tells the subscribers of a feed that is gone, or stands elsewhere now, that nothing more will come, and forgets them. */
export async function tellOfEnd(context: Context, data: Json): Promise<void> {
  const { topic: id } = data as { topic: string };
  const subscriptions = await subscriptionsTo(context, id, { after: "", limit: batch });
  const topic = subscriptions[0]?.topic;
  // It may be back by now.
  if (topic !== undefined && (await renderTopic(context, topic))) return;
  for (const one of subscriptions) await end(context, one);
  await Promise.all(
    subscriptions.map((one) => deny(context, one, "This feed is gone; look on the blog for the one that is there now.")),
  );
  if (subscriptions.length === batch) return context.enqueue("gone", { topic: id }, { key: `gone ${id}` });
  await context.tables.run("DELETE FROM p_websub_topics WHERE id = ?", [id]);
}

/** Forgets subscriptions whose lease is over, and feeds that nobody wants to be told of any more. */
export async function endLeases(context: Context): Promise<void> {
  for (let found = await over(context, 200); found.length > 0; found = await over(context, 200))
    for (const one of found) await end(context, one);
  await context.tables.run(
    `DELETE FROM p_websub_topics WHERE blog_id = ? AND id NOT IN (SELECT topic_id FROM p_websub_subscriptions WHERE blog_id = ?)`,
    [context.blog.id, context.blog.id],
  );
}
