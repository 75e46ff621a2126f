import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { parseXml } from "../net/xml.ts";
import { hashOfContent, sizeOf, type Content } from "./incoming.ts";
import { signS3, type S3Keys } from "./s3-sign.ts";
import type { MediaStore } from "./store.ts";

const emptyHash = createHash("sha256").digest("hex");

/**
 * Media in an S3-compatible bucket: `s3://KEY:SECRET@host/bucket?region=…&endpoint=…`. The address comes from the operator's
 * configuration only, never from content, so it does not pass the guard that public requests pass.
 */
export class S3Store implements MediaStore {
  readonly #keys: S3Keys;
  readonly #base: URL;

  constructor(address: string) {
    const url = new URL(address);
    const region = url.searchParams.get("region") ?? "us-east-1";
    this.#keys = { key: decodeURIComponent(url.username), secret: decodeURIComponent(url.password), region };
    this.#base = new URL(`${url.pathname.replace(/\/+$/, "")}/`, url.searchParams.get("endpoint") ?? `https://${url.host}`);
  }

  async put(name: string, bytes: Uint8Array, type: string): Promise<void> {
    const answer = await this.#send("PUT", new URL(name, this.#base), {
      body: { bytes },
      headers: { "content-type": type },
    });
    await expectOk(answer, `store ${name}`);
  }

  async putFile(name: string, path: string, type: string): Promise<void> {
    const answer = await this.#send("PUT", new URL(name, this.#base), { body: { path }, headers: { "content-type": type } });
    await expectOk(answer, `store ${name}`);
  }

  async read(name: string, range?: { from: number; until: number }): Promise<Readable | null> {
    const headers: Record<string, string> = range ? { range: `bytes=${range.from}-${range.until}` } : {};
    const answer = await this.#send("GET", new URL(name, this.#base), { headers });
    if (answer.statusCode === 404) {
      answer.resume();
      return null;
    }
    if (answer.statusCode !== 200 && answer.statusCode !== 206) await expectOk(answer, `read ${name}`);
    return answer;
  }

  async remove(name: string): Promise<void> {
    const answer = await this.#send("DELETE", new URL(name, this.#base), {});
    if (answer.statusCode === 404) answer.resume();
    else await expectOk(answer, `remove ${name}`);
  }

  async *list(): AsyncIterable<{ name: string; bytes: number }> {
    for (let next: string | undefined = ""; next !== undefined;) {
      const url = new URL(this.#base.href.replace(/\/$/, ""));
      url.searchParams.set("list-type", "2");
      if (next !== "") url.searchParams.set("continuation-token", next);
      const page = parseXml(await textOf(await this.#send("GET", url, {}), "list the bucket"));
      for (const entry of page.children.filter((child) => child.name === "Contents"))
        yield { name: textIn(entry, "Key") ?? "", bytes: Number(textIn(entry, "Size") ?? 0) };
      next = textIn(page, "IsTruncated") === "true" ? textIn(page, "NextContinuationToken") : undefined;
    }
  }

  async check(): Promise<void> {
    const url = new URL(this.#base.href.replace(/\/$/, ""));
    url.searchParams.set("list-type", "2");
    url.searchParams.set("max-keys", "1");
    await textOf(await this.#send("GET", url, {}), "reach the bucket");
  }

  async #send(method: string, url: URL, message: { body?: Content; headers?: Record<string, string> }): Promise<IncomingMessage> {
    const { body } = message;
    const bodyHash = body ? await hashOfContent(body) : emptyHash;
    const headers = signS3({ method, url, headers: message.headers ?? {}, bodyHash }, this.#keys, new Date());
    const length: Record<string, string> = body ? { "content-length": String(await sizeOf(body)) } : {};
    return new Promise((resolve, reject) => {
      const send = url.protocol === "http:" ? httpRequest : httpsRequest;
      const request = send(url, { method, headers: { ...headers, ...length }, timeout: 20_000 }, resolve);
      request.on("timeout", () =>
        request.destroy(new Error(`The media store did not answer in time (${method} ${url.pathname})`)),
      );
      request.on("error", (cause) => reject(new Error("The media store cannot be reached; check MEDIA_URL", { cause })));
      if (!body || "bytes" in body) request.end(body?.bytes);
      else
        createReadStream(body.path)
          .on("error", (error) => request.destroy(error))
          .pipe(request);
    });
  }
}

type Node = ReturnType<typeof parseXml>;

const textIn = (node: Node, name: string): string | undefined => node.children.find((child) => child.name === name)?.text;

async function expectOk(answer: IncomingMessage, what: string): Promise<void> {
  await textOf(answer, what);
}

async function textOf(answer: IncomingMessage, what: string): Promise<string> {
  const text = Buffer.concat(await answer.toArray()).toString("utf8");
  const status = answer.statusCode ?? 0;
  if (status < 200 || status > 299)
    throw new Error(`The media store answered ${status} when asked to ${what}: ${/<Code>([^<]*)/.exec(text)?.[1] ?? ""}`);
  return text;
}
