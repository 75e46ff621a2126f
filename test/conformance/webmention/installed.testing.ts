import { request } from "node:http";
import { existsSync } from "node:fs";
import { listBlogs } from "../../../core/blogs/blogs.ts";
import type { Blog, Draft, Post } from "../../../core/hooks/values.ts";
import { House } from "../../../core/house.ts";
import { accountById } from "../../../core/people/accounts.ts";
import { publish } from "../../../core/posts/publish.ts";
import { restore, trash } from "../../../core/posts/remove.ts";
import { createLog } from "../../../core/settings/log.ts";
import { readSettings } from "../../../core/settings/settings.ts";
import { run } from "../../bench/child.ts";
import { makeInstallation, rookery } from "../../bench/installation.ts";
import { startServer } from "../../journeys/server.ts";

type Teardown = { teardown(work: () => unknown): void };

/** Whether the plugin is there; without it its tests say so and skip. */
export const isThere = existsSync(new URL("../../../plugins/webmention/plugin.ts", import.meta.url));

/** A real server with a blog, and its publish door in this process: what is published here, the server's worker tells. */
export type Installed = {
  readonly port: number;
  readonly blogUrl: string;
  publish(draft: Draft): Promise<Post>;
  remove(post: Post): Promise<unknown>;
  /** Another blog of the same installation, as `name.localhost`. */
  addBlog(name: string): Promise<Pick<Installed, "publish" | "remove">>;
  restore(post: Post): Promise<unknown>;
  /** Rows of its database. */
  query(sql: string, values?: string[]): Promise<Record<string, unknown>[]>;
  /** Resolves when nothing is about to be told or looked at; what is put off for longer may wait. */
  settled(): Promise<void>;
};

/** Starts one that may reach this machine; nothing waits for Undo there. `host` is where its blog is found, an address of this machine. */
export async function install(
  t: Teardown,
  { host, isPrivateOpen = true }: { host?: string; isPrivateOpen?: boolean } = {},
): Promise<Installed> {
  const made = await makeInstallation();
  t.teardown(() => made.remove());
  const env = { ...made.env, ...(isPrivateOpen && { ROOKERY_PRIVATE_NETWORK: "allow" }), ROOKERY_HOST: "0.0.0.0" } as Record<
    string,
    string
  >;
  const settings = readSettings(env, { cwd: made.folder });
  const house = await House.open(settings, { log: createLog(settings) });
  t.teardown(() => house.close());
  await house.storage.write(async (db) => {
    await db.run(`UPDATE blogs SET settings = '{"undoSeconds":0}'`);
    if (host === undefined) return;
    await db.run("UPDATE blogs SET host = ?", [host]);
    await db.run("UPDATE blog_hosts SET host = ?", [host]);
  });
  await house.host.refresh();
  await startServer(t, { data: made.folder, port: made.port, env });
  const [first] = await listBlogs(house.storage, house.site, { limit: 1 });
  const owner = (await accountById(house.storage, first!.ownerId))!;
  const doors = (blog: Blog) => {
    const scope = () => house.scopeOf(owner, blog, "test");
    return {
      async publish(draft: Draft) {
        const outcome = await publish(await scope(), draft);
        if (!outcome.ok) throw new Error(outcome.refusal.refuse);
        return outcome.post;
      },
      remove: async (post: Post) => trash(await scope(), post.id),
      restore: async (post: Post) => restore(await scope(), post.id),
    };
  };
  return {
    port: made.port,
    blogUrl: first!.url,
    ...doors(first!),
    async addBlog(name) {
      await run(process.execPath, [rookery, "blog", "create", "--name", name, "--username", "kim", "--title", name], { env });
      await house.storage.write((db) => db.run(`UPDATE blogs SET settings = '{"undoSeconds":0}'`));
      const blogs = await listBlogs(house.storage, house.site, { limit: 10 });
      return doors(blogs.find(({ id }) => id !== first!.id)!);
    },
    query: (sql, values = []) => house.storage.query(sql, values),
    async settled() {
      const waiting =
        "SELECT id FROM jobs WHERE plugin_id = 'webmention' AND state IN ('waiting', 'running') AND run_at < ? LIMIT 1";
      await until(async () => (await house.storage.query(waiting, [new Date(Date.now() + 3_000).toISOString()])).length === 0);
    },
  };
}

/** Waits until something is so; throws after half a minute, or so many looks. */
export async function until(isSo: () => Promise<boolean> | boolean, looks = 600): Promise<void> {
  for (let tries = 0; tries < looks; tries++) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("It did not come to pass");
}

export type Answer = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly text: string };

/** Asks any server of this machine by an address as people see it; names under localhost are not looked up, redirects not followed. */
export function ask(url: string, form?: Record<string, string>): Promise<Answer> {
  const { hostname, port, pathname, search, host } = new URL(url);
  const body = form === undefined ? undefined : new URLSearchParams(form).toString();
  return new Promise((resolve, reject) => {
    const to = hostname.endsWith("localhost") ? "127.0.0.1" : hostname;
    const headers = {
      host,
      ...(body !== undefined && {
        "content-type": "application/x-www-form-urlencoded",
        "content-length": Buffer.byteLength(body),
      }),
    };
    const asked = request(
      { host: to, port, path: pathname + search, method: body === undefined ? "GET" : "POST", headers },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (piece: string) => (text += piece));
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers as Record<string, string>, text }),
        );
      },
    );
    asked.once("error", reject).end(body);
  });
}
