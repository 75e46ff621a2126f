import { request as httpRequest } from "node:http";
import type { Shape } from "./shape.ts";

/**
 * What an app sends, byte for byte: `{name}` stands for what differs from one installation to the next, such as a key, an id or an
 * address. `status` is 200 unless told; `keep` remembers something of the answer under a name.
 */
export type Recorded = {
  readonly what: string;
  readonly line: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly status?: number;
  readonly shape?: Shape;
  readonly keep?: Readonly<Record<string, (json: never) => unknown>>;
  /** Headers that must be there. */
  readonly answers?: Readonly<Record<string, RegExp>>;
  /** Whether jobs run before it. */
  readonly later?: boolean;
};

export type Answer = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly text: string };

export const urlencoded = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
export const json = { "content-type": "application/json" };

/** A multipart body as browsers' and phones' libraries write it. */
export function multipart(fields: Readonly<Record<string, string>>) {
  const boundary = "7b3f6d1e-5c0a-4d8e-9a51-d2f5a6b1c0e3";
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return {
    headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
    body: `${parts.join("")}--${boundary}--\r\n`,
  };
}

/** Puts what is known in the place of `{name}`. */
export const filled = (text: string, known: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => known[name] ?? whole);

/** Sends it to the hub as it stands; bodies are latin1, so that bytes of files go through. */
export function send(
  port: number,
  { line, headers = {}, body }: Recorded,
  known: Readonly<Record<string, string>>,
): Promise<Answer> {
  const [method, path] = filled(line, known).split(" ") as [string, string];
  const payload = body === undefined ? undefined : Buffer.from(filled(body, known), "latin1");
  const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, filled(value, known)]));
  const all = { host: `hub.example:${port}`, ...sent, "content-length": String(payload?.byteLength ?? 0) };
  return new Promise((resolve, reject) => {
    const asked = httpRequest({ host: "127.0.0.1", port, method, path, headers: all }, (response) => {
      const pieces: Buffer[] = [];
      response.on("data", (piece: Buffer) => pieces.push(piece));
      response.on("end", () =>
        resolve({
          status: response.statusCode!,
          headers: response.headers as Record<string, string>,
          text: Buffer.concat(pieces).toString(),
        }),
      );
    });
    asked.once("error", reject).end(payload);
  });
}
