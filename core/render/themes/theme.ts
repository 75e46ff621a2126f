import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, realpathSync, statSync, type Dirent } from "node:fs";
import { extname, join, posix, sep } from "node:path";
import { parseTexts } from "../../languages.ts";
import { scanCss } from "../style/css-scan.ts";
import { compile, type Template } from "../theme-engine/engine.ts";
import type { ThemeManifest } from "./manifest.ts";

/** A file that pages link to: its bytes, type, and the hash in its address. */
export type Asset = { readonly bytes: Uint8Array; readonly type: string; readonly hash: string };

const assetTypes: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".avif": "image/avif",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".woff": "font/woff",
  ".txt": "text/plain; charset=utf-8",
};
const largestAsset = 10_000_000;
const largestTemplate = 64 * 1024;
const mostRemembered = 1000;
const safePath = /^[a-z0-9_][a-z0-9._-]*(\/[a-z0-9_][a-z0-9._-]*)*$/i;

/** Templates, assets and texts of one folder, read when they are first asked for and kept. */
export class TemplateFolder {
  readonly id: string;
  readonly folder: string;
  readonly #templates = new Map<string, Template | null>();
  readonly #assets = new Map<string, Asset | null>();
  readonly #texts = new Map<string, Readonly<Record<string, string>> | null>();

  constructor(id: string, folder: string) {
    this.id = id;
    this.folder = folder;
  }

  /** A template of the folder's `templates/`; null when there is none. Throws TemplateError when it cannot be compiled. */
  template(name: string): Template | null {
    const known = this.#templates.get(name);
    if (known !== undefined) return known;
    const source = this.source(name);
    const template = source === null ? null : compile(source, `${this.id}/${name}`);
    return remembered(this.#templates, name, template);
  }

  /** The names of all templates, in order. */
  templateNames(): string[] {
    const root = join(this.folder, "templates");
    if (!existsSync(root)) return [];
    const names = readdirSync(root, { recursive: true, encoding: "utf8" }).map((name) => name.replaceAll(sep, "/"));
    return names.filter((name) => name.endsWith(".njk") && safePath.test(name)).toSorted();
  }

  /** The text of a template as it lies there; null when there is none. */
  source(name: string): string | null {
    return this.#read("templates", name, largestTemplate + 4096)?.toString("utf8") ?? null;
  }

  /** A file of the folder's `assets/`; null when there is none or its type is not served. */
  asset(path: string): Asset | null {
    const known = this.#assets.get(path);
    if (known !== undefined) return known;
    const type = assetTypes[extname(path).toLowerCase()];
    const bytes = type === undefined ? null : this.#read("assets", path, largestAsset);
    const served = bytes && path.endsWith(".css") ? this.#withHashedAddresses(bytes, path) : bytes;
    const asset = served && { bytes: served, type: type!, hash: createHash("sha256").update(served).digest("hex").slice(0, 12) };
    return remembered(this.#assets, path, asset);
  }

  // A file beside a style sheet gets the address that pages name it with: it is fetched once, and kept for good.
  #withHashedAddresses(bytes: Buffer, sheet: string): Buffer {
    const css = bytes.toString("utf8");
    if (!/url/i.test(css)) return bytes;
    const out = scanCss(css)
      .urls.toReversed()
      .reduce((text, { at, end, url }) => {
        const address = this.#addressBeside(sheet, url);
        if (address === null) return text;
        const quoted = /["']/.test(css[at]!) ? `"${address}"` : `url("${address}")`;
        return text.slice(0, at) + quoted + text.slice(end);
      }, css);
    return Buffer.from(out);
  }

  #addressBeside(sheet: string, url: string): string | null {
    if (!/^[a-z0-9_./-]+$/i.test(url) || url.startsWith("/")) return null;
    const path = posix.normalize(posix.join(posix.dirname(sheet), url));
    const asset = path.endsWith(".css") ? null : this.asset(path);
    return asset && `/assets/${this.id.replace(/^plugin\//, "plugins/")}/${asset.hash}/${path}`;
  }

  /** The texts of `locales/<language>.json`; null when there are none, or when the file is not a flat object of texts. */
  texts(language: string): Readonly<Record<string, string>> | null {
    const known = this.#texts.get(language);
    if (known !== undefined) return known;
    const source = this.#read("locales", `${language}.json`, largestTemplate)?.toString("utf8");
    const texts = source === undefined ? null : parseTexts(source);
    return remembered(this.#texts, language, texts);
  }

  // A link that leads out of the folder is as good as no file.
  #read(part: string, path: string, limit: number): Buffer | null {
    if (!safePath.test(path)) return null;
    const root = join(this.folder, part);
    const file = join(root, ...path.split("/"));
    try {
      const facts = statSync(file, { throwIfNoEntry: false });
      if (!facts?.isFile() || facts.size > limit) return null;
      if (!realpathSync(file).startsWith(realpathSync(root) + sep)) return null;
      return readFileSync(file);
    } catch (error) {
      if (isUnreadable(error)) return null;
      throw error;
    }
  }
}

// Anybody can ask for files that never were: those are forgotten before they become many.
function remembered<T>(known: Map<string, T | null>, name: string, found: T | null): T | null {
  if (known.size >= mostRemembered) for (const [other, value] of known) if (value === null) known.delete(other);
  known.set(name, found);
  return found;
}

const unreadable = ["ENOTDIR", "ENOENT", "EACCES", "EPERM", "ELOOP", "ENAMETOOLONG"];
const isUnreadable = (error: unknown) => unreadable.includes((error as NodeJS.ErrnoException).code ?? "");

/** A theme as it lies on disk at one moment; a change on disk makes a new one. */
export class Theme extends TemplateFolder {
  readonly manifest: ThemeManifest;

  constructor(folder: string, manifest: ThemeManifest) {
    super(manifest.id, folder);
    this.manifest = manifest;
  }
}

/** When anything in a folder last changed, in milliseconds; 0 when there is none. */
export function folderChangedAt(folder: string): number {
  const entries = unlessUnreadable<Dirent[]>(() => readdirSync(folder, { recursive: true, withFileTypes: true }), []);
  const times = entries.map((entry) => changedAt(join(entry.parentPath, entry.name)));
  // The number of entries too: a file that goes away leaves no younger time behind in a folder that is new anyway.
  return Math.max(0, ...times) + entries.length / 1000;
}

const changedAt = (path: string) => unlessUnreadable(() => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0, 0);

// A folder can go away while it is read, and hold what nobody may read; pages are drawn all the same.
function unlessUnreadable<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch (error) {
    if (isUnreadable(error)) return otherwise;
    throw error;
  }
}
