import { listBlogs } from "../../core/blogs/blogs.ts";
import type { Scope } from "../../core/hooks/scope.ts";
import { House } from "../../core/house.ts";
import { accountById } from "../../core/people/accounts.ts";
import { createLog } from "../../core/settings/log.ts";
import { readSettings } from "../../core/settings/settings.ts";

/** Opens the installation that this process's environment names. */
export async function openBenchHouse(): Promise<House> {
  const settings = readSettings(process.env, { cwd: process.cwd() });
  return House.open(settings, { log: createLog(settings) });
}

/** A scope in which the owner of the only blog acts on it. */
export async function ownerScope(house: House): Promise<Scope> {
  const [blog] = await listBlogs(house.storage, house.site, { limit: 1 });
  const owner = blog && (await accountById(house.storage, blog.ownerId));
  if (!blog || !owner) throw new Error("The installation of the suite has no blog");
  return house.scopeOf(owner, blog, "bench");
}
