import { listBlogs } from "../blogs/blogs.ts";
import { enqueueMany } from "../jobs/enqueue.ts";
import { withDefaults } from "../hooks/field-values.ts";
import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Blog, Json } from "../hooks/values.ts";
import { wakeCopies } from "../posts/targets/wake-copies.ts";
import { askService } from "./ask-service.ts";
import { openCollection } from "./collections.ts";
import { openConnection } from "./connections/keep-connection.ts";
import { renewConnection } from "./connections/renew-connection.ts";
import { isAllowed } from "./define-plugin.ts";
import type { Collection, Context } from "./context.types.ts";
import type { Plugin } from "./manifest.ts";
import { blogAt, scopeAs } from "./act-as.ts";
import { ownRights, rightsOf, type Rights } from "./acting.ts";
import { accountsApi, imagesApi, interactionsApi } from "./context-apis.ts";
import { identityApi } from "./identity-api.ts";
import { takeFromLimit } from "./limit.ts";
import { numbersApi } from "./numbers-api.ts";
import { mediaApi } from "./media-api.ts";
import { postsApi } from "./posts-api.ts";
import { notify, unnotify } from "./notify.ts";
import { peopleApi } from "./people-api.ts";
import { auditOf } from "./plugin-audit.ts";
import { targetsApi } from "./targets/targets-api.ts";
import { hostFits } from "./hosts.ts";
import { keptSecrets } from "./kept-secrets.ts";
import { publicAnswer } from "./public-answer.ts";
import { ownTables } from "./own-tables.ts";
import type { HostServices } from "./host-services.ts";
import { mailApi } from "./mail-api.ts";
import type { Generation } from "./generation.ts";
import { storedValues } from "./plugin-settings.ts";

type SettingValues = Readonly<Record<string, Json | undefined>>;

/** Makes the contexts that plugins work with, and keeps their settings at hand until something changes them. */
export class ContextMaker {
  readonly #services: HostServices;
  readonly #settings = new Map<string, Promise<SettingValues>>();
  readonly #ready = new Map<string, SettingValues>();

  constructor(services: HostServices) {
    this.#services = services;
  }

  /** What opens sealed secrets. */
  get secrets(): Pick<HostServices, "openSecret"> {
    return this.#services;
  }

  /** Forgets settings that were read, because a process changed some. */
  forgetSettings(): void {
    this.#settings.clear();
    this.#ready.clear();
  }

  /** Reads a plugin's settings anew at the next question; what was read is at hand until then. */
  #readAgain(plugin: Plugin): void {
    for (const key of this.#settings.keys()) if (key.startsWith(`${plugin.id} `)) this.#settings.delete(key);
  }

  /** The settings as they were last read; for services, whose context is asked for without waiting. */
  settingsNow(plugin: Plugin, blog: Blog | null): SettingValues {
    return (
      this.#ready.get(`${plugin.id} ${blog?.id ?? "-"}`) ?? withDefaults({ ...plugin.networkSettings, ...plugin.settings }, {})
    );
  }

  /** A plugin's settings on a blog: the blog's own value, else the installation's, else the default. Secrets are opened. */
  async settings(plugin: Plugin, blog: Blog | null): Promise<SettingValues> {
    if (!plugin.settings && !plugin.networkSettings) return {};
    const key = `${plugin.id} ${blog?.id ?? "-"}`;
    let values = this.#settings.get(key);
    if (!values) {
      values = this.#readSettings(plugin, blog);
      this.#settings.set(key, values);
      values.then(
        (read) => void (this.#settings.get(key) === values && this.#ready.set(key, read)),
        () => void (this.#settings.get(key) === values && this.#settings.delete(key)),
      );
    }
    return values;
  }

  /** The context of one call. Methods behind a capability that the plugin lacks throw with a sentence naming it. */
  make(plugin: Plugin, scope: Scope, settings: SettingValues, signal: AbortSignal): Context {
    return this.#make(plugin, scope, settings, { signal, rights: ownRights });
  }

  #make(plugin: Plugin, scope: Scope, settings: SettingValues, call: { signal: AbortSignal; rights: Rights }): Context {
    const { signal, rights } = call;
    const services = this.#services;
    const generation = scope.taps as Generation;
    const need = (capability: string) => {
      if (!isAllowed(plugin, capability)) throw new Error(`Plugin “${plugin.id}” does not declare the capability ${capability}`);
    };
    return {
      pluginId: plugin.id,
      get blog(): Blog {
        if (!scope.blog) throw new Error(`Plugin “${plugin.id}” asked for a blog where there is none`);
        return scope.blog;
      },
      settings: settings as never,
      clock: scope.clock,
      log: services.pluginLog(scope.log, plugin.id),
      site: scope.site,
      signal,
      fetch(url, init = {}) {
        need("network:fetch");
        if (!isAllowed(plugin, "network:fetch-any") && !hostFits(url, plugin.hosts ?? []))
          throw new Error(`Plugin “${plugin.id}” may not contact ${url}; its manifest lists other hosts`);
        return services.fetch(url, { ...init, signal: init.signal ?? signal });
      },
      collection: <T>(name: string): Collection<T> => {
        const declared = plugin.collections?.[name];
        if (!declared) throw new Error(`Plugin “${plugin.id}” declares no collection “${name}”`);
        const place = { pluginId: plugin.id, blogId: scope.blog?.id ?? "-", collection: name, indexes: declared.indexes ?? [] };
        return openCollection<T>(scope.storage, scope.clock, place);
      },
      tables: ownTables(scope.storage, plugin),
      async enqueue(job, data, options = {}) {
        if (!plugin.jobs?.[job]) throw new Error(`Plugin “${plugin.id}” has no job “${job}”`);
        const delay = options.in ? Temporal.Duration.from(options.in).total("milliseconds") : 0;
        const runAt = new Date(scope.clock.now().getTime() + delay);
        const entry = {
          pluginId: plugin.id,
          name: job,
          blogId: scope.blog?.id ?? null,
          data,
          runAt,
          ...(options.key && { key: options.key }),
        };
        await scope.storage.write((db) => enqueueMany(db, [entry]));
      },
      renewConnection: async (setting, connection) => {
        const isKept = await renewConnection(services, scope, plugin, { setting, connection });
        this.#readAgain(plugin);
        return isKept;
      },
      posts: postsApi(scope, need, rights),
      media: mediaApi({ scope, services, pluginId: plugin.id, need, rights }),
      images: imagesApi(services.images),
      interactions: interactionsApi(scope, plugin.id, need),
      accounts: accountsApi(scope, need),
      mail: mailApi(scope, services, plugin.id, need),
      people: peopleApi(scope, () => need("moderate")),
      notify: (accountId, notice) => notify(scope, { services, plugin }, accountId, notice),
      unnotify: (what) => unnotify(scope, plugin.id, what),
      audit: (line) => auditOf(scope, plugin.id, line),
      identity: identityApi(scope, plugin.id, () => need("identity")),
      as: async (wanted) => {
        const isOnlyElsewhere = wanted.blog && wanted.accountId === undefined && !rights.isActing;
        if (!isOnlyElsewhere) need("identity");
        const there = await scopeAs(scope, plugin, wanted);
        const theirs = wanted.accountId === undefined && !rights.isActing ? ownRights : rightsOf(there);
        return this.#make(plugin, there, await this.settings(plugin, there.blog), { signal, rights: theirs });
      },
      limit: (key, often) => takeFromLimit(scope, plugin.id, key, often),
      visit: (path) => publicAnswer(scope, services, path),
      secrets: keptSecrets(services, scope, plugin.id),
      blogAt: (url) => blogAt(scope, url),
      blogs: async (page) => {
        if (plugin.scope !== "network") throw new Error(`Plugin “${plugin.id}” is one of blogs and cannot list them all`);
        return listBlogs(scope.storage, scope.site, { ...page, limit: Math.min(page?.limit ?? 100, 100) });
      },
      targets: targetsApi(scope),
      numbers: numbersApi(scope),
      dependants: () =>
        [...generation.plugins.values()]
          .filter((one) => one.plugin.requires?.plugins?.[plugin.id])
          .map((one) => ({ id: one.plugin.id, name: one.plugin.name, isActive: generation.isActive(one.plugin.id, scope.blog) })),
      services: (name) => generation.services(scope, name),
      ask: (name, pluginId, question, limit) => askService(scope, { name, pluginId, limit, question }),
      wakeCopies: async (target) => {
        const sleepers = { blogId: blogOf(scope).id, pluginId: plugin.id, ...(target !== undefined && { target }) };
        await scope.storage.write((db) => wakeCopies(db, sleepers, scope.clock.now()));
      },
      call: async (name, value, about) => generation.callOffered(scope, plugin, { name, value, about }),
      render: (template, data) => services.renderTemplate(scope, plugin, template, data),
      t: (key, values, language) =>
        services.translate(plugin, language || scope.language || (scope.blog?.language ?? "en"), key, values),
      changed: async () => {
        const blogId = scope.blog?.id ?? "site";
        await scope.storage.write((db) => scope.touch(db, blogId));
      },
    };
  }

  async #readSettings(plugin: Plugin, blog: Blog | null): Promise<SettingValues> {
    const { storage } = this.#services;
    const network = await storedValues(storage, { pluginId: plugin.id, scope: "network", scopeId: "-" });
    const own = blog ? await storedValues(storage, { pluginId: plugin.id, scope: "blog", scopeId: blog.id }) : {};
    const fields = { ...plugin.networkSettings, ...plugin.settings };
    const opened = await this.#openSecrets(plugin, { ...network, ...own });
    return withDefaults(fields, opened);
  }

  async #openSecrets(plugin: Plugin, values: Readonly<Record<string, Json>>): Promise<Record<string, Json>> {
    const out: Record<string, Json> = { ...values };
    for (const [name, field] of Object.entries({ ...plugin.networkSettings, ...plugin.settings })) {
      const reference = out[name];
      if (field.type === "oauth") {
        const opened = await openConnection(this.#services, reference);
        if (opened === undefined) delete out[name];
        else out[name] = opened;
      } else if (field.type === "secret" && typeof reference === "string" && reference !== "")
        out[name] = await this.#services.openSecret(reference);
    }
    return out;
  }
}
