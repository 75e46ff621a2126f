import type { Row, Storage } from "../storage/storage.ts";
import { blogUrl, type Hub } from "./blog.ts";

type Place = { readonly own: string; readonly main: string };

/**
 * The hosts of this installation, in memory: the hub's and those of all blogs, so that an address can be told from a stranger's without
 * waiting. They are read once, and again for a blog that changed.
 */
export class OwnOrigins {
  readonly #storage: Pick<Storage, "query">;
  readonly #hub: Hub;
  readonly #hubPlace: readonly [string, Place];
  readonly #places = new Map<string, Place>();
  readonly #hosts = new Map<string, string[]>();
  #isLoaded = false;
  /** Moves when any host came or went. */
  revision = 0;

  constructor(storage: Pick<Storage, "query">, hub: Hub) {
    this.#storage = storage;
    this.#hub = hub;
    const { hostname, origin } = new URL(hub.url);
    this.#hubPlace = [hostname, { own: origin, main: origin }];
    this.#places.set(...this.#hubPlace);
  }

  /** Reads the hosts of all blogs. */
  async load(): Promise<void> {
    for (const row of await this.#storage.query(`${question} ORDER BY h.host`)) this.#keep(row);
    this.#isLoaded = true;
    this.revision++;
  }

  /** A blog changed: its hosts are read again. What it was before loading is read by that. */
  async blogChanged(blogId: string): Promise<void> {
    if (!this.#isLoaded) return;
    const rows = await this.#storage.query(`${question} AND h.blog_id = ? ORDER BY h.host`, [blogId]);
    const before = this.#hosts.get(blogId) ?? [];
    const places = before.map((host) => this.#places.get(host)?.main);
    for (const host of before) this.#places.delete(host);
    this.#hosts.delete(blogId);
    this.#places.set(...this.#hubPlace);
    for (const row of rows) this.#keep(row);
    const after = this.#hosts.get(blogId) ?? [];
    const isSame = after.join() === before.join() && after.every((host, at) => this.#places.get(host)?.main === places[at]);
    if (!isSame) this.revision++;
  }

  /** Whether this is the origin of the hub, or of a blog's main host. */
  isOwn(origin: string): boolean {
    const { hostname = "" } = URL.parse(origin) ?? {};
    return this.#places.get(hostname)?.main === origin;
  }

  /** The address as it stands on this installation, on the blog's main host; null for an address elsewhere. */
  here(url: URL): string | null {
    const place = this.#places.get(url.hostname);
    if (!place || (url.origin !== place.own && url.origin !== place.own.replace(/^https:/, "http:"))) return null;
    return place.main + url.pathname + url.search;
  }

  #keep({ host, main, blog_id: id }: Row): void {
    const originOf = (name: unknown) => new URL(blogUrl(String(name), this.#hub)).origin;
    this.#places.set(String(host), { own: originOf(host), main: originOf(main) });
    const hosts = this.#hosts.get(String(id));
    if (hosts) hosts.push(String(host));
    else this.#hosts.set(String(id), [String(host)]);
  }
}

const question =
  "SELECT h.host, h.blog_id, b.host AS main FROM blog_hosts h JOIN blogs b ON b.id = h.blog_id WHERE h.state = 'active' AND b.state = 'active'";
