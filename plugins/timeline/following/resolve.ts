import { PublicError } from "rookery/plugin";
import type { Source } from "../api.ts";
import type { Own } from "../settings.ts";
import { blogSource, keepSource, personSource, shownSource, sourceByHandle } from "../sources.ts";

/** What can be followed by what somebody typed: a name or page of somebody here, a blog here, then what other plugins know. */
export async function resolve(context: Own, input: string): Promise<Source | null> {
  const typed = input.trim().slice(0, 2_048).toWellFormed();
  if (typed === "") return null;
  const here = await resolveHere(context, typed);
  if (here) return here;
  for (const { pluginId } of context.services("timeline.source")) {
    const found = await context
      .ask("timeline.source", pluginId, (service) => service.resolve(typed), 20_000)
      .catch((error: unknown) => {
        // A plugin forbids it: nobody else is asked.
        if (error instanceof PublicError && error.status === 403) throw error;
        context.log.warn("a plugin could not say what can be followed", { error: String(error), pluginId });
        return null;
      });
    if (found) return shownSource(await keepSource(context, pluginId, found));
  }
  const known = await sourceByHandle(context, typed);
  return known && shownSource(known);
}

/** Somebody or a blog of this installation by a name or an address; null for what is of elsewhere. */
export async function resolveHere(context: Own, typed: string): Promise<Source | null> {
  const name = nameIn(context, typed);
  const account = name && (await context.accounts.byUsername(name));
  if (account) return shownSource(await personSource(context, account));
  const address = /^https?:\/\//i.test(typed) ? typed : /^[\w-]+(\.[\w-]+)+(:\d+)?\/?$/.test(typed) ? `https://${typed}` : null;
  const blog = address && (await context.blogAt(address));
  return blog ? shownSource(await blogSource(context, blog)) : null;
}

// kim, @kim, @kim@hub.example, https://hub.example/people/kim
function nameIn({ site }: Own, typed: string): string | null {
  const hub = new URL(site.url);
  const [, name, host] = /^@?([a-z0-9-]{1,40})(?:@([\w.:-]+))?$/i.exec(typed) ?? [];
  if (name && (!host || host.toLowerCase() === hub.host)) return name;
  const url = URL.parse(typed);
  return url?.host === hub.host ? (/^\/people\/([a-z0-9-]{1,40})\/?$/i.exec(url.pathname)?.[1] ?? null) : null;
}
