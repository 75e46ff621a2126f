import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { PublicError } from "../../errors.ts";
import type { Scope } from "../../hooks/scope.ts";
import type { Generation } from "../generation.ts";
import type { Importer, ImportFile } from "../services.types.ts";

/** A way to bring content in that is switched on for the blog; `kind` is its plugin's id. */
export type NamedImporter = { readonly kind: string; readonly importer: Importer };

/** The importers that are switched on for the scope's blog. */
export function importersOf(scope: Scope): readonly NamedImporter[] {
  const services = (scope.taps as Generation).services(scope, "importer");
  return services.map(({ pluginId, service }) => ({ kind: pluginId, importer: service }));
}

/** The importer of a kind; `wordpress` is short for `import-wordpress`. Throws PublicError 404 naming those there are. */
export function needImporter(scope: Scope, kind: string): NamedImporter {
  const all = importersOf(scope);
  const found = all.find((one) => one.kind === kind || one.kind === `import-${kind}`);
  if (found) return found;
  const names = all.map((one) => one.kind.replace(/^import-/, "")).join(", ");
  throw new PublicError(
    "import.kind",
    names
      ? `Nothing here reads “${kind}”. There are: ${names}.`
      : `Nothing here reads “${kind}”: switch on an import plugin first, such as import-wordpress.`,
    404,
    { kind },
  );
}

/** The importer whose kind of file this looks like, judged by its first 4 KB; null when none knows it. */
export async function detectImporter(scope: Scope, file: ImportFile): Promise<NamedImporter | null> {
  const head = await headOf(file);
  return importersOf(scope).find(({ importer }) => importer.detect(head)) ?? null;
}

/** A file on this machine for an importer. Throws PublicError 404 when it is not there. */
export async function importFile(path: string): Promise<ImportFile> {
  const facts = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "EACCES" || error.code === "ENOTDIR") return null;
    throw error;
  });
  if (!facts?.isFile()) throw new PublicError("import.file", `There is no file ${path} that can be read.`, 404, { path });
  return { name: basename(path), bytes: facts.size, stream: () => createReadStream(path, { highWaterMark: 262_144 }) };
}

async function headOf(file: ImportFile): Promise<string> {
  let head = Buffer.alloc(0);
  for await (const chunk of file.stream()) {
    head = Buffer.concat([head, chunk]);
    if (head.length >= 4096) break;
  }
  return head.subarray(0, 4096).toString("utf8");
}
