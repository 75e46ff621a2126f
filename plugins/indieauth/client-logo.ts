import { createHash } from "node:crypto";
import { PublicError, type Reply, type RouteRequest } from "rookery/plugin";
import { forgetLater } from "./forget.ts";
import type { OwnContext } from "./own-context.ts";
import type { settings } from "./settings.ts";

/** A small copy of a client's logo; without `data` it could not be had. */
type Logo = { readonly data: string; readonly type: string; readonly until: string };

const [side, mostBytes, patience] = [96, 256 * 1024, 3_000] as const;
const [goodFor, triedAgainAfter] = [7 * 86_400_000, 3_600_000] as const;
// What can hold script or links, as SVG does, is left out.
const types = /^image\/(?:png|jpeg|gif|webp|avif)$/;

/**
 * Under which name a small copy of a client's logo is kept here; empty when it cannot be had. Browsers of those who are asked never
 * meet the client itself: it could count them, or show another picture to each.
 */
export async function clientLogo(context: OwnContext, logo: string | null | undefined, address: string): Promise<string> {
  if (!logo) return "";
  const id = hashOf(logo);
  const logos = context.collection<Logo>("logos");
  const now = context.clock.now().getTime();
  const kept = await logos.get(id);
  if (kept && Date.parse(kept.until) > now) return kept.data === "" ? "" : id;
  const found = await context.limit(`logo ${address}`, { times: 30, seconds: 600 }).then(
    () => fetched(context, logo),
    () => null,
  );
  const until = new Date(now + (found ? goodFor : triedAgainAfter)).toISOString();
  await logos.put(id, { ...(found ?? { data: "", type: "" }), until });
  await forgetLater(context);
  return found ? id : "";
}

/** `GET /indieauth/logo/:id`, for who is signed in. */
export async function logoRoute({ context, params }: RouteRequest<typeof settings>): Promise<Reply> {
  const id = params.id ?? "";
  const logo = /^[0-9a-f]{64}$/.test(id) ? await context.collection<Logo>("logos").get(id) : null;
  if (!logo?.data) throw new PublicError("no-logo", "There is no such picture.", 404);
  return {
    bytes: new Uint8Array(Buffer.from(logo.data, "base64")),
    headers: { "content-type": logo.type, "cache-control": "private, max-age=3600" },
  };
}

async function fetched(context: OwnContext, logo: string): Promise<Pick<Logo, "data" | "type"> | null> {
  try {
    const limits = { loopback: false, timeout: patience, maxBytes: mostBytes, purpose: "media" } as const;
    const response = await context.fetch(logo, { ...limits, headers: { accept: "image/*" } });
    const type = (response.headers.get("content-type") ?? "").split(";")[0]!.trim().toLowerCase();
    if (response.status !== 200 || !types.test(type)) return null;
    const bytes = new Uint8Array(await response.arrayBuffer());
    // The header says what it likes.
    if (/^[^\0]*<(?:svg|\?xml|!)/i.test(Buffer.from(bytes.subarray(0, 1_000)).toString("latin1"))) return null;
    const small = await context.media.reduced(bytes, { side, types: ["image/jpeg", "image/png"] });
    return small && { data: Buffer.from(small.bytes).toString("base64"), type: small.type };
  } catch (error) {
    context.log.debug(`A logo could not be had: ${error instanceof Error ? error.message : String(error)}`, { logo });
    return null;
  }
}

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");
