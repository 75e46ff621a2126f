import { request as httpRequest, type IncomingHttpHeaders } from "node:http";

/** A file in a form. */
export type TestFile = { readonly name: string; readonly type?: string; readonly bytes: Uint8Array | string };
type FieldValue = string | TestFile;

/** A request to the installation. At most one of the bodies; headers win over what a body would say of itself. */
export type TestRequest = {
  /** GET, or POST with a body, unless told. */
  readonly method?: string;
  readonly path: string;
  /** The first blog unless told; `hub.example` is the hub. */
  readonly host?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly form?: Readonly<Record<string, string | readonly string[]>>;
  readonly json?: unknown;
  readonly multipart?: Readonly<Record<string, FieldValue | readonly FieldValue[]>>;
};

/** An answer over HTTP. */
export type TestResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly bytes: Uint8Array;
  json(): unknown;
};

/** Sends it to a port of this machine and reads the whole answer; redirects are not followed. */
export async function send(port: number, wanted: TestRequest & { readonly host: string }): Promise<TestResponse> {
  const { payload, type } = await payloadOf(wanted);
  // Node names no length by itself where a method usually has no body, such as DELETE.
  const length = payload === undefined ? {} : { "content-length": String(Buffer.byteLength(payload)) };
  const headers = { host: wanted.host, ...length, ...(type && { "content-type": type }), ...wanted.headers };
  const method = wanted.method ?? (payload === undefined ? "GET" : "POST");
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, method, path: wanted.path, headers, agent: false };
    const request = httpRequest(options, (response) => {
      const pieces: Buffer[] = [];
      response.on("data", (piece: Buffer) => pieces.push(piece));
      response.on("error", reject);
      response.on("end", () => resolve(answerOf(response.statusCode!, response.headers, Buffer.concat(pieces))));
    });
    request.on("error", reject);
    request.end(payload);
  });
}

function answerOf(status: number, headers: IncomingHttpHeaders, bytes: Buffer): TestResponse {
  const text = bytes.toString("utf8");
  return { status, headers: headers as Record<string, string>, text, bytes, json: () => JSON.parse(text) as unknown };
}

async function payloadOf(wanted: TestRequest): Promise<{ payload?: string | Uint8Array; type?: string }> {
  if (wanted.form) return { payload: encoded(wanted.form), type: "application/x-www-form-urlencoded" };
  if (wanted.json !== undefined) return { payload: JSON.stringify(wanted.json), type: "application/json" };
  if (wanted.multipart) {
    const response = new Response(multipart(wanted.multipart));
    return { payload: new Uint8Array(await response.arrayBuffer()), type: response.headers.get("content-type")! };
  }
  return wanted.body === undefined ? {} : { payload: wanted.body };
}

function encoded(form: NonNullable<TestRequest["form"]>): string {
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(form))
    for (const one of typeof value === "string" ? [value] : value) fields.append(name, one);
  return fields.toString();
}

function multipart(parts: NonNullable<TestRequest["multipart"]>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(parts))
    for (const one of [value].flat() as FieldValue[])
      if (typeof one === "string") form.append(name, one);
      else form.append(name, new Blob([one.bytes as BlobPart], { type: one.type ?? "application/octet-stream" }), one.name);
  return form;
}
