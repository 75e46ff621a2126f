import type { Json, RouteRequest } from "rookery/plugin";
import { callerOf, type Caller } from "../caller.ts";
import { wishFromForm } from "./form.ts";
import { isJson, readForm } from "./read-form.ts";
import { wishFromJson } from "./json.ts";
import type { Wish } from "./wish.ts";

/**
 * Who asks and for what. The key is looked at before a body that needs none of it is read; a form may carry the key itself
 * (Micropub §5.1). Cookies are not looked at.
 */
export async function readWish(request: RouteRequest): Promise<{ readonly caller: Caller; readonly wish: Wish }> {
  const type = (request.headers["content-type"] ?? "").split(";")[0]!.trim().toLowerCase();
  if (isJson(type)) {
    const caller = await callerOf(request);
    // Many clients name a type and send nothing: then all they say is in the address.
    const isEmpty = (await request.raw()).byteLength === 0;
    const wish = isEmpty
      ? wishFromForm(withQuery(new URLSearchParams(), request.query), [])
      : wishFromJson(withAddress(await request.json(), request.query));
    return { caller, wish };
  }
  const { caller, fields, files } = await readForm(request);
  return { caller, wish: wishFromForm(withQuery(fields, request.query), files) };
}

// Some clients put words into the address; what the body says of a name counts instead. Keys in addresses end up in logs, and are not taken.
function withQuery(fields: URLSearchParams, query: URLSearchParams): URLSearchParams {
  const bare = (name: string) => name.replace(/\[\]$/, "");
  const said = new Set([...fields.keys()].map(bare));
  const added = [...query].filter(([name]) => !said.has(bare(name)) && name !== "access_token" && name !== "q");
  return new URLSearchParams([...fields, ...added]);
}

function withAddress(body: Json, query: URLSearchParams): Json {
  if (body === null || typeof body !== "object" || Array.isArray(body)) return body;
  const added = ["action", "url", "mp-channel"].flatMap((name) => (query.get(name) ? [[name, query.get(name)!]] : []));
  return { ...(Object.fromEntries(added) as object), ...body };
}
