import { join } from "node:path";
import type { Log } from "../hooks/scope.ts";
import type { Account } from "../hooks/values.ts";
import type { Plugin } from "../host/manifest.ts";
import { House } from "../house.ts";
import { createAccount } from "../people/accounts.ts";
import { readSettings } from "../settings/settings.ts";
import { makeWeb } from "../start.ts";
import { copyReadyDatabase } from "../storage/ready-sqlite.testing.ts";
import { testFolderOf } from "../storage/test-folder.testing.ts";
import type { ScreenSet } from "../web/screen.types.ts";
import { people } from "./fixtures.ts";
import { freePort } from "./free-port.ts";
import { addBlog, addPerson, type TestBlog } from "./host/populate.ts";
import { dashboardOf } from "./host/dashboard.ts";
import { TestHost } from "./host/installation.ts";
import type { ToldFact } from "./host/told-fact.ts";
import { TestClock } from "./test-clock.ts";
import { TestNetwork } from "./test-network.ts";
export { TestHost } from "./host/installation.ts";
export type { TestResponse } from "./host/outgoing.ts";

// A plugin with settings of its own is no Plugin<Fields>: its handlers take its own context.
type AnyPlugin = Pick<Plugin, "id" | "name" | "description" | "version" | "api">;
type Teardown = { teardown(work: () => unknown): void };

/** What a test wants of its installation. */
export type TestHostOptions = {
  /** Plugins under test, already enabled; `folder` is where their templates, assets and texts are. */
  readonly plugins?: readonly (AnyPlugin | { readonly plugin: AnyPlugin; readonly folder: string })[];
  readonly blogs?: readonly TestBlog[];
  readonly now?: string;
  /** Opens this database instead of a SQLite of its own. */
  readonly databaseUrl?: string;
  /** Screens of the hub. */
  readonly screens?: (house: House) => ScreenSet;
  /** With the whole dashboard, and in it the screens of plugins. */
  readonly dashboard?: boolean;
  /** Plugins are there but not switched on. */
  readonly isEnabled?: boolean;
  /** Requests that the network was not told of fail, but not the test. */
  readonly allowUnexpected?: boolean;
};

/** Opens a test installation with an owner “kim” and at least one blog; it goes away with the test. */
export async function createTestHost(t: Teardown, options: TestHostOptions = {}): Promise<TestHost> {
  const folder = testFolderOf(t, "host");
  if (!options.databaseUrl) await copyReadyDatabase(join(folder, "rookery.db"));
  const port = await freePort();
  const env = {
    ROOKERY_DATA: folder,
    ROOKERY_URL: `http://hub.example:${port}`,
    ROOKERY_PORT: String(port),
    ...(options.databaseUrl && { DATABASE_URL: options.databaseUrl }),
  };
  const clock = new TestClock(options.now ?? "2026-05-01T12:00:00.000Z");
  const network = new TestNetwork(clock);
  network.isLenient = options.allowUnexpected ?? false;
  // The core's daily look at the blogs' domains, which lead nowhere in a test.
  network.on("GET http*/.well-known/rookery-verification/*", { fails: "unreachable" });
  const logged: { level: string; message: string }[] = [];
  const facts: ToldFact[] = [];
  const plugins = (options.plugins ?? []).map((given, at) =>
    "plugin" in given ? given : { plugin: given, folder: join(folder, `given-${at}`) },
  );
  const house = await House.open(readSettings(env, { cwd: folder }), {
    log: collector(logged),
    clock,
    isDurable: false,
    bundled: join(folder, "no-bundled-plugins"),
    plugins: plugins.map(({ plugin, folder: place }) => ({
      plugin: plugin as unknown as Plugin,
      folder: place,
      isBundled: true,
    })),
    fetch: network.fetch,
    records: { addresses: async () => [], aliases: async () => [], texts: async () => [] },
    onEvent: (name, value, blog) => void facts.push({ name, value, blogId: blog?.id ?? null }),
  });
  const web = makeWeb(house, options.dashboard ? await dashboardOf(house) : (options.screens?.(house) ?? []));
  t.teardown(async () => {
    await web.close();
    await house.close();
  });
  t.teardown(() => {
    if (!network.isLenient && network.unexpected.length > 0)
      throw new Error(`Requests that the test's network was not told of: ${network.unexpected.join(", ")}`);
  });
  const kim = { ...people.kim, passwordHash: null };
  const account = await house.storage.write((db) => createAccount(db, kim, clock.now()));
  const blogs = [];
  const person = async (username: string): Promise<Account> =>
    username === "kim" ? account : addPerson(house, { name: username, role: "member", ...knownAs(username), username });
  for (const one of options.blogs ?? [{ host: "kim.example" }]) blogs.push(await addBlog(house, one, person));
  if (options.isEnabled !== false) for (const { plugin } of plugins) await house.host.enable(plugin.id);
  await web.listen(port, "127.0.0.1");
  return new TestHost({ house, web, network, account, blogs, clock, port, folder, logged, facts });
}

const knownAs = (username: string) => (Object.hasOwn(people, username) ? people[username as keyof typeof people] : {});

function collector(logged: { level: string; message: string }[]): Log {
  const say = (level: string) => (message: string) => void logged.push({ level, message });
  return { debug: say("debug"), info: say("info"), warn: say("warn"), error: say("error") };
}
