import type { House } from "../house.ts";
import type { Scope } from "../hooks/scope.ts";
import type { Blog } from "../hooks/values.ts";
import { PublicError } from "../errors.ts";
import { prepareDataFolder } from "../settings/data-folder.ts";
import { createLog } from "../settings/log.ts";
import { readSettings } from "../settings/settings.ts";
import { isFresh } from "../storage/migrate.ts";
import type { Console } from "./command.ts";

/** Opens the installation for one short command (a running server goes on beside it) and closes it after. */
export async function withHouse<T>(console: Console, work: (house: House) => Promise<T>, isFirst = false): Promise<T> {
  const settings = readSettings(console.env, console);
  if (!isFirst && isFresh(settings.databaseUrl)) {
    throw new PublicError(
      "cli.nothing",
      `There is no installation in ${settings.dataFolder} yet: run rookery init or rookery start, or set ROOKERY_DATA.`,
    );
  }
  prepareDataFolder(settings.dataFolder);
  // A command's answer stands alone; its chatter is only for whoever asks for more.
  const log = createLog({ ...settings, logLevel: settings.logLevel === "info" ? "warn" : settings.logLevel });
  const { House } = await import("../house.ts");
  const house = await House.open(settings, { log });
  try {
    return await work(house);
  } finally {
    await house.close();
  }
}

/** The blog an address names; a PublicError when there is none. */
export async function needBlog(house: House, address: string): Promise<Blog> {
  const { findByAddress } = await import("../blogs/blogs.ts");
  const blog = await findByAddress(house.storage, address, house.site);
  if (!blog) throw new PublicError("blog.unknown", `There is no blog at ${address.slice(0, 200)}: rookery blog list shows them.`);
  return blog;
}

/** A scope in which the blog's owner acts: whoever may run commands on the machine speaks for the owner. */
export async function ownerScope(house: House, blog: Blog): Promise<Scope> {
  const { personById } = await import("../people/accounts.ts");
  const owner = await personById(house.storage, blog.ownerId);
  if (!owner) throw new Error(`The blog ${blog.host} has no owner`);
  return house.scopeOf(owner, blog, "cli");
}
