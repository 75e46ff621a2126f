import type { RouteRequest } from "rookery/plugin";
import { callerOf, type Caller } from "../caller.ts";
import { wishFromForm } from "./form.ts";
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
  // Whoever sends a wrong key in the header does not get to leave files here.
  const known = request.headers.authorization?.trim() ? await callerOf(request) : null;
  const { fields, files } = await request.multipart();
  const inBody = fields.getAll("access_token");
  const caller = known && inBody.length === 0 ? known : await callerOf(request, inBody);
  const all = new URLSearchParams(fields);
  // Some clients put an action's words into the address.
  for (const name of ["action", "url", "mp-destination", "mp-channel"])
    if (!all.has(name) && request.query.has(name)) all.set(name, request.query.get(name)!);
  return { caller, wish: wishFromForm(all, files) };
}
