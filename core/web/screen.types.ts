import type { Readable } from "node:stream";
import type { PublicError } from "../errors.ts";
import type { Scope } from "../hooks/scope.ts";
import type { Flash } from "./flash.ts";
import type { Account, Reply } from "../hooks/values.ts";

/** Who may open a screen: `nobody-yet` only while there is no admin; the rest as admin-and-themes.md §3 says. */
export type ScreenAccess = "public" | "nobody-yet" | "member" | "curator" | "moderator" | "admin";

/** A file that came with a form, on disk until the request ends. */
export type UploadedFile = {
  readonly field: string;
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  /** As the browser says. */
  readonly type: string;
};

/** A form as it was sent: every value of every field, and the files. Already checked for Origin and CSRF. */
export type SentForm = { readonly fields: URLSearchParams; readonly files: readonly UploadedFile[] };

/** A signed-in browser. */
export type ScreenSession = {
  readonly idHash: string;
  readonly csrf: string;
  readonly createdAt: string;
  /** When it last proved by password or passkey who it is; null: never. */
  readonly confirmedAt: string | null;
};

/** A request to the hub, parsed, limited and allowed. `account` is null only where `access` lets nobody in particular in. */
export type ScreenRequest = {
  readonly scope: Scope;
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly account: Account | null;
  readonly session: ScreenSession | null;
  /** One word for the form field `csrf`; signed-out forms have one too (bound to a cookie). */
  readonly csrf: string;
  /** What the page before wanted said once, after a redirect. */
  readonly flash: Flash | null;
  /** The word of a sign-in that is half-way: the password was right, the code is missing. It opens nothing. */
  readonly halfway: string | null;
  /** Form fields and files; urlencoded 1 MB, multipart 50 MB a file and 10 files. Throws PublicError 413/415. */
  form(): Promise<SentForm>;
  /** What a PUT carries, as it comes, at most `limit` bytes. Throws PublicError 413/415. */
  body(limit: number): Promise<Buffer>;
};

/** What a screen answers; `session` and `halfway` set ("…") or clear (null) their cookies, `flash` is shown once on the next page. */
export type ScreenReply = Reply & {
  readonly session?: string | null;
  readonly halfway?: string | null;
  readonly flash?: string | Flash;
  /** Sent while it is read, in place of a body. */ readonly stream?: Readable;
};

/** One address of the dashboard. `:name` in the path stands for one segment. */
export type Screen = {
  /** PUT and DELETE come from scripts of ours only: they say their CSRF word in `X-CSRF-Token`. */
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly access: ScreenAccess;
  run(request: ScreenRequest): ScreenReply | Promise<ScreenReply>;
  /**
   * What a POST that cannot be taken leaves behind instead: the session it was opened in is over, or another one began. It came from a page of ours
   * (Origin), but nobody said so by the word of the session, and `account` may be null: it may keep what was typed, and change nothing.
   */
  unsent?(request: ScreenRequest): ScreenReply | Promise<ScreenReply>;
  /** Tells whoever is signed in of an error that was found before the screen ran; without it a plain page does. */
  tell?(request: ScreenRequest, error: PublicError): Promise<ScreenReply>;
};

/** Screens that come and go while the server runs, as those of plugins do; they are asked for after all others. */
export type LateScreens = {
  find(method: string, path: string): { readonly screen: Screen; readonly params: Readonly<Record<string, string>> } | null;
};

/** All screens of the dashboard. */
export type ScreenSet = readonly Screen[] & { readonly late?: LateScreens };
