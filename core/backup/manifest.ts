import { PublicError } from "../errors.ts";
import type { Column, TableShape } from "../storage/columns.ts";
import type { TableDigest } from "./digest.ts";

/** What a backup holds; the last entry of its tar file, `manifest.json`. */
export type Manifest = {
  readonly format: "rookery-backup-1";
  readonly madeAt: string;
  readonly url: string;
  readonly migrations: readonly string[];
  readonly tables: readonly (TableShape & { readonly digest: TableDigest })[];
  readonly entries: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[];
  /** Where the media lies when it is not in here. */
  readonly mediaElsewhere: string | null;
};

/** Folders of the data folder that a backup holds. */
export const savedFolders = ["media", "plugins", "themes"] as const;

/** Reads the manifest; a PublicError when this is not a backup of ours, or something in its list of contents is damaged. */
export function parseManifest(text: string): Manifest {
  const found = parsed(text);
  if (!isThing(found) || found.format !== "rookery-backup-1")
    throw new PublicError("backup.format", "This is not a backup that this Rookery can read: use a file made by rookery backup.");
  const damage = damageOf(found);
  if (damage !== null)
    throw new PublicError("backup.damaged", `The backup's list of contents is damaged (${damage}): take another copy of it.`);
  return found as Manifest;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

type Thing = Readonly<Record<string, unknown>>;

const isThing = (value: unknown): value is Thing => typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === "string";
const isListOf = <T>(value: unknown, isOne: (one: unknown) => one is T): value is readonly T[] =>
  Array.isArray(value) && value.every(isOne);
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const isHash = (value: unknown): boolean => isText(value) && /^[0-9a-f]{64}$/.test(value);
const isName = (value: unknown): value is string => isText(value) && /^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(value);

function damageOf(manifest: Thing): string | null {
  const { madeAt, url, migrations, tables, entries, mediaElsewhere } = manifest;
  if (!isText(madeAt) || !isText(url)) return "where and when it was made";
  if (mediaElsewhere !== null && !isText(mediaElsewhere)) return "where the media is";
  if (!isListOf(migrations, isText)) return "its migrations";
  if (!isListOf(tables, isTable)) return "its tables";
  if (!isListOf(entries, isEntry)) return "its files";
  const paths = entries.map(({ path }) => path);
  if (!paths.includes("secret")) return "the secret is missing";
  const rowsOf = (path: string) => /^tables\/([^/]+)\/\d+\.jsonl$/.exec(path)?.[1];
  const stray = paths.find((path) => path.startsWith("tables/") && !tables.some(({ name }) => name === rowsOf(path)));
  return stray === undefined ? null : `${stray.slice(0, 100)} is of no table`;
}

const columnTypes: readonly unknown[] = ["ascii", "line", "text", "int", "flag", "serial", "double"] satisfies Column["type"][];

function isColumn(value: unknown): value is Column {
  if (!isThing(value) || !columnTypes.includes(value.type)) return false;
  const isFlag = (flag: unknown) => flag === undefined || typeof flag === "boolean";
  const { length, nullable, primary, default: initial } = value;
  const isLength = length === undefined ? value.type !== "ascii" && value.type !== "line" : isCount(length);
  return isLength && isFlag(nullable) && isFlag(primary) && ["undefined", "string", "number"].includes(typeof initial);
}

function isIndex(value: unknown): value is Thing {
  return isThing(value) && isName(value.name) && isListOf(value.columns, isName);
}

function isTable(value: unknown): value is Manifest["tables"][number] {
  if (!isThing(value) || !isName(value.name) || !isThing(value.columns) || !isThing(value.digest)) return false;
  const isShaped = Object.keys(value.columns).every(isName) && Object.values(value.columns).every(isColumn);
  const isIndexed = value.indexes === undefined || isListOf(value.indexes, isIndex);
  return isShaped && isIndexed && isCount(value.digest.rows) && isHash(value.digest.sha256);
}

function isEntry(value: unknown): value is Manifest["entries"][number] {
  return isThing(value) && isText(value.path) && isCount(value.bytes) && isHash(value.sha256);
}
