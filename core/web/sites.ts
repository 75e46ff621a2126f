import type { Gone } from "../blogs/blogs.ts";
import type { Blog } from "../hooks/values.ts";

/** A blog with the number that moves when something shown on it changed. */
export type Site = { readonly blog: Blog; readonly version: number };

/**
 * Which host is which blog, in memory. A changed blog is read again when it is asked for next; hosts nobody knows are
 * remembered only in small number, for anybody can invent them.
 */
export class Sites {
  readonly #byHost = new Map<string, Site>();
  readonly #unknown = new Map<string, Gone | null>();
  readonly #read: (host: string) => Promise<Blog | Gone | null>;
  readonly #versions = new Map<string, number>();
  #number = 0;

  constructor(read: (host: string) => Promise<Blog | Gone | null>) {
    this.#read = read;
  }

  /** The site of a host without waiting; undefined when it must be read first, null when there is none. */
  known(host: string): Site | null | undefined {
    return this.#byHost.get(host) ?? (this.#unknown.has(host) ? null : undefined);
  }

  /** The site of a host. */
  async find(host: string): Promise<Site | null> {
    const known = this.known(host);
    if (known !== undefined) return known;
    const number = this.#number;
    const found = await this.#read(host);
    const blog = found && "gone" in found ? null : found;
    // Something changed while it was read: the next request reads it again. What is made of it now must not pass for a page
    // of the new state, so it carries the number of before.
    if (number !== this.#number) return blog && { blog, version: number };
    if (!blog) {
      if (this.#unknown.size < 1000 || found) this.#unknown.set(host, found as Gone | null);
      return null;
    }
    const site = { blog, version: this.#versionOf(blog.id) };
    this.#byHost.set(host, site);
    return site;
  }

  /** Why nothing is shown at a host that `find` just gave null for: its blog was suspended or deleted; null when there was none. */
  whyGone(host: string): Gone["gone"] | null {
    return this.#unknown.get(host)?.gone ?? null;
  }

  /** Something shown on a blog changed; "site" and "plugins" mean all of them. */
  changed(scope: string): void {
    this.#number++;
    this.#unknown.clear();
    if (scope === "site" || scope === "plugins") {
      for (const { blog } of this.#byHost.values()) this.#versions.set(blog.id, this.#number);
      this.#byHost.clear();
      return;
    }
    this.#versions.set(scope, this.#number);
    for (const [host, site] of this.#byHost) if (site.blog.id === scope) this.#byHost.delete(host);
  }

  #versionOf(blogId: string): number {
    return this.#versions.get(blogId) ?? 0;
  }
}
