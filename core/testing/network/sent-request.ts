/** A file within a form that was sent. */
export type SentFile = { readonly name: string; readonly type: string; readonly bytes: Uint8Array };
type FormValue = string | SentFile;

/** A body as it was meant: a form as an object (several values of a name as a list), JSON as its value, else text. */
export type SentBody = { readonly [name: string]: FormValue | readonly FormValue[] } | string;

/** A request that the code under test sent. */
export type SentRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly bytes: Uint8Array;
  /** The body read by its type: form, multipart or JSON; what cannot be read stays text. */
  readonly content: unknown;
};

/** Reads what is about to be sent, once. */
export async function sentRequest(asked: Request, url: string): Promise<SentRequest> {
  const bytes = new Uint8Array(await asked.arrayBuffer());
  const body = Buffer.from(bytes).toString("utf8");
  const type = asked.headers.get("content-type") ?? "";
  const content = await contentOf(bytes, body, type);
  return { method: asked.method, url, headers: Object.fromEntries(asked.headers), body, bytes, content };
}

async function contentOf(bytes: Uint8Array, body: string, type: string): Promise<unknown> {
  if (/^application\/x-www-form-urlencoded/i.test(type)) return fieldsOf(new URLSearchParams(body));
  try {
    if (/^multipart\/form-data/i.test(type)) {
      const form = await new Response(bytes as BodyInit, { headers: { "content-type": type } }).formData();
      return fieldsOf(await Promise.all([...form].map(async ([name, value]) => [name, await valueOf(value)] as const)));
    }
    if (/^application\/([\w.-]+\+)?json/i.test(type)) return JSON.parse(body) as unknown;
  } catch {
    return body; // a test that sends something broken wants to see it as it is
  }
  return body;
}

async function valueOf(value: string | File): Promise<FormValue> {
  if (typeof value === "string") return value;
  return { name: value.name, type: value.type, bytes: new Uint8Array(await value.arrayBuffer()) };
}

function fieldsOf(pairs: Iterable<readonly [string, FormValue]>): Record<string, FormValue | FormValue[]> {
  const fields: Record<string, FormValue | FormValue[]> = {};
  for (const [name, value] of pairs) {
    const before = fields[name];
    fields[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return fields;
}
