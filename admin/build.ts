import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Built files by the name they are asked for (`style.css`, `admin.js`, a chunk): their hashed name and bytes. */
export type Assets = ReadonlyMap<string, { readonly file: string; readonly type: string; readonly bytes: Uint8Array }>;

const folder = fileURLToPath(new URL(".", import.meta.url));
const types: Readonly<Record<string, string>> = { css: "text/css; charset=utf-8", js: "text/javascript; charset=utf-8" };

/** The dashboard's style sheet and script, bundled once for each state of their sources and kept in `cacheFolder`. */
export async function buildAssets(cacheFolder: string): Promise<Assets> {
  const place = join(cacheFolder, sourcesHash());
  const kept = read(place);
  if (kept) return kept;
  // Of its own also among several of one process.
  const draft = `${place}.${randomUUID()}`;
  mkdirSync(draft, { recursive: true });
  // Loaded only now: a second start does not need the bundler.
  const { build } = await import("esbuild");
  await build({
    entryPoints: { admin: join(folder, "islands/admin.ts"), style: join(folder, "styles/admin.css") },
    outdir: draft,
    bundle: true,
    splitting: true,
    chunkNames: "[name]-[hash]",
    minify: true,
    format: "esm",
    target: ["es2022", "chrome120", "firefox120", "safari17"],
    legalComments: "none",
    logLevel: "silent",
  });
  keep(draft, place);
  return read(place)!;
}

function sourcesHash(): string {
  const hash = createHash("sha256");
  for (const part of ["islands", "styles"])
    for (const name of readdirSync(join(folder, part), { recursive: true, encoding: "utf8" }).toSorted())
      if (/\.\w+$/.test(name)) hash.update(name).update(readFileSync(join(folder, part, name)));
  return hash.digest("hex").slice(0, 16);
}

// Two processes may build at once: the first folder that is complete stays.
function keep(draft: string, place: string): void {
  try {
    renameSync(draft, place);
  } catch (error) {
    if (!["EEXIST", "ENOTEMPTY"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    rmSync(draft, { recursive: true });
  }
}

function read(place: string): Assets | null {
  if (!existsSync(place)) return null;
  const assets = new Map<string, { file: string; type: string; bytes: Uint8Array }>();
  for (const name of readdirSync(place)) {
    const bytes = readFileSync(join(place, name));
    const [stem, ending] = name.split(".") as [string, string];
    const isEntry = name === "admin.js" || name === "style.css";
    // Chunks are asked for by the script that needs them, under the hashed name the bundler gave them.
    const hash = isEntry ? `-${createHash("sha256").update(bytes).digest("hex").slice(0, 10)}` : "";
    assets.set(name, { file: `${stem}${hash}.${ending}`, type: types[ending]!, bytes });
  }
  return assets;
}
