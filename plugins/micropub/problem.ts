import { PublicError } from "rookery/plugin";

/** A request that is wrong in itself: 400 `invalid_request` (Micropub §3.8). */
export function invalid(sentence: string, status = 400): PublicError {
  return new PublicError("micropub.invalid_request", sentence, status);
}

/** No key came along: 401 `unauthorized`. */
export const noToken = (): PublicError =>
  new PublicError(
    "micropub.unauthorized",
    "Send the app's token in the header Authorization, or in the field access_token.",
    401,
  );

/** The key is wrong, ended or revoked: 401 `invalid_token` (RFC 6750 §3.1). */
export const wrongToken = (): PublicError =>
  new PublicError("micropub.invalid_token", "This token is not valid (any more). Sign in again in the app.", 401);

/** The key lacks a scope: 403 `insufficient_scope`, as RFC 6750 and the living draft of Micropub say. */
export function lacksScope(scope: string): PublicError {
  return new PublicError("micropub.insufficient_scope", `The app was let in without the scope “${scope}”.`, 403, { scope });
}

/** Somebody's own key, but not their blog: 403 `forbidden`. */
export const forbidden = (sentence: string): PublicError => new PublicError("micropub.forbidden", sentence, 403);

/** Micropub knows one status for what a client sent wrong; sizes, types, rights and conflicts keep theirs. */
export function asMicropub(error: unknown): unknown {
  if (!(error instanceof PublicError)) return error;
  const status = error.status === 422 || error.status === 404 ? 400 : error.status;
  if (error.status === status && error.key !== "right.scope") return error;
  if (error.key === "right.scope") return new PublicError("micropub.insufficient_scope", error.message, 403, error.values);
  return new PublicError("micropub.invalid_request", error.message, status, error.values);
}
