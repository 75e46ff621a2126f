import type { Context } from "rookery/plugin";
import { hashOf, subscriptionId } from "./hashes.ts";

/** Somebody who is told when a topic changes. */
export type Subscription = {
  readonly id: string;
  readonly topic: string;
  readonly callback: string;
  readonly secret: string | null;
  readonly delivered: string | null;
  readonly failures: number;
};

type Store = Pick<Context, "tables" | "blog" | "clock" | "secrets">;

const columns = "id, topic, callback, secret, delivered, failures";
const all = "FROM p_websub_subscriptions WHERE blog_id = ?";

/** The subscription of that id while its lease lasts; null otherwise. */
export async function subscriptionOf(store: Store, id: string): Promise<Subscription | null> {
  const [row] = await store.tables.query<Subscription>(`SELECT ${columns} ${all} AND id = ? AND expires_at > ?`, [
    store.blog.id,
    id,
    stamp(store),
  ]);
  return row ?? null;
}

/** Subscriptions to a topic in the order of their ids, those whose lease lasts. */
export async function subscriptionsTo(
  store: Store,
  topicId: string,
  page: { after: string; limit: number },
): Promise<Subscription[]> {
  return store.tables.query<Subscription>(
    `SELECT ${columns} ${all} AND topic_id = ? AND id > ? AND expires_at > ? ORDER BY id LIMIT ${page.limit}`,
    [store.blog.id, topicId, page.after, stamp(store)],
  );
}

/** The topics of the blog that anybody is subscribed to. */
export async function topicsWanted(store: Store): Promise<string[]> {
  const sql = `SELECT DISTINCT topic_id, topic ${all} AND expires_at > ?`;
  return (await store.tables.query<{ topic: string }>(sql, [store.blog.id, stamp(store)])).map(({ topic }) => topic);
}

/** Keeps a confirmed subscription; one that is there gets the new lease and secret, and its old secret is forgotten. */
export async function keep(
  store: Store,
  wish: { topic: string; callback: string; secret: string | null; lease: number },
): Promise<void> {
  const { topic, callback, secret, lease } = wish;
  const id = subscriptionId(topic, callback);
  const [before] = await store.tables.query<{ secret: string | null }>(`SELECT secret ${all} AND id = ?`, [store.blog.id, id]);
  const expiresAt = new Date(store.clock.now().getTime() + lease * 1000).toISOString();
  if (before) {
    await store.tables.run("UPDATE p_websub_subscriptions SET secret = ?, expires_at = ?, failures = 0 WHERE id = ?", [
      secret,
      expiresAt,
      id,
    ]);
    if (before.secret && before.secret !== secret) await store.secrets.forget(before.secret);
    return;
  }
  await store.tables.run(
    `INSERT INTO p_websub_subscriptions (id, blog_id, topic_id, topic, callback, secret, expires_at, delivered, failures, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, NULL, 0, ?)`,
    [id, store.blog.id, hashOf(topic), topic, callback, secret, expiresAt, stamp(store)],
  );
}

/** Ends a subscription and forgets its secret. */
export async function end(store: Store, { id, secret }: Pick<Subscription, "id" | "secret">): Promise<void> {
  await store.tables.run("DELETE FROM p_websub_subscriptions WHERE id = ?", [id]);
  if (secret) await store.secrets.forget(secret);
}

/** Notes that a body arrived, or that it did not. */
export async function note(store: Store, id: string, arrived: string | null): Promise<void> {
  if (arrived)
    await store.tables.run("UPDATE p_websub_subscriptions SET delivered = ?, failures = 0 WHERE id = ?", [arrived, id]);
  else await store.tables.run("UPDATE p_websub_subscriptions SET failures = failures + 1 WHERE id = ?", [id]);
}

/** Some subscriptions of the blog whose lease is over. */
export async function over(store: Store, limit: number): Promise<Pick<Subscription, "id" | "secret">[]> {
  return store.tables.query(`SELECT id, secret ${all} AND expires_at <= ? ORDER BY expires_at LIMIT ${limit}`, [
    store.blog.id,
    stamp(store),
  ]);
}

const stamp = ({ clock }: Pick<Context, "clock">): string => clock.now().toISOString();
