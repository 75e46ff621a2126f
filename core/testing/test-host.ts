import { mkdtempSync, rmSync } from "node:fs";
import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeBlogWithOwner } from "../blogs/blogs.ts";
import { addDomain, markVerified, useAsMain } from "../blogs/hosts.ts";
import type { Log } from "../hooks/scope.ts";
import type { Account, Blog, Draft, Interaction, Json, Post } from "../hooks/values.ts";
import type { Plugin } from "../host/manifest.ts";
import { House } from "../house.ts";
import { conversationOf } from "../interactions/read.ts";
import { runDue } from "../jobs/worker.ts";
import { createAccount } from "../people/accounts.ts";
import { publish } from "../posts/publish.ts";
import { trash } from "../posts/remove.ts";
import { readSettings } from "../settings/settings.ts";
import { makeWeb, workerOptions } from "../start.ts";
import type { Screen } from "../web/screen.types.ts";
import type { WebServer } from "../web/server.ts";
import { TestNetwork } from "./test-network.ts";

// A plugin with settings of its own is no Plugin<Fields>: its handlers take its own context.
type AnyPlugin = Pick<Plugin, "id" | "name" | "description" | "version" | "api">;
type Teardown = { teardown(work: () => unknown): void };

/** What a test wants of its installation. */
export type TestHostOptions = {
  /** Plugins under test, already enabled; `folder` is where their templates, assets and texts are. */
  readonly plugins?: readonly (AnyPlugin | { readonly plugin: AnyPlugin; readonly folder: string })[];
  readonly blogs?: readonly {
    readonly host: string;
    readonly title?: string;
    readonly language?: string;
    readonly timeZone?: string;
  }[];
  readonly now?: string;
  /** Opens this database instead of a SQLite of its own. */
  readonly databaseUrl?: string;
  /** Screens of the hub. */
  readonly screens?: (house: House) => readonly Screen[];
  /** Plugins are there but not switched on. */
  readonly isEnabled?: boolean;
};

/** An answer over HTTP. */
export type TestResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  json(): unknown;
};

/** A real installation in a folder of its own: real core, real HTTP, a clock moved by hand, a network that is scripted. */
export class TestHost {
  readonly house: House;
  readonly web: WebServer;
  readonly network: TestNetwork;
  readonly account: Account;
  readonly blog: Blog;
  readonly clock: { now(): Date; advance(by: Temporal.DurationLike): void };
  readonly port: number;
  readonly folder: string;
  readonly logged: { level: string; message: string }[];

  constructor(parts: Pick<TestHost, "house" | "web" | "network" | "account" | "blog" | "clock" | "port" | "folder" | "logged">) {
    this.house = parts.house;
    this.web = parts.web;
    this.network = parts.network;
    this.account = parts.account;
    this.blog = parts.blog;
    this.clock = parts.clock;
    this.port = parts.port;
    this.folder = parts.folder;
    this.logged = parts.logged;
  }

  /** A scope in which the owner acts on the blog. */
  scope(blog: Blog = this.blog) {
    return this.house.scopeOf(this.account, blog, "test");
  }

  /** Publishes through the publish door; throws the refusal's sentence. `text` is short for `content`. */
  async publish(draft: Draft & { text?: string; html?: string }, blog: Blog = this.blog): Promise<Post> {
    const { text, html, ...rest } = draft;
    const content = html ?? text ?? rest.content;
    const given: Draft = {
      ...rest,
      ...(content !== undefined && { content }),
      ...(html !== undefined && { format: "html" as const }),
    };
    const outcome = await publish(this.scope(blog), given);
    if (!outcome.ok) throw new Error(outcome.refusal.refuse);
    return outcome.post;
  }

  async remove(post: Post): Promise<void> {
    await trash(this.scope(), post.id);
  }

  /** Visible replies and mentions under a post. */
  conversation(post: Post): Promise<readonly Interaction[]> {
    return conversationOf(this.scope(), post.id);
  }

  /** A request to a blog (the first one unless told), over HTTP. A body of an object is sent as a form. */
  request(
    method: string,
    path: string,
    body?: Record<string, string> | string,
    options: { host?: string; headers?: Record<string, string> } = {},
  ): Promise<TestResponse> {
    const isForm = typeof body === "object";
    const payload = isForm ? new URLSearchParams(body).toString() : body;
    const type: Record<string, string> = isForm ? { "content-type": "application/x-www-form-urlencoded" } : {};
    const headers = { host: options.host ?? this.blog.host, ...type, ...options.headers };
    return send({ port: this.port, method, path, headers, ...(payload !== undefined && { payload }) });
  }

  get(path: string, headers: Record<string, string> = {}): Promise<TestResponse> {
    return this.request("GET", path, undefined, { headers });
  }

  /** Runs every job that is due now, and what those enqueue. */
  async runJobs(): Promise<number> {
    const options = workerOptions(this.house, new AbortController().signal);
    await options.schedules?.();
    return runDue(options);
  }

  /** Failures of plugins so far: id, part and sentence of the last one. */
  failures(): { plugin: string; part: string; error: string; times: number }[] {
    return [...this.house.host.guard.records]
      .filter(([, record]) => record.failures > 0)
      .map(([plugin, record]) => ({ plugin, part: record.lastPart, error: record.lastError, times: record.failures }));
  }

  /** Sets a plugin's setting for the blog. */
  async set(pluginId: string, values: Record<string, Json>): Promise<void> {
    const outcome = await this.house.host.set(pluginId, values, { blog: this.blog });
    if (!outcome.ok) throw new Error(Object.values(outcome.errors).join(" "));
  }
}

/** Opens a test installation with an owner “kim” and at least one blog; it goes away with the test. */
export async function createTestHost(t: Teardown, options: TestHostOptions = {}): Promise<TestHost> {
  const folder = mkdtempSync(join(tmpdir(), "rookery-host-"));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const port = await freePort();
  const env = {
    ROOKERY_DATA: folder,
    ROOKERY_URL: `http://hub.example:${port}`,
    ROOKERY_PORT: String(port),
    ...(options.databaseUrl && { DATABASE_URL: options.databaseUrl }),
  };
  const network = new TestNetwork();
  const logged: { level: string; message: string }[] = [];
  const clock = testClock(options.now ?? "2026-05-01T12:00:00.000Z");
  const plugins = (options.plugins ?? []).map((given, at) =>
    "plugin" in given ? given : { plugin: given, folder: join(folder, `given-${at}`) },
  );
  const house = await House.open(readSettings(env, { cwd: folder }), {
    log: collector(logged),
    clock,
    bundled: join(folder, "no-bundled-plugins"),
    plugins: plugins.map(({ plugin, folder: place }) => ({
      plugin: plugin as unknown as Plugin,
      folder: place,
      isBundled: true,
    })),
    fetch: network.fetch,
  });
  const web = makeWeb(house, options.screens?.(house) ?? []);
  t.teardown(async () => {
    await web.close();
    await house.close();
  });
  const kim = { username: "kim", name: "Kim", role: "admin", passwordHash: null } as const;
  const account = await house.storage.write((db) => createAccount(db, kim, clock.now()));
  const wanted = options.blogs ?? [{ host: "kim.example" }];
  const blogs = [];
  for (const one of wanted) blogs.push(await makeBlog(house, account.id, one));
  if (options.isEnabled !== false) for (const { plugin } of plugins) await house.host.enable(plugin.id);
  await web.listen(port, "127.0.0.1");
  return new TestHost({ house, web, network, account, blog: blogs[0]!, clock, port, folder, logged });
}

async function makeBlog(house: House, ownerId: string, wanted: NonNullable<TestHostOptions["blogs"]>[number]): Promise<Blog> {
  const { host, ...rest } = wanted;
  const now = house.clock.now();
  const { id } = await house.storage.write(async (db) => {
    const blog = await makeBlogWithOwner(db, { name: host.split(".")[0]!, title: "Kim", ...rest, ownerId }, house.site, now);
    if (blog.host !== host) {
      await addDomain(db, blog.id, host, { hub: house.site, now });
      await markVerified(db, blog.id, host);
      await useAsMain(db, blog.id, host, now);
    }
    return blog;
  });
  return (await house.blog(id))!;
}

function testClock(start: string) {
  let now = new Date(start);
  return {
    now: () => now,
    advance: (by: Temporal.DurationLike) => {
      now = new Date(Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO("UTC").add(by).epochMilliseconds);
    },
  };
}

function collector(logged: { level: string; message: string }[]): Log {
  const say = (level: string) => (message: string) => void logged.push({ level, message });
  return { debug: say("debug"), info: say("info"), warn: say("warn"), error: say("error") };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => probe.once("listening", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

type Outgoing = { port: number; method: string; path: string; headers: Record<string, string>; payload?: string };

function send({ port, method, path, headers, payload }: Outgoing): Promise<TestResponse> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: "127.0.0.1", port, method, path, headers, agent: false }, (response) => {
      const pieces: Buffer[] = [];
      response.on("data", (piece: Buffer) => pieces.push(piece));
      response.on("end", () => {
        const text = Buffer.concat(pieces).toString("utf8");
        resolve({
          status: response.statusCode!,
          headers: response.headers as Record<string, string>,
          text,
          json: () => JSON.parse(text) as unknown,
        });
      });
    });
    request.on("error", reject);
    request.end(payload);
  });
}
