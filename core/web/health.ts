import type { IncomingMessage } from "node:http";
import { statfs } from "node:fs/promises";
import type { Reply } from "../hooks/values.ts";
import type { MediaStore } from "../media/store.ts";
import type { Storage } from "../storage/storage.ts";

/** What monitoring looks at. */
export type HealthParts = {
  readonly storage: Storage;
  readonly media: MediaStore;
  readonly dataFolder: string;
  /** Seconds the oldest due job has been waiting. */
  queueLag(): Promise<number>;
  /** Throws when the queue's own engine (Redis) does not answer. */
  checkQueue(): Promise<void>;
  /** Whether a bearer token may read the metrics. */
  mayReadMetrics(token: string): Promise<boolean>;
  metrics(): Promise<string>;
};

const paths: readonly string[] = ["/healthz", "/readyz", "/metrics"];
const plain = { "cache-control": "no-store" } as const;

/** Answers `/healthz`, `/readyz` and `/metrics` on any host; null for every other path. */
export async function healthReply(parts: HealthParts, request: IncomingMessage, isDraining: boolean): Promise<Reply | null> {
  const path = request.url?.split("?")[0] ?? "";
  if (!paths.includes(path)) return null;
  if (request.method !== "GET" && request.method !== "HEAD")
    return { status: 405, text: "This address takes GET, HEAD only.\n", headers: { ...plain, allow: "GET, HEAD" } };
  if (path === "/healthz") return { status: 200, text: "ok\n", headers: plain };
  if (path === "/readyz") return readiness(parts, isDraining);
  const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? "")?.[1];
  const isAllowed = token !== undefined && (await parts.mayReadMetrics(token));
  if (!isAllowed)
    return {
      status: 401,
      text: "Send an admin's app token with the scope metrics as Bearer.\n",
      headers: { ...plain, "www-authenticate": "Bearer" },
    };
  return {
    status: 200,
    text: await parts.metrics(),
    headers: { ...plain, "content-type": "text/plain; version=0.0.4; charset=utf-8" },
  };
}

async function readiness(parts: HealthParts, isDraining: boolean): Promise<Reply> {
  const checks: Record<string, () => Promise<boolean>> = {
    // A write that changes nothing: it takes the lock, and fails where nothing can be written.
    database: async () =>
      (await parts.storage.write((db) => db.run("UPDATE versions SET number = number WHERE scope = '-'"))) === 0,
    media: async () => (await parts.media.check(), true),
    queue: async () => (await parts.checkQueue(), true),
    disk: async () => {
      const disk = await statfs(parts.dataFolder);
      return disk.bavail * disk.bsize > 200_000_000;
    },
  };
  const failing: string[] = isDraining ? ["stopping"] : [];
  for (const [name, check] of Object.entries(checks)) if (!(await answers(check))) failing.push(name);
  const text = failing.length === 0 ? "ready\n" : `not ready: ${failing.join(", ")}\n`;
  return { status: failing.length === 0 ? 200 : 503, text, headers: plain };
}

// Monitoring wants an answer soon: whatever has not answered within two seconds counts as away.
async function answers(check: () => Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), 2_000)));
  try {
    return await Promise.race([check().catch(() => false), late]);
  } finally {
    clearTimeout(timer);
  }
}
