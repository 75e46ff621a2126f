import type { Theme } from "../themes/theme.ts";
import type { Wish } from "./latest.ts";

const most = 300;

/**
 * What pages asked `latest()` for when they were drawn the last time. The next page of the same templates most likely asks for
 * the same: read beforehand, it is drawn once instead of twice. A wrong guess costs a query and nothing else.
 */
export class ExpectedPosts {
  readonly #byThemes = new WeakMap<readonly Theme[], Map<string, ReadonlyMap<string, Wish>>>();

  /** What a page of these themes asked for; `page` names its templates, and its blog where that has some of its own. */
  of(themes: readonly Theme[], page: string): ReadonlyMap<string, Wish> | undefined {
    return this.#byThemes.get(themes)?.get(page);
  }

  /** Remembers what a page asked for. */
  note(themes: readonly Theme[], page: string, asked: ReadonlyMap<string, Wish>): void {
    let pages = this.#byThemes.get(themes);
    if (!pages && asked.size === 0) return;
    if (!pages) this.#byThemes.set(themes, (pages = new Map()));
    if (asked.size === 0) return void pages.delete(page);
    if (pages.size >= most && !pages.has(page)) pages.clear();
    pages.set(page, asked);
  }
}
