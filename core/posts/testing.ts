import type { ExecutionContext } from "ava";
import { noTaps } from "../hooks/no-taps.ts";
import type { Scope, Taps } from "../hooks/scope.ts";
import type { Blog } from "../hooks/values.ts";
import type { Dialect } from "../storage/columns.ts";
import { openTestStorage } from "../storage/testing.ts";

const silent = () => undefined;

/** A scope on a fresh database with one blog, a clock moved by hand, and the taps a test wants. */
export async function testScope(
  t: ExecutionContext,
  options: { dialect?: Dialect; taps?: Partial<Taps>; timeZone?: string } = {},
) {
  const storage = await openTestStorage(t, options.dialect);
  let now = new Date("2026-05-01T12:00:00.000Z");
  const touched: string[] = [];
  const blog: Blog = {
    id: "01JBLOG0000000000000000000",
    host: "kim.example",
    url: "https://kim.example/",
    title: "Kim",
    description: "",
    language: "en",
    timeZone: options.timeZone ?? "UTC",
    theme: "perch",
    ownerId: "01JKIM00000000000000000000",
    settings: {},
    createdAt: now.toISOString(),
  };
  const scope: Scope = {
    storage,
    taps: { ...noTaps, ...options.taps },
    clock: { now: () => now },
    log: { debug: silent, info: silent, warn: silent, error: silent },
    site: { url: "https://hub.example", version: "0" },
    blog,
    principal: { accountId: blog.ownerId, role: "member", scopes: null },
    via: "web",
    address: "",
    requestId: "test",
    touch: async (_db, blogId) => void touched.push(blogId),
  };
  return { scope, storage, blog, touched, setNow: (moment: string) => (now = new Date(moment)) };
}
