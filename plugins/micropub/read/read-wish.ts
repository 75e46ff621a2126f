import type { RouteRequest } from "rookery/plugin";
import { callerOf, type Caller } from "../caller.ts";
import { wishFromForm } from "./form.ts";
import { readForm } from "./read-form.ts";
import { wishFromJson } from "./json.ts";
import type { Wish } from "./wish.ts";

/**
 * Who asks and for what. The key is looked at before a body that needs none of it is read; a form may carry the key itself
 * (Micropub §5.1). Cookies are not looked at.
 */
export async function readWish(request: RouteRequest): Promise<{ readonly caller: Caller; readonly wish: Wish }> {
  const type = (request.headers["content-type"] ?? "").split(";")[0]!.trim().toLowerCase();
  if (/^(application|text)\/(json|[\w.-]+\+json)$/.test(type)) {
    const caller = await callerOf(request);
    return { caller, wish: wishFromJson(await request.json()) };
  }
  const { caller, fields, files } = await readForm(request);
  const all = new URLSearchParams(fields);
  // Some clients put an action's words into the address.
  for (const name of ["action", "url", "mp-destination", "mp-channel"])
    if (!all.has(name) && request.query.has(name)) all.set(name, request.query.get(name)!);
  return { caller, wish: wishFromForm(all, files) };
}
