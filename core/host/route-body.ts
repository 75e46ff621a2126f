import { PublicError, sentenceOf } from "../errors.ts";
import type { Json } from "../hooks/values.ts";
import { JsonRefused, parseJson } from "../net/json.ts";
import { urlencodedFields } from "../net/urlencoded.ts";
import type { Multipart } from "./manifest.ts";
import type { RouteCall } from "./run-route.ts";

/** Ways to read what a request to a route carries. Each reads once and remembers. */
export type RouteBody = {
  form(): Promise<URLSearchParams>;
  json(): Promise<Json>;
  raw(): Promise<Uint8Array>;
  multipart(options?: { readonly files?: number }): Promise<Multipart>;
  fields(): Promise<URLSearchParams>;
  /** Milliseconds that went by while the visitor was sending. */
  waited(): number;
  /** Takes files away that were left in the upload folder. */
  cleanUp(): Promise<void>;
};

const limits = { fields: 1000, json: 50_000_000 } as const;

/** Reads a route's body within limits in bytes, `file` for each file of a multipart one. PublicError 400, 413 or 415, never anything else. */
export function bodyOfRoute(call: RouteCall, most: { readonly body: number; readonly file: number }): RouteBody {
  const clock = visitorsTime();
  const type = (call.headers["content-type"] ?? "").split(";")[0]!.trim().toLowerCase();
  const raw = once(() => clock.during(() => call.body(most.body)));
  let files: Promise<Multipart & { cleanUp(): Promise<void> }> | undefined;
  const form = once(async () => {
    if (type !== "" && type !== "application/x-www-form-urlencoded") throw wrongType("a urlencoded form");
    const fields = urlencodedFields(await raw());
    if (fields.size > limits.fields) throw new PublicError("request.fields", "The form has more than 1,000 fields.", 413);
    return fields;
  });
  const json = once(async () => {
    if (type !== "" && !isJson(type)) throw wrongType("JSON");
    return jsonOf(await raw());
  });
  const body: RouteBody = {
    raw,
    form,
    json,
    async multipart({ files: count = 10 } = {}) {
      if (type !== "multipart/form-data") return { fields: await form(), files: [] };
      files ??= clock.during(() => call.multipart({ bytes: most.file, files: count }));
      const { fields, files: list } = await files;
      return { fields, files: list.map((file) => ({ ...file, field: file.field.replace(/\[\]$/, "") })) };
    },
    async fields() {
      const all = new URLSearchParams(call.query);
      const sent = await sentFields(body, type);
      // What the body says of a name counts instead of what the address says.
      for (const name of new Set(sent.keys())) {
        all.delete(name);
        for (const value of sent.getAll(name)) all.append(name, value);
      }
      return all;
    },
    waited: clock.waited,
    cleanUp: async () => void (await files?.then((found) => found.cleanUp()).catch(() => undefined)),
  };
  return body;
}

async function sentFields(body: RouteBody, type: string): Promise<URLSearchParams> {
  if (type === "multipart/form-data") return (await body.multipart()).fields;
  const bytes = type === "application/x-www-form-urlencoded" ? null : await body.raw();
  // Many clients name a type and send nothing.
  if (bytes?.byteLength === 0) return new URLSearchParams();
  if (!isJson(type)) return body.form();
  const value = await body.json();
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw new PublicError("request.json-object", "The JSON must be an object of names and values.", 400);
  const fields = new URLSearchParams();
  for (const [name, given] of Object.entries(value))
    for (const one of Array.isArray(given) ? given : [given])
      if (one !== null) fields.append(name, typeof one === "object" ? JSON.stringify(one) : String(one));
  return fields;
}

const isJson = (type: string): boolean =>
  type === "application/json" || type === "text/json" || /^application\/[\w.-]+\+json$/.test(type);

const wrongType = (wanted: string) => new PublicError("request.body-type", `This address takes ${wanted}.`, 415, { wanted });

function jsonOf(bytes: Uint8Array): Json {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) throw new PublicError("request.json", "The JSON is not written in UTF-8.", 400);
    throw error;
  }
  try {
    return parseJson(text, { maxBytes: limits.json }) as Json;
  } catch (error) {
    if (error instanceof JsonRefused) throw new PublicError("request.json", sentenceOf(error), 400);
    throw error;
  }
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= work());
}

// Whoever sends slowly, or breaks off, must not pass for a plugin that hangs or throws: enough of that would pause it.
function visitorsTime() {
  let [total, since] = [0, null as number | null];
  return {
    waited: () => total + (since === null ? 0 : performance.now() - since),
    async during<T>(read: () => Promise<T>): Promise<T> {
      since = performance.now();
      try {
        return await read();
      } catch (error) {
        if (error instanceof PublicError) throw error;
        throw new PublicError("request.cut-off", "The request broke off before all of it had come.", 400);
      } finally {
        total += performance.now() - since;
        since = null;
      }
    },
  };
}
