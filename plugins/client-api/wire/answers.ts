import { PublicError, type Reply } from "rookery/plugin";

/** An answer in JSON. */
export const answer = (json: unknown, status = 200): Reply => ({ status, json });

/** “Done, and there is nothing to say”: apps read an object there, never nothing. */
export const done = (): Reply => answer({});

/** How the account's addresses refuse: with 200 and the key `error`, which apps look for first. `sentence` is shown to people. */
export const softRefusal = (sentence: string): Reply => answer({ error: sentence, error_description: sentence });

/** 404 `not_found`. */
export const missing = (sentence: string): PublicError => new PublicError("not_found", sentence, 404);

/** 400 `invalid_request`. */
export const invalid = (sentence: string): PublicError => new PublicError("invalid_request", sentence, 400);
