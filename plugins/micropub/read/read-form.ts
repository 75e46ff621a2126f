import type { Multipart, RouteRequest } from "rookery/plugin";
import { callerOf, type Caller } from "../caller.ts";
import { invalid } from "../problem.ts";

// Whoever says only in the body who they are could be anybody until all of it has come.
const mostFromStrangers = 25_000_000;

/**
 * Who sends a form, and the form. A key in the header is looked at before anything is read: with a wrong one nobody leaves files
 * here. Without it the form may carry the key (Micropub §5.1), and is limited.
 */
export async function readForm(request: RouteRequest): Promise<Multipart & { readonly caller: Caller }> {
  const known = request.headers.authorization?.trim() ? await callerOf(request) : null;
  if (!known && !(Number(request.headers["content-length"] ?? Number.NaN) <= mostFromStrangers))
    throw invalid("Large requests, and those without a length, carry the token in the header Authorization.", 413);
  const { fields, files } = await sentIn(request);
  const inBody = fields.getAll("access_token");
  const caller = known && inBody.length === 0 ? known : await callerOf(request, inBody);
  return { caller, fields, files };
}

/** Whether a media type is one of JSON. */
export const isJson = (type: string): boolean => /^(application|text)\/(json|[\w.-]+\+json)$/.test(type);

// Many clients name a type and send nothing: then all they say is in the address.
async function sentIn(request: RouteRequest): Promise<Multipart> {
  const type = (request.headers["content-type"] ?? "").split(";")[0]!.trim().toLowerCase();
  const isEmpty = isJson(type) && (await request.raw()).byteLength === 0;
  return isEmpty ? { fields: new URLSearchParams(), files: [] } : request.multipart();
}
