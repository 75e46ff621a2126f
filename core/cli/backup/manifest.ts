import { PublicError } from "../../errors.ts";
import type { TableShape } from "../../storage/columns.ts";
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

/** Reads the manifest; a PublicError when this is not a backup of ours. */
export function parseManifest(text: string): Manifest {
  try {
    const manifest = JSON.parse(text) as Partial<Manifest>;
    if (manifest.format === "rookery-backup-1" && Array.isArray(manifest.tables) && Array.isArray(manifest.entries))
      return manifest as Manifest;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new PublicError("backup.format", "This is not a backup that this Rookery can read: use a file made by rookery backup.");
}
