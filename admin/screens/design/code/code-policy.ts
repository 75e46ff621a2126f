import { randomBytes } from "node:crypto";
import { hubPolicy } from "../../../../core/web/headers.ts";
import type { ScreenReply } from "../../../../core/web/screen.types.ts";

/** A word for one answer, with which the code editor may bring its own style. */
export function styleNonce(): string {
  return randomBytes(16).toString("base64");
}

/** The same answer with the policy of a page with a code editor: `nonce` opens the style sheets, `frames` may be framed. */
export function withEditorPolicy(reply: ScreenReply, nonce: string, frames: readonly string[]): ScreenReply {
  const policy = hubPolicy(frames).replace("style-src 'self'", `style-src 'self' 'nonce-${nonce}'`);
  return { ...reply, headers: { ...reply.headers, "content-security-policy": policy } };
}
