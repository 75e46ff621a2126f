import type { Context } from "rookery/plugin";
import { ask, originOf, type Answer } from "../crosspost/kit.ts";
import { xrpc } from "./xrpc.ts";

// Who answers for names everywhere: Bluesky's own lookup (it sees DNS records too), and the directory of did:plc.
const [resolver, directory] = ["https://public.api.bsky.app", "https://plc.directory"];
const isDid = (text: unknown): text is string =>
  typeof text === "string" && /^did:(plc:[a-z2-7]{24}|web:[\w.%-]{1,240})$/.test(text);

/** A name with its domain, as the protocol has them; null when it is none. */
export function handleIn(typed: string): string | null {
  const handle = typed.trim().replace(/^@/, "").toLowerCase();
  return handle.length <= 253 && /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/.test(handle) ? handle : null;
}

/** Where an account lives: handle → DID → its document → server; null when any of it is not there. CrosspostError when nobody answers. */
export async function findServer(context: Context, handle: string): Promise<{ did: string; server: string } | null> {
  const did = (await ownWord(context, handle)) ?? (await lookup(context, handle));
  const document = did === null ? null : await documentOf(context, did);
  if (did === null || document?.id !== did) return null;
  const services = Array.isArray(document.service) ? (document.service as readonly Record<string, unknown>[]) : [];
  const server = originOf(services.find((one) => /^(did:.*)?#atproto_pds$/.test(String(one?.id)))?.serviceEndpoint);
  return server === null ? null : { did, server };
}

async function ownWord(context: Context, handle: string): Promise<string | null> {
  try {
    const answer = await context.fetch(`https://${handle}/.well-known/atproto-did`, { maxBytes: 10_000, timeout: 8_000 });
    const did = answer.ok ? (await answer.text()).trim() : "";
    return isDid(did) ? did : null;
  } catch {
    return null; // most names live in the DNS alone
  }
}

async function lookup(context: Context, handle: string): Promise<string | null> {
  const { body } = await xrpc(context, resolver, { method: "com.atproto.identity.resolveHandle", query: { handle } });
  return isDid(body.did) ? body.did : null;
}

async function documentOf(context: Context, did: string): Promise<Answer["body"] | null> {
  const host = decodeURIComponent(did.slice("did:web:".length));
  const isLocal = /^localhost(:\d+)?$/.test(host);
  const url = did.startsWith("did:plc:") ? `${directory}/${did}` : `${isLocal ? "http" : "https"}://${host}/.well-known/did.json`;
  const answer = await ask(context, { url });
  return answer.isOk ? answer.body : null;
}
