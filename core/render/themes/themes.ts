import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sentenceOf } from "../../errors.ts";
import type { Scope } from "../../hooks/scope.ts";
import { FactsCache } from "../facts.ts";
import { ExpectedPosts } from "../functions/expected-posts.ts";
import { Failures } from "../troubles/failures.ts";
import { noPlugins, type Notice, type RenderPlugins } from "../render.types.ts";
import { parseManifest } from "./manifest.ts";
import { CompiledOverrides } from "./template-chain.ts";
import { folderChangedAt, TemplateFolder, Theme } from "./theme.ts";

/** A theme folder that cannot be used, and why, as a sentence. */
export type BrokenTheme = { readonly id: string; readonly problem: string };

/** Where themes lie and who is asked or told. */
export type ThemesOptions = {
  readonly bundled: string;
  /** The data folder's `themes/`; it need not exist. */
  readonly installed: string;
  readonly plugins?: RenderPlugins;
  /** The address by which pages show the picture of somebody from elsewhere; its own unless told. */
  readonly face?: (url: string) => string;
  /** Told at most once an hour about each failing template of a blog. */
  readonly onNotice?: (scope: Scope, notice: Notice) => void | Promise<void>;
  /** Milliseconds that pass; tests move it by hand. */
  readonly elapsed?: () => number;
};

const recheckAfter = 1000;
const longestChain = 3;
const mostMissing = 50;

/** All themes of the installation, found without a restart: a folder is looked at again a second after the last look. */
export class Themes {
  readonly plugins: RenderPlugins;
  readonly face: (url: string) => string;
  readonly onNotice: (scope: Scope, notice: Notice) => void | Promise<void>;
  readonly facts = new FactsCache();
  readonly failures = new Failures();
  readonly expectedPosts = new ExpectedPosts();
  readonly compiled = new CompiledOverrides();
  readonly #options: ThemesOptions;
  readonly #elapsed: () => number;
  readonly #known = new Map<string, { at: number; changedAt: number; theme: Theme | BrokenTheme | null }>();
  readonly #folders = new Map<string, { at: number; changedAt: number; folder: TemplateFolder }>();
  readonly #chains = new Map<string, readonly Theme[]>();
  readonly #troubles = new WeakMap<readonly Theme[], string | null>();
  #revision = 0;
  #lookedAt = 0;

  constructor(options: ThemesOptions) {
    this.#options = options;
    this.plugins = options.plugins ?? noPlugins;
    this.face = options.face ?? ((url) => url);
    this.onNotice = options.onNotice ?? (() => {});
    this.#elapsed = options.elapsed ?? (() => performance.now());
  }

  /**
   * A number that moves when a theme in use was changed on disk, for the stamp of page caches. Asking looks at the folders
   * again, at most once a second.
   */
  get revision(): number {
    const now = this.#elapsed();
    if (now - this.#lookedAt >= recheckAfter) {
      this.#lookedAt = now;
      for (const id of this.#known.keys()) this.#look(id);
    }
    return this.#revision;
  }

  /** Every theme there is a folder of, broken ones with their reason, by id. */
  list(): (Theme | BrokenTheme)[] {
    const roots = [this.#options.bundled, this.#options.installed].filter((root) => existsSync(root));
    const ids = new Set(
      roots.flatMap((root) =>
        readdirSync(root, { withFileTypes: true })
          .filter((entry) => entry.isDirectory())
          .map((entry) => entry.name),
      ),
    );
    return [...ids].toSorted().flatMap((id) => this.#look(id) ?? []);
  }

  /** The theme of an id; null when there is none that can be used. */
  find(id: string): Theme | null {
    const found = this.#look(id);
    return found instanceof Theme ? found : null;
  }

  /**
   * A theme with its parents, the base theme last: where templates are looked for, in this order. A missing theme, a missing
   * parent or a circle shortens the chain; the base theme stays, as long as its folder is there. The same list is given
   * again until one of its themes changes.
   */
  chain(id: string): readonly Theme[] {
    const chain: Theme[] = [];
    for (let at: string | null = id; at !== null && at !== "base" && chain.length < longestChain;) {
      const theme = this.find(at);
      if (!theme || chain.includes(theme)) break;
      chain.push(theme);
      at = theme.manifest.parent;
    }
    const base = this.find("base");
    if (base) chain.push(base);
    const known = this.#chains.get(id);
    if (known?.length === chain.length && known.every((theme, at) => theme === chain[at])) return known;
    if (this.#chains.size >= 1000) this.#chains.clear();
    this.#chains.set(id, chain);
    return chain;
  }

  /** Why a blog that wears a theme is drawn with less than it, as a sentence; null when all is well. Asked with the theme's chain. */
  troubleOf(id: string, chain: readonly Theme[]): string | null {
    let trouble = this.#troubles.get(chain);
    if (trouble === undefined) {
      trouble = this.problemOf(id);
      if (trouble === null && id !== "base" && chain[0]?.id !== id) trouble = `There is no theme “${id}”.`;
      this.#troubles.set(chain, trouble);
    }
    return trouble;
  }

  /** A theme was just installed or removed: its folder is looked at again without waiting. */
  lookAgain(id: string): void {
    const known = this.#known.get(id);
    if (known) known.at = -Infinity;
    // Pages in memory were made with it.
    this.#lookedAt = -Infinity;
  }

  /** Why a theme cannot be chosen, as a sentence; null when it can. */
  problemOf(id: string): string | null {
    const seen: string[] = [];
    for (let at: string | null = id; at !== null && at !== "base";) {
      const found = this.#look(at);
      if (!found) return at === id ? `There is no theme “${id}”.` : `Its parent “${at}” is not installed.`;
      if ("problem" in found) return at === id ? found.problem : `Its parent “${at}” cannot be used: ${found.problem}`;
      if (seen.includes(at)) return `It is its own parent: ${[...seen, at].join(" → ")}.`;
      seen.push(at);
      if (seen.length > longestChain) return `It has more than ${longestChain - 1} parents: ${seen.join(" → ")}.`;
      at = found.manifest.parent;
    }
    return null;
  }

  /** Templates and assets of a plugin's folder. */
  pluginFolder(pluginId: string, folder: string): TemplateFolder {
    const now = this.#elapsed();
    const known = this.#folders.get(pluginId);
    if (known?.folder.folder === folder && now - known.at < recheckAfter) return known.folder;
    const changedAt = folderChangedAt(folder);
    const isSame = known?.folder.folder === folder && known.changedAt === changedAt;
    const next = isSame ? known.folder : new TemplateFolder(`plugin/${pluginId}`, folder);
    this.#folders.set(pluginId, { at: now, changedAt, folder: next });
    return next;
  }

  #look(id: string): Theme | BrokenTheme | null {
    const known = this.#known.get(id);
    const now = this.#elapsed();
    if (known && now - known.at < recheckAfter) return known.theme;
    const folder = this.#folderOf(id);
    const changedAt = folder === null ? -1 : folderChangedAt(folder);
    if (known?.changedAt === changedAt) {
      known.at = now;
      return known.theme;
    }
    const theme = folder === null ? null : loadTheme(folder, id);
    if (known) this.#revision++;
    // A theme that is missing is remembered too: pages drawn without it are made anew when its folder comes.
    if (!known && !theme) this.#forgetMissing();
    this.#known.set(id, { at: now, changedAt, theme });
    return theme;
  }

  // Anybody can ask for files of themes that never were.
  #forgetMissing(): void {
    const missing = [...this.#known].filter(([, { theme }]) => theme === null);
    if (missing.length >= mostMissing) for (const [id] of missing) this.#known.delete(id);
  }

  // Names come from addresses too, so only names of themes ever become paths.
  #folderOf(id: string): string | null {
    if (!/^[a-z][a-z0-9-]{1,39}$/.test(id)) return null;
    const folders = [join(this.#options.bundled, id), join(this.#options.installed, id)];
    return folders.find((folder) => existsSync(join(folder, "theme.json"))) ?? null;
  }
}

/** Absolute path of the folder of bundled themes. */
export const bundledThemes = fileURLToPath(new URL("../../../themes/", import.meta.url));

function loadTheme(folder: string, id: string): Theme | BrokenTheme {
  try {
    const manifest = parseManifest(readFileSync(join(folder, "theme.json"), "utf8"), id);
    return "problem" in manifest ? { id, problem: manifest.problem } : new Theme(folder, manifest);
  } catch (error) {
    return { id, problem: `theme.json cannot be read: ${sentenceOf(error)}.` };
  }
}
