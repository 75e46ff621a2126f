import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { coreMigrations } from "../migrations/index.ts";
import { blogById, listBlogs, siteByHost } from "./blogs/blogs.ts";
import { OwnOrigins } from "./blogs/own-origins.ts";
import { changedSince, touch } from "./blogs/versions.ts";
import { systemClock, type Clock } from "./clock.ts";
import type { Log, Principal, Scope } from "./hooks/scope.ts";
import type { Account, Blog } from "./hooks/values.ts";
import { Catalogues } from "./host/catalogues.ts";
import { pauseSuspects } from "./host/crash-recovery.ts";
import type { Generation, OnEvent } from "./host/generation.ts";
import type { HostServices } from "./host/host-services.ts";
import { bundledPlugins, type LoadedPlugin } from "./host/load-plugins.ts";
import { PluginHost } from "./host/plugin-host.ts";
import { renderPlugins } from "./host/render-plugins.ts";
import type { ScopeFor } from "./house.types.ts";
import { ulid } from "./ids.ts";
import { Queue } from "./jobs/queue.ts";
import { fittedPicture } from "./media/fitted.ts";
import { ForeignImages } from "./media/foreign/foreign-images.ts";
import { ForeignPictures } from "./media/foreign/foreign-pictures.ts";
import { foreignFolder, KeptPictures } from "./media/foreign/kept-pictures.ts";
import { findMedia, removeMedia, storeMedia } from "./media/library.ts";
import { mediaLimitsOf } from "./media/size-limits.ts";
import { PartialUploads } from "./media/resumable.ts";
import { openMediaStore } from "./media/open-store.ts";
import { reducedPicture } from "./media/reduced.ts";
import type { MediaStore } from "./media/store.ts";
import { domainRecords, type DomainRecords } from "./net/domain-records.ts";
import { createGuardedFetch } from "./net/guarded-fetch.ts";
import { plainMailLater } from "./people/mail/plain-mail.ts";
import { eraseSecrets, openSecret, SecretBox, sealSecret } from "./people/secret-box.ts";
import { secretOfDatabase } from "./people/secret-mark.ts";
import { drawPluginTemplate } from "./render/plugin-template.ts";
import { renderPage } from "./render/render-page.ts";
import { Themes } from "./render/themes/themes.ts";
import { recordTrouble } from "./render/troubles/troubles.ts";
import { coreTables } from "./schema.ts";
import type { Settings } from "./settings/settings.ts";
import { databaseTrouble } from "./storage/database-trouble.ts";
import { migrate } from "./storage/migrate.ts";
import { Storage } from "./storage/storage.ts";
import { Freshness } from "./web/freshness.ts";
import { Sites } from "./web/sites.ts";

/** How a house is opened. */
export type HouseOptions = {
  readonly log: Log;
  readonly clock?: Clock;
  /** Folder of bundled plugins, and plugins given as objects; tests bring their own. */
  readonly bundled?: string;
  readonly plugins?: readonly LoadedPlugin[];
  /** Folder of bundled themes. */
  readonly themes?: string;
  /** Left alone, or brought up to date, or refused when it is not up to date. */
  readonly schema?: "migrate" | "check";
  readonly fetch?: HostServices["fetch"];
  /** What name servers say of domains; tests bring their own. */
  readonly records?: DomainRecords;
  /** The last starts ended in a crash: plugins that are not known to be sound are paused. */
  readonly isAfterCrash?: boolean;
  /** False for databases of tests, which need not outlive a power cut. */
  readonly isDurable?: boolean;
  /** Hears of every fact as plugins are told of it. */
  readonly onEvent?: OnEvent;
};

/** The version of this program. */
export const version = (JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string })
  .version;

const bundledThemes = fileURLToPath(new URL("../themes/", import.meta.url));

const nobody: Principal = { accountId: null, role: "nobody", scopes: null };

/** The opened installation: everything a server, a worker or one command works with. Nothing in it is global. */
export class House {
  readonly settings: Settings;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly log: Log;
  readonly queue: Queue;
  readonly media: MediaStore;
  readonly own: OwnOrigins;
  /** Addresses here of pictures of other sites, and the pictures. */
  readonly images: ForeignImages;
  readonly pictures: ForeignPictures;
  readonly sites: Sites;
  readonly freshness: Freshness;
  readonly host: PluginHost;
  readonly themes: Themes;
  readonly site: { readonly url: string; readonly version: string };
  readonly secrets: SecretBox;
  readonly fetch: HostServices["fetch"];
  readonly records: DomainRecords;
  readonly catalogues = new Catalogues();

  private constructor(settings: Settings, storage: Storage, options: HouseOptions, secret: string) {
    this.settings = settings;
    this.storage = storage;
    this.clock = options.clock ?? systemClock;
    this.log = options.log;
    this.site = { url: settings.url, version };
    this.queue = new Queue({ storage, clock: this.clock });
    this.media = openMediaStore(settings);
    this.secrets = new SecretBox(secret);
    this.fetch = options.fetch ?? this.#guardedFetch();
    this.own = new OwnOrigins(storage, this.site);
    this.images = new ForeignImages(secret, this.own);
    this.pictures = new ForeignPictures({
      fetch: (url, init) => this.fetch(url, init as never),
      kept: new KeptPictures(foreignFolder(settings.dataFolder), () => this.clock.now()),
      now: () => this.clock.now(),
      log: this.log,
    });
    this.records = options.records ?? domainRecords(settings.dns ? [settings.dns] : undefined);
    this.sites = new Sites((host) => siteByHost(storage, host, this.site));
    this.freshness = new Freshness(storage, {
      changes: (since) => changedSince(storage, since),
      onChange: (scope) => this.#changedElsewhere(scope),
    });
    storage.onCommit(() => this.freshness.stale());
    this.host = new PluginHost({
      bundled: options.bundled ?? bundledPlugins,
      installed: join(settings.dataFolder, "plugins"),
      ...(options.plugins && { given: options.plugins }),
      isSafeMode: settings.safeMode,
      clock: this.clock,
      log: this.log,
      services: this.#hostServices(),
      scopeOn: (generation, blog) => this.#scopeOn(generation, { blog, via: "host" }),
      blogs: () => listBlogs(storage, this.site, { limit: 1000 }),
      smokeTest: (candidate) => this.#smokeTest(candidate),
      ...(options.onEvent && { onEvent: options.onEvent }),
      ...(options.schema && { schema: options.schema }),
    });
    this.themes = new Themes({
      bundled: options.themes ?? bundledThemes,
      installed: join(settings.dataFolder, "themes"),
      face: (url) => this.images.face(url),
      plugins: renderPlugins((...asked) => this.#translate(...asked)),
      onNotice: (scope, notice) => recordTrouble(scope, this, notice),
    });
    this.themes.facts.follow(() => this.freshness.isFresh());
  }

  /** Opens the database, brings its schema up to date (or refuses), and loads the plugins. */
  static async open(settings: Settings, options: HouseOptions): Promise<House> {
    const storage = await openStorage(settings, options);
    try {
      if (options.schema !== "check") await migrate(storage);
      const secret = await secretOfDatabase(storage, settings, (options.clock ?? systemClock).now());
      const house = new House(settings, storage, options, secret);
      if (options.isAfterCrash) await pauseSuspects(storage, house.log, house.clock.now(), house.host.bundledIds());
      await house.freshness.look();
      await house.own.load();
      await house.host.refresh();
      return house;
    } catch (error) {
      await storage.close();
      throw error;
    }
  }

  /** A scope on the generation that is current now. */
  scope(wanted: ScopeFor): Scope {
    return this.#scopeOn(this.host.current, wanted);
  }

  /** A scope for what an account does on a blog. */
  scopeOf(account: Account, blog: Blog | null, via: string): Scope {
    return this.scope({ blog, via, principal: { accountId: account.id, role: account.role, scopes: null } });
  }

  blog(id: string): Promise<Blog | null> {
    return blogById(this.storage, id, this.site);
  }

  /** Looks whether another process changed something, unless that was done a moment ago. */
  async refreshIfStale(): Promise<void> {
    if (!this.freshness.isFresh()) await this.freshness.look();
  }

  async close(): Promise<void> {
    await this.storage.close();
  }

  #scopeOn(generation: Generation, wanted: ScopeFor): Scope {
    return {
      storage: this.storage,
      taps: generation,
      clock: this.clock,
      log: this.log,
      site: this.site,
      blog: wanted.blog ?? null,
      principal: wanted.principal ?? nobody,
      via: wanted.via,
      address: wanted.address ?? "",
      requestId: wanted.requestId ?? ulid(),
      touch: async (db, scope) => {
        await touch(db, scope);
        const [row] = await db.query("SELECT number FROM versions WHERE scope = ?", [scope]);
        db.afterCommit(() => {
          this.freshness.own(scope, Number(row!.number));
          this.sites.changed(scope);
          this.themes.facts.changed(scope);
        });
      },
    };
  }

  async #changedElsewhere(scope: string): Promise<void> {
    if (scope === "plugins") {
      this.catalogues.forget();
      await this.host.refresh();
    }
    if (scope !== "plugins" && scope !== "site") await this.own.blogChanged(scope);
    this.sites.changed(scope);
    this.themes.facts.changed(scope);
  }

  #guardedFetch(): HostServices["fetch"] {
    const { privateNetwork, fetchAllow, dns, url } = this.settings;
    const guarded = createGuardedFetch({
      userAgent: `Rookery/${version} (+${url})`,
      privateNetwork,
      allow: fetchAllow,
      ...(dns ? { nameServers: [dns] } : {}),
      assertOutsideTransaction: () => {
        if (this.storage.isWriting) throw new Error("Nothing may wait for the network inside a transaction");
      },
    });
    return (address, init) => guarded(address, init as never);
  }

  #hostServices(): HostServices {
    return {
      storage: this.storage,
      fetch: (url, init) => this.fetch(url, init),
      pluginLog: (log, pluginId) => labelled(log, pluginId),
      renderTemplate: (scope, plugin, template, data) =>
        drawPluginTemplate(scope, this.themes, { pluginId: plugin.id, template, data: data as never }),
      translate: (...asked) => this.#translate(...asked),
      storeMedia: (scope, file) => storeMedia(scope, this.media, file),
      removeMedia: (scope, id) => removeMedia(scope, this.media, id),
      images: this.images,
      uploads: new PartialUploads(this.settings.dataFolder, () => mediaLimitsOf(this.storage)),
      mediaByUrl: (scope, url) => findMedia(scope, { url }),
      reducedPicture: (scope, source, limits) => reducedPicture(scope, this.media, source, limits),
      page: (scope, { pathname, searchParams }) => renderPage(scope, this.themes, { path: pathname, query: searchParams }),
      fittedPicture: (scope, url, fit) => fittedPicture(scope, this.media, url, fit),
      sealSecret: async (place, value) => {
        await this.storage.write((db) => sealSecret(db, this.secrets, { place, value }, this.clock.now()));
        return place;
      },
      openSecret: async (place) => (await openSecret(this.storage, this.secrets, place)) ?? "",
      eraseSecret: async (place) =>
        void (await this.storage.write((db) => db.run("DELETE FROM secrets WHERE place = ?", [place]))),
      mailLater: (db, mail, from) => plainMailLater(this, db, mail, from),
      eraseSecrets: async (prefix) => void (await this.storage.write((db) => eraseSecrets(db, prefix))),
    };
  }

  #translate(...[plugin, language, key, values]: Parameters<HostServices["translate"]>): string {
    // A plugin's own words, else those of the plugins it stands on.
    const family = [plugin.id, ...Object.keys(plugin.requires?.plugins ?? {})];
    const folders = family.flatMap((id) => this.host.current.plugins.get(id)?.folder ?? []);
    const folder = folders.find((one) => this.catalogues.find(one, language, key) !== null);
    return folder ? this.catalogues.text(folder, language, key, values) : key;
  }

  // Before a plugin goes live: the home pages of up to three blogs must still come out, without a new failure. On a busy machine
  // a part may take too long once; what is broken fails again.
  async #smokeTest(candidate: Generation): Promise<string | null> {
    return (await this.#smokeTestOnce(candidate)) && (await this.#smokeTestOnce(candidate));
  }

  async #smokeTestOnce(candidate: Generation): Promise<string | null> {
    const failures = () => new Map([...this.host.guard.records].map(([id, record]) => [id, record.failures]));
    for (const blog of await listBlogs(this.storage, this.site, { limit: 3 })) {
      const before = failures();
      const scope = this.#scopeOn(candidate, { blog, via: "smoke-test" });
      const page = await renderPage(scope, this.themes, { path: "/", query: new URLSearchParams() });
      if (page.status !== 200) return `the home page of ${blog.host} answers ${page.status}.`;
      const failed = [...this.host.guard.records].find(([id, record]) => record.failures > (before.get(id) ?? 0));
      if (failed) return `something fails on the home page of ${blog.host}: ${failed[1].lastPart}: ${failed[1].lastError}`;
    }
    return null;
  }
}

/** Opens the database of the settings; a PublicError says what to do when it does not answer. */
export async function openStorage(
  settings: Pick<Settings, "databaseUrl">,
  { isDurable = true }: Pick<HouseOptions, "isDurable"> = {},
): Promise<Storage> {
  try {
    return await Storage.open({ url: settings.databaseUrl, tables: coreTables, migrations: coreMigrations, isDurable });
  } catch (error) {
    throw databaseTrouble(settings.databaseUrl, error);
  }
}

function labelled(log: Log, plugin: string): Log {
  const label = (level: keyof Log) => (message: string, facts?: Record<string, unknown>) =>
    log[level](message, { ...facts, plugin });
  return { debug: label("debug"), info: label("info"), warn: label("warn"), error: label("error") };
}
