import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { request } from "node:http";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Json } from "../../core/hooks/values.ts";
import { markSound } from "../../core/host/crash-recovery.ts";
import { openCollection } from "../../core/host/collections.ts";
import { connectTyped } from "../../core/host/connections/connect-typed.ts";
import { beginConnection, finishConnection } from "../../core/host/connections/connect.ts";
import { listTargets } from "../../core/host/targets/list-targets.ts";
import { House } from "../../core/house.ts";
import { readSettings } from "../../core/settings/settings.ts";
import { install, start, type Running } from "./installation.ts";

type Teardown = { teardown(work: () => unknown): void };

const place = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const services = ["crosspost", "crosspost-mastodon", "crosspost-bluesky"];
const silent = () => undefined;

/** Whether the plugins are there that this is about. */
export const isThere = services.every((id) => existsSync(place(`plugins/${id}/plugin.ts`)));

// Publishes over HTTP like an app, so that the test sees every answer; keys make it safe to ask again after a kill.
const desk = `import { definePlugin } from "rookery/plugin";
export default definePlugin({
  id: "desk", name: "Desk", description: "Publishes what a test says.", version: "1.0.0", api: 1,
  capabilities: ["posts:read", "posts:write", "media:write"],
  routes: [{
    method: "POST", path: "/desk", on: "blog", access: "public", body: "json", limit: 1_000_000, timeout: { seconds: 60 },
    async run({ json, context }) {
      const { remove, photo, ...draft } = (await json()) as any;
      if (remove) await context.posts.remove(remove);
      if (remove) return { status: 200, json: {} };
      if (photo) {
        const { url } = await context.media.store({ bytes: Buffer.from(photo, "base64"), name: "heron.jpg" });
        draft.photos = [{ url, alt: "A heron" }];
      }
      const made = await context.posts.publish(draft);
      return made.ok ? { status: 200, json: { id: made.post.id } } : { status: 422, json: { said: made.refusal.refuse } };
    },
  }],
});
`;

/** A fake service in a process of its own. */
export type Fake = { readonly url: string; ask(path: string): Promise<Json> };

/** A blog with an account on both services, each a process of its own, and the hands to move their common clock. */
export type Copying = {
  readonly house: House;
  readonly mastodon: Fake;
  readonly bluesky: Fake;
  /** `plugin/account`, of Mastodon and Bluesky. */
  readonly targets: readonly string[];
  readonly port: number;
  start(): Promise<void>;
  kill(): Promise<void>;
  /** Moves the clock of the server and of both services. */
  jump(minutes: number): Promise<void>;
  /** Has copies change and go with their posts from now on, as their owner may wish. */
  follow(): Promise<void>;
  /** Whether the service of a target can change a copy. */
  canEdit(target: string): boolean;
  /** Connects both accounts, again if they are. */
  connect(): Promise<void>;
  /** Posts JSON to the desk; null when nobody answered. */
  say(json: object): Promise<{ status: number; text: string } | null>;
  get(path: string): Promise<{ status: number; text: string }>;
};

/** Makes all that, on a database of its own. */
export async function openCopying(t: Teardown, databaseUrl: string): Promise<Copying> {
  const [mastodon, bluesky] = [
    await startFake(t, "mastodon", { processing: 1, accounts: ["kim"], requests: 3000 }),
    await startFake(t, "bluesky", { accounts: ["kim.test"] }),
  ];
  const installation = await install(
    t,
    { desk },
    { DATABASE_URL: databaseUrl, ROOKERY_PRIVATE_NETWORK: "allow", ROOKERY_TRUST_PROXY: "127.0.0.1" },
  );
  const { blog, env, folder } = installation;
  let ahead = 0;
  let running: Running | undefined;
  const log = { debug: silent, info: silent, warn: silent, error: silent };
  const clock = { now: () => new Date(Date.now() + ahead) };
  const house = await House.open(readSettings(env, { cwd: folder }), { log, clock });
  t.teardown(() => house.close());
  for (const id of ["feeds", ...services]) await house.host.enable(id);
  // Kills follow each other quickly: no plugin is to be paused for it.
  await markSound(house.storage, [...house.host.current.plugins.keys()], clock.now());

  const principal = { accountId: blog.ownerId, role: "admin", scopes: null } as const;
  const scope = () => house.scope({ blog, via: "test", principal });
  const parts = { host: house.host, secrets: house.secrets };
  const connectBluesky = async () => {
    const typed = { handle: "kim.test", password: "abcd-efgh-ijkl-mnop", server: bluesky.url.replace("127.0.0.1", "localhost") };
    await connectTyped(parts, scope(), { pluginId: "crosspost-bluesky", setting: "accounts", blog }, typed);
  };
  const connectMastodon = async () => {
    const wanted = { pluginId: "crosspost-mastodon", setting: "accounts", blog, session: "s" };
    const url = await beginConnection(parts, scope(), wanted, { server: mastodon.url });
    const { headers } = await fetch(url, { redirect: "manual" });
    const query = new URL(headers.get("location")!).searchParams;
    const { outcome } = await finishConnection(parts, scope(), { session: "s", query }, async () => blog);
    if (!outcome.ok) throw outcome.refusal;
  };
  // What is to go wrong at the services goes wrong here too: a person would come back later.
  const connect = async () => {
    for (const once of [connectBluesky, connectMastodon])
      for (let tries = 1; ; tries++)
        try {
          await once();
          break;
        } catch (error) {
          if (tries === 20) throw error;
          await jump(2);
        }
  };
  const jump = async (minutes: number) => {
    ahead += minutes * 60_000;
    await Promise.all([mastodon, bluesky].map((fake) => fake.ask(`/__clock?ahead=${ahead}`)));
    if (running?.child.connected) running.child.send(ahead);
  };
  await connect();
  const found = await listTargets(scope());
  const targets = ["mastodon", "bluesky"].map((name) => found.find(({ uid }) => uid.includes(`crosspost-${name}/`))!.uid);

  const follow = async () => {
    const place = { pluginId: "crosspost", blogId: blog.id, collection: "targets", indexes: [] };
    for (const target of targets)
      await openCollection(house.storage, clock, place).put(target.slice("crosspost/".length), { edits: true, deletes: true });
  };

  let asks = 0;
  const send = (method: string, path: string, body = "") =>
    new Promise<{ status: number; text: string }>((resolve, reject) => {
      // Each from another address: nobody publishes so much so quickly.
      const from = `10.0.${asks >> 8}.${asks++ & 255}`;
      const headers = { host: blog.host, "content-type": "application/json", "x-forwarded-for": from };
      const asked = request({ host: "127.0.0.1", port: running!.port, method, path, headers, agent: false }, (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (piece: string) => (text += piece));
        answer.on("end", () => resolve({ status: answer.statusCode!, text })).on("error", reject);
      });
      asked.on("error", reject).end(body);
    });
  return {
    house,
    mastodon,
    bluesky,
    targets,
    get port() {
      return running!.port;
    },
    async start() {
      const now = { ...installation, env: { ...env, MOVED_CLOCK: String(ahead) } };
      running = await start(t, now, place("test/faults/moved-clock.ts"));
    },
    async kill() {
      running!.child.kill("SIGKILL");
      await running!.ended;
    },
    jump,
    follow,
    canEdit: (target) => found.find(({ uid }) => uid === target)?.limits.edit === true,
    connect,
    say: (json) => send("POST", "/desk", JSON.stringify(json)).catch(() => null),
    get: (path) => send("GET", path),
  };
}

async function startFake(t: Teardown, name: string, options: object): Promise<Fake> {
  const child = spawn(process.execPath, [place("test/fakes/start.ts"), name, JSON.stringify(options)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  t.teardown(() => child.kill("SIGKILL"));
  for await (const url of createInterface({ input: child.stdout }))
    return { url, ask: async (path) => (await (await fetch(url + path)).json()) as Json };
  throw new Error(`The fake ${name} did not start`);
}
