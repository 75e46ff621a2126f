import { createHash, createHmac } from "node:crypto";

/** Who signs, for which region. */
export type S3Keys = { readonly key: string; readonly secret: string; readonly region: string };

/**
 * The headers of a request signed with AWS Signature Version 4 for the service s3
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html). `bodyHash` is SHA-256 in hex.
 */
export function signS3(
  request: { method: string; url: URL; headers: Readonly<Record<string, string>>; bodyHash: string },
  keys: S3Keys,
  now: Date,
): Record<string, string> {
  const time = now.toISOString().replace(/[-:]|\.\d{3}/g, "");
  const scope = `${time.slice(0, 8)}/${keys.region}/s3/aws4_request`;
  const headers: Record<string, string> = {
    ...request.headers,
    host: request.url.host,
    "x-amz-content-sha256": request.bodyHash,
    "x-amz-date": time,
  };
  const names = Object.keys(headers).toSorted();
  const query = [...request.url.searchParams]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .toSorted()
    .join("&");
  const path = request.url.pathname
    .split("/")
    .map((part) => encode(decodeURIComponent(part)))
    .join("/");
  const canonical = [
    request.method,
    path,
    query,
    ...names.map((name) => `${name}:${headers[name]!.trim()}`),
    "",
    names.join(";"),
    request.bodyHash,
  ].join("\n");
  const toSign = ["AWS4-HMAC-SHA256", time, scope, createHash("sha256").update(canonical).digest("hex")].join("\n");
  const signature = hmac(signingKey(keys, time.slice(0, 8)), toSign).toString("hex");
  const authorization = `AWS4-HMAC-SHA256 Credential=${keys.key}/${scope}, SignedHeaders=${names.join(";")}, Signature=${signature}`;
  const { host: _host, ...sent } = headers;
  return { ...sent, authorization };
}

function signingKey(keys: S3Keys, day: string): Buffer {
  return ["s3", "aws4_request"].reduce(
    (key, part) => hmac(key, part),
    hmac(hmac(Buffer.from(`AWS4${keys.secret}`), day), keys.region),
  );
}

const hmac = (key: Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
