import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Account, Blog } from "../../hooks/values.ts";
import { keepersOf } from "../../host/exports/keepers.ts";
import type { House } from "../../house.ts";
import { ulid } from "../../ids.ts";
import { ZipFile } from "../../net/zip-file.ts";
import { readZip } from "../../net/zip-read.testing.ts";
import { writeKept } from "../../residents/export/kept-files.ts";

/** What plugins give for the archive of somebody or of a blog, as text by its name there; throws when one of them fails. */
export async function keptOf(
  house: House,
  account: Account,
  { language = "en", blog = null }: { language?: string; blog?: Blog | null } = {},
): Promise<Record<string, string>> {
  const scope = house.scopeOf(account, blog, "test");
  const zip = await ZipFile.create(join(house.settings.dataFolder, `${ulid()}.zip`));
  const person = { accountId: account.id, language };
  const parts = await writeKept(keepersOf(scope), { zip, person, folder: "", signal: new AbortController().signal });
  await zip.finish();
  const files = Object.fromEntries([...readZip(zip.path)].map(([name, bytes]) => [name.slice("plugins/".length), String(bytes)]));
  await rm(zip.path);
  const broken = parts.filter(({ state }) => state !== "whole").map(({ pluginId, state }) => `${pluginId} ${state}`);
  if (broken.length > 0) throw new Error(`Not all of the archive could be made: ${broken.join(", ")}`);
  return files;
}
