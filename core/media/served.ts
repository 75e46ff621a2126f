import { blogOf, type Scope } from "../hooks/scope.ts";
import { marks } from "../storage/rows.ts";
import type { Row } from "../storage/storage.ts";
import { variantSizes } from "./make-variants.ts";
import { addressesOf, partsOfVariantName, storedName, variantName, variantsOf } from "./media-row.ts";

/** What is sent for an address below `/media/`. */
export type ServedFile = {
  readonly type: string;
  readonly bytes: number;
  /** Name in the store. */
  readonly stored: string;
  /** Moves when the bytes do. */
  readonly validator: string;
  /** Whether other bytes can come to stand at this address: for good, when the file is replaced, or as soon as its sizes are made. */
  readonly keeps: "always" | "until-replaced" | "until-made";
};

const columns = "name, type, bytes, revision, variants";

/** What a request for a file on a blog's host needs: only files of that blog, and sizes that exist, are found. */
export async function servedMedia(scope: Scope, name: string): Promise<ServedFile | null> {
  const variant = partsOfVariantName(name);
  return variant ? servedVariant(scope, name, variant) : servedFile(scope, name);
}

async function servedFile(scope: Scope, name: string): Promise<ServedFile | null> {
  const [row] = await scope.storage.query(`SELECT ${columns} FROM media WHERE name = ? AND blog_id = ?`, [
    name,
    blogOf(scope).id,
  ]);
  return row ? fileOf(row) : null;
}

function fileOf(row: Row): ServedFile {
  const [name, revision] = [String(row.name), Number(row.revision)];
  return {
    type: String(row.type),
    bytes: Number(row.bytes),
    stored: storedName(name, revision),
    validator: `${name}.${revision}`,
    keeps: "until-replaced",
  };
}

async function servedVariant(
  scope: Scope,
  name: string,
  asked: NonNullable<ReturnType<typeof partsOfVariantName>>,
): Promise<ServedFile | null> {
  const addresses = addressesOf(asked.stem);
  const sql = `SELECT ${columns} FROM media WHERE name IN (${marks(addresses.length)}) AND blog_id = ?`;
  const [row] = await scope.storage.query(sql, [...addresses, blogOf(scope).id]);
  if (!row) return null;
  const variants = variantsOf(row);
  // Asked for in the second between the upload and its sizes: the picture itself stands in.
  if (variants === null && Object.values<number>(variantSizes).includes(asked.width))
    return { ...fileOf(row), keeps: "until-made" };
  const found = variants?.find(({ width, type }) => width === asked.width && type === asked.type);
  if (!found) return null;
  // A page drawn before the file was replaced asks for the size it had then, and gets the one it has now.
  const stored = variantName(String(row.name), Number(row.revision), found);
  return {
    type: found.type,
    bytes: found.bytes,
    stored,
    validator: stored,
    keeps: stored === name ? "always" : "until-replaced",
  };
}
