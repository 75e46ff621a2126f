import type { FakeRequest } from "../fake-server.ts";
import { Refused } from "./refused.ts";

/** A value as Rails reads it of a form, or JSON. */
export type Param = string | number | boolean | null | Blob | readonly Param[] | { readonly [name: string]: Param };
export type Params = Readonly<Record<string, Param>>;

/**
 * Parameters of a request by its content type; of another type there are none, as at the real service. A name that is not among
 * `known` is refused: the real service would silently ignore what the client meant.
 */
export async function paramsOf(request: FakeRequest, known: readonly string[]): Promise<Params> {
  const params = await read(request);
  const stranger = Object.keys(params).find((name) => !known.includes(name));
  if (stranger !== undefined) throw new Refused(422, `The fake server knows no parameter “${stranger}” here`);
  return params;
}

async function read({ headers, bytes }: FakeRequest): Promise<Params> {
  const type = headers["content-type"] ?? "";
  const text = () => new TextDecoder().decode(bytes);
  if (/^application\/json\b/.test(type)) {
    try {
      return JSON.parse(text()) as Params;
    } catch {
      throw new Refused(400, "There was a problem in the JSON you submitted");
    }
  }
  if (/^application\/x-www-form-urlencoded\b/.test(type)) return nested(new URLSearchParams(text()));
  if (!/^multipart\/form-data\b/.test(type)) return {};
  return nested(await new Response(bytes as Uint8Array<ArrayBuffer>, { headers: { "content-type": type } }).formData());
}

type Mutable = Record<string, Param>;

// `name[]` is an entry of a list; `name[][key]` a value in the list's last object, or in a new one when that has the key already.
function nested(pairs: Iterable<readonly [string, string | Blob]>): Params {
  const params: Mutable = {};
  for (const [name, value] of pairs) {
    const match = /^([^[\]]+)(\[\])?(?:\[([^[\]]+)\])?$/.exec(name);
    if (!match) throw new Refused(400, `The parameter “${name}” is malformed`);
    const [, key, isList, inner] = match as unknown as [string, string, string | undefined, string | undefined];
    if (!isList) {
      if (inner !== undefined) throw new Refused(400, `The parameter “${name}” is malformed`);
      params[key] = value;
      continue;
    }
    const list = (params[key] ??= []) as Param[];
    if (!Array.isArray(list)) throw new Refused(400, `The parameter “${name}” is a list and a value at once`);
    const last = list.at(-1) as Mutable | undefined;
    if (inner === undefined) list.push(value);
    else if (last && !(inner in last)) last[inner] = value;
    else list.push({ [inner]: value });
  }
  return params;
}

/** A parameter as text; empty where there is none. Refused when it is a list or an object. */
export function textOf(params: Params, name: string): string {
  const value = params[name] ?? "";
  if (typeof value === "object") throw new Refused(422, `“${name}” must be a single value`);
  return String(value);
}

/** A parameter as a list of texts. Refused when it is a single value, which the real service would drop. */
export function listOf(params: Params, name: string): readonly string[] {
  const value = params[name] ?? [];
  if (!Array.isArray(value)) throw new Refused(422, `“${name}” must be a list: write it as ${name}[]`);
  return (value as readonly Param[]).map(String);
}
