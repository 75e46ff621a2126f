import { blogOf, type Scope } from "../../hooks/scope.ts";
import { marks } from "../../storage/rows.ts";
import { hashOf } from "../permalink.ts";

const handful = 400;

/** What stands at paths of a blog and where they lead, read once and many at a time. */
export class Roads {
  readonly #scope: Scope;
  readonly #known = new Map<string, { isPost: boolean; own: string | null; moved: string | null }>();

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** Reads these paths ahead, with few queries. */
  async learn(paths: readonly string[]): Promise<void> {
    const unknown = [...new Set(paths)].filter((path) => !this.#known.has(path));
    for (let at = 0; at < unknown.length; at += handful) await this.#read(unknown.slice(at, at + handful));
  }

  /** Whether readers see a post at this path, now or when its time comes. */
  async isPost(path: string): Promise<boolean> {
    return (await this.#at(path)).isPost;
  }

  /** Where somebody sent this path; null when nobody did. */
  async own(path: string): Promise<string | null> {
    return (await this.#at(path)).own;
  }

  /** Where this path leads, own redirects first; null when nowhere, or when a post stands there. */
  async next(path: string): Promise<string | null> {
    const { isPost, own, moved } = await this.#at(path);
    return isPost ? null : (own ?? moved);
  }

  async #at(path: string) {
    await this.learn([path]);
    return this.#known.get(path)!;
  }

  async #read(paths: readonly string[]): Promise<void> {
    const values = [blogOf(this.#scope).id, ...paths.map(hashOf)];
    const list = marks(paths.length);
    const { storage } = this.#scope;
    const from = (table: string, columns: string) =>
      storage.query(`SELECT ${columns} FROM ${table} WHERE blog_id = ? AND path_hash IN (${list})`, values);
    const [posts, own, moved] = await Promise.all([
      from("posts", "path, status"),
      from("own_redirects", "path, target"),
      from("redirects", "path, target"),
    ]);
    for (const path of paths) this.#known.set(path, { isPost: false, own: null, moved: null });
    for (const { path, status } of posts) {
      const known = this.#known.get(String(path));
      if (known) known.isPost = status === "published" || status === "scheduled";
    }
    for (const { path, target } of own) this.#known.get(String(path))!.own = String(target);
    for (const { path, target } of moved) this.#known.get(String(path))!.moved = String(target);
  }
}
