import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder and those above it that are missing; throws the system's error. Not by mkdir's own `recursive`, which never
 * returns where a file system has no place for new folders (/proc).
 */
export function makeFolder(folder: string, mode?: number): void {
  const missing: string[] = [];
  for (let at = folder; !existsSync(at) && at !== dirname(at); at = dirname(at)) missing.unshift(at);
  for (const one of missing) {
    try {
      mkdirSync(one, { mode });
    } catch (error) {
      // Another process was faster; a link into nowhere shows in what comes next.
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}
