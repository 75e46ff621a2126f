import { join } from "node:path";
import type { Settings } from "../settings/settings.ts";
import { S3Store } from "./s3-store.ts";
import { FolderStore, type MediaStore } from "./store.ts";

/** The media store the settings ask for: an S3 bucket, or a folder in the data folder. */
export function openMediaStore(settings: Pick<Settings, "mediaUrl" | "dataFolder">): MediaStore {
  return settings.mediaUrl ? new S3Store(settings.mediaUrl) : new FolderStore(join(settings.dataFolder, "media"));
}
