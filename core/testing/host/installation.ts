import type { HookName, ValueOf } from "../../hooks/catalogue.ts";
import type { Connection } from "../../hooks/fields.ts";
import type { Account, Blog, Draft, Interaction, Json, Post } from "../../hooks/values.ts";
import { listTargets } from "../../host/targets/list-targets.ts";
import type { House } from "../../house.ts";
import { conversationOf } from "../../interactions/read.ts";
import { listJobs } from "../../jobs/list-jobs.ts";
import { runDue } from "../../jobs/worker.ts";
import { mailFolder } from "../../net/mail-transport.ts";
import { createAppToken } from "../../people/app-tokens.ts";
import { keptMails } from "../../people/mail/mail-folder.ts";
import { publish } from "../../posts/publish.ts";
import { postById } from "../../posts/read.ts";
import { trash, undoPublish } from "../../posts/remove.ts";
import { workerOptions } from "../../start.ts";
import type { WebServer } from "../../web/server.ts";
import type { ToldFact } from "./told-fact.ts";
import { people } from "../fixtures.ts";
import { send, type TestRequest, type TestResponse } from "./outgoing.ts";
import { keptOf } from "./kept.ts";
import { slotMarkup } from "./slot-markup.ts";
import { signedIn, type TestVisitor } from "./test-visitor.ts";
import { addPerson } from "./populate.ts";
import type { TestClock } from "../test-clock.ts";
import type { TestNetwork } from "../test-network.ts";

/** What a test publishes; `text` is short for `content`, `html` for content that is HTML already. */
export type TestDraft = Draft & { text?: string; html?: string };

/** A real installation in a folder of its own: real core, real HTTP, a clock moved by hand, a network that is scripted. */
export class TestHost {
  readonly house: House;
  readonly web: WebServer;
  readonly network: TestNetwork;
  /** Kim, who owns the installation and the first blog. */
  readonly account: Account;
  readonly blog: Blog;
  /** All blogs, in the order they were asked for. */
  readonly blogs: readonly Blog[];
  readonly clock: TestClock;
  readonly port: number;
  readonly folder: string;
  readonly logged: readonly { level: string; message: string }[];
  readonly #facts: readonly ToldFact[];

  constructor(
    parts: Pick<TestHost, "house" | "web" | "network" | "account" | "blogs" | "clock" | "port" | "folder" | "logged"> & {
      facts: readonly ToldFact[];
    },
  ) {
    this.house = parts.house;
    this.web = parts.web;
    this.network = parts.network;
    this.account = parts.account;
    this.blogs = parts.blogs;
    this.blog = parts.blogs[0]!;
    this.clock = parts.clock;
    this.port = parts.port;
    this.folder = parts.folder;
    this.logged = parts.logged;
    this.#facts = parts.facts;
  }

  /** A scope in which an account (kim unless told) acts on a blog (the first unless told). */
  scope(blog: Blog = this.blog, account: Account = this.account) {
    return this.house.scopeOf(account, blog, "test");
  }

  /** The account of somebody (`lee`), made on the first asking, with the given role on the installation. */
  person(username: string, role?: Account["role"]): Promise<Account> {
    const known = (people as Readonly<Record<string, { name: string; role: Account["role"] }>>)[username];
    return addPerson(this.house, { username, name: known?.name ?? username, role: role ?? known?.role ?? "member" });
  }

  /** Somebody signed in on the hub, by account or name: cookies and the forms' word are taken care of. */
  async as(who: Account | string = this.account): Promise<TestVisitor> {
    return signedIn(this.house, typeof who === "string" ? await this.person(who) : who, this.port);
  }

  /** Publishes through the publish door; throws the refusal's sentence. */
  async publish(draft: TestDraft, blog: Blog = this.blog, account: Account = this.account): Promise<Post> {
    const { text, html, ...rest } = draft;
    const content = html ?? text ?? rest.content;
    const given: Draft = {
      ...rest,
      ...(content !== undefined && { content }),
      ...(html !== undefined && { format: "html" as const }),
    };
    const outcome = await publish(this.scope(blog, account), given);
    if (!outcome.ok) throw new Error(outcome.refusal.refuse);
    return outcome.post;
  }

  /** Changes a post, as saving it again does. */
  edit(post: Post, changes: Omit<TestDraft, "id">): Promise<Post> {
    return this.publish({ ...changes, id: post.id }, this.#blogOf(post));
  }

  /** Into the trash. */
  async remove(post: Post): Promise<void> {
    await trash(this.scope(this.#blogOf(post)), post.id);
  }

  /** Takes a post back that was published a moment ago; throws when the time for it is over. */
  async undoPublish(post: Post): Promise<Post> {
    const undone = await undoPublish(this.scope(this.#blogOf(post)), post.id, post.version);
    if (undone === null || undone === "late") throw new Error("The time for Undo is over.");
    return undone;
  }

  /** The post as it is stored now; null when it is gone. */
  stored(post: Pick<Post, "id" | "blogId">): Promise<Post | null> {
    return postById(this.scope(this.#blogOf(post)), post.id);
  }

  /** Visible replies and mentions under a post. */
  conversation(post: Post): Promise<readonly Interaction[]> {
    return conversationOf(this.scope(this.#blogOf(post)), post.id);
  }

  /** A request over HTTP to a blog (the first one unless told) or the hub (`host: "hub.example"`). A body of an object is sent as a form. */
  request(wanted: TestRequest): Promise<TestResponse>;
  request(
    method: string,
    path: string,
    body?: Record<string, string> | string,
    options?: { host?: string; headers?: Record<string, string> },
  ): Promise<TestResponse>;
  request(
    wanted: TestRequest | string,
    path = "/",
    body?: Record<string, string> | string,
    options: { host?: string; headers?: Record<string, string> } = {},
  ): Promise<TestResponse> {
    const asked: TestRequest =
      typeof wanted === "object"
        ? wanted
        : {
            method: wanted,
            path,
            ...options,
            ...(typeof body === "object" && { form: body }),
            ...(typeof body === "string" && { body }),
          };
    return send(this.port, { ...asked, host: asked.host ?? this.blog.host });
  }

  get(path: string, headers: Record<string, string> = {}): Promise<TestResponse> {
    return this.request({ path, headers });
  }

  /** Sends a form to the first blog. */
  post(path: string, form: NonNullable<TestRequest["form"]>): Promise<TestResponse> {
    return this.request({ method: "POST", path, form });
  }

  /** Runs every job and schedule that is due now, and what those enqueue; gives how many tries that were. See `deadJobs`. */
  async runJobs(): Promise<number> {
    const options = workerOptions(this.house, new AbortController().signal);
    await options.schedules?.();
    return runDue(options);
  }

  /** Jobs that used up their tries or ended for good, the latest first: whose, which, why. */
  async deadJobs(): Promise<{ plugin: string; name: string; error: string }[]> {
    const { jobs } = await listJobs(this.house.storage, { state: "dead", limit: 100 });
    return jobs.map(({ pluginId, name, lastError }) => ({ plugin: pluginId, name, error: lastError }));
  }

  /** Where copies of posts can go from the blog: the ids that drafts choose (`plugin/account`), and whose they are. */
  async targets(blog: Blog = this.blog): Promise<{ id: string; service: string; account: string }[]> {
    const found = await listTargets(this.scope(blog));
    return found.map(({ uid, service, account }) => ({ id: uid, service, account }));
  }

  /** What plugins print into a slot of the home page, or about a post; an error when a template cannot be drawn. */
  render(slot: string, post?: Post): Promise<string> {
    return slotMarkup(this.house, this.scope(post && this.#blogOf(post)), slot, post);
  }

  /** How often each fact was told so far; with a name, the values it was told with, in order. */
  events(): Readonly<Record<string, number>>;
  events<N extends HookName>(name: N): readonly ValueOf<N>[];
  events(name?: string): unknown {
    if (name !== undefined) return this.#facts.filter((fact) => fact.name === name).map((fact) => fact.value);
    const counts: Record<string, number> = {};
    for (const fact of this.#facts) counts[fact.name] = (counts[fact.name] ?? 0) + 1;
    return counts;
  }

  /** Failures of plugins so far: id, part and sentence of the last one. */
  failures(): { plugin: string; part: string; error: string; times: number }[] {
    return [...this.house.host.guard.records]
      .filter(([, record]) => record.failures > 0)
      .map(([plugin, record]) => ({ plugin, part: record.lastPart, error: record.lastError, times: record.failures }));
  }

  /** Mails that were sent so far, the earliest first; run the jobs before. */
  async mails(): Promise<{ to: string; subject: string; text: string }[]> {
    const { mails } = await keptMails(mailFolder(this.house.settings.dataFolder), { limit: 1000 });
    return mails.map(({ to, subject, text }) => ({ to, subject, text })).toReversed();
  }

  /** What plugins give for the archive of somebody's data (kim's unless told), or of a blog: texts by their names, `<plugin>/<file>`. */
  kept(account: Account = this.account, of: { language?: string; blog?: Blog } = {}): Promise<Record<string, string>> {
    return keptOf(this.house, account, of);
  }

  /** Sets a plugin's setting for the blog (the first unless told); throws what the form would say. */
  async set(pluginId: string, values: Record<string, Json>, blog: Blog = this.blog): Promise<void> {
    const outcome = await this.house.host.set(pluginId, values, { blog });
    if (!outcome.ok) throw new Error(Object.values(outcome.errors).join(" "));
  }

  /** Connects a setting of type `oauth`, as if somebody had come back from the service; null disconnects it. */
  async connect(pluginId: string, setting: string, connection: Connection<Json> | null, blog: Blog = this.blog): Promise<void> {
    await this.house.host.connect(pluginId, setting, connection, { blog });
  }

  /** A key of an app, for the Authorization header; of kim on the first blog unless told. */
  async token(wanted: { scopes: readonly string[]; account?: Account; blog?: Blog | null }): Promise<string> {
    const { scopes, account = this.account, blog = this.blog } = wanted;
    const asked = { accountId: account.id, blogId: blog?.id ?? null, name: "Test", scopes };
    return (await this.house.storage.write((db) => createAppToken(db, asked, this.clock.now()))).token;
  }

  #blogOf({ blogId }: Pick<Post, "blogId">): Blog {
    return this.blogs.find((blog) => blog.id === blogId) ?? this.blog;
  }
}
