import type { Reply } from "../hooks/values.ts";

const largest = 50_000_000;
// How long an answer is and how it travels is the server's to say; a plugin's word there could cut it off or split it in two.
const framing = new Set(["connection", "content-length", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"]);

/** The reply a plugin's route gave, if it can be sent as it is; throws an Error saying what is wrong with it, for the plugin's record. */
export function soundReply(reply: Reply | null | undefined): Reply {
  if (reply === null || reply === undefined) return { status: 204 };
  if (typeof reply !== "object") throw new Error("it answered with something that is no reply");
  const status = reply.status ?? 200;
  if (!Number.isInteger(status) || status < 200 || status > 599) throw new Error(`it answered with the status ${status}`);
  const headers = Object.entries(reply.headers ?? {});
  for (const [name, value] of headers) checkHeader(name, value);
  if (reply.redirect !== undefined) checkRedirect(reply.redirect);
  // Written out here, where a value that cannot be written is the plugin's mistake.
  const json = reply.json === undefined || reply.bytes || reply.html !== undefined ? undefined : JSON.stringify(reply.json);
  const bytes = reply.bytes?.byteLength ?? Buffer.byteLength(reply.html ?? json ?? reply.text ?? "");
  if (bytes > largest) throw new Error(`its answer is ${bytes} bytes long; ${largest} is the limit`);
  const kept = Object.fromEntries(headers.filter(([name]) => !framing.has(name.toLowerCase())));
  if (json === undefined) return { ...reply, headers: kept };
  const { json: _written, ...rest } = reply;
  const hasType = headers.some(([name]) => name.toLowerCase() === "content-type");
  return { ...rest, text: json, headers: hasType ? kept : { ...kept, "content-type": "application/json; charset=utf-8" } };
}

function checkHeader(name: string, value: unknown): void {
  if (!/^[A-Za-z0-9-]{1,100}$/.test(name)) throw new Error("it answered with a header name that is none");
  if (typeof value !== "string" || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
    throw new Error(`it answered with a header ${name} that holds a line break or other characters no header may have`);
}

function checkRedirect(redirect: string): void {
  const { protocol } = URL.parse(redirect, "https://blog.invalid/") ?? { protocol: "" };
  if (protocol !== "https:" && protocol !== "http:") throw new Error("it redirects to an address that is neither http nor https");
}
