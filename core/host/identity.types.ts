import type { Account, Blog } from "../hooks/values.ts";
import type { BlogRole } from "../people/permissions.ts";

/** A key of an app, without its value. `blogId` null: every blog its person writes on. */
export type TokenFacts = {
  readonly id: string;
  readonly accountId: string;
  readonly account: Account;
  readonly scopes: readonly string[];
  readonly blogId: string | null;
  readonly clientId: string;
  readonly name: string;
  readonly createdAt: string;
  readonly usedAt: string | null;
  readonly expiresAt: string | null;
};

/** A key that was just made. Its value is 20 upper-case hex digits and is known only now. */
export type IssuedToken = {
  readonly token: string;
  readonly id: string;
  readonly expiresAt: string | null;
  readonly refreshToken?: string;
};

/** How a key was renewed, or why not; `reused` took the key back. */
export type RefreshedToken =
  | ({ readonly ok: true; readonly token: string; readonly refreshToken: string } & Omit<TokenFacts, "account">)
  | { readonly ok: false; readonly why: "unknown" | "client" | "scope" | "reused" };

/** Keys of apps and whom they stand for; needs the capability `identity`. */
export interface IdentityApi {
  /** Who a key stands for: `Bearer T`, `Token T` or T alone. Null for none, a wrong, ended or revoked one, and for somebody suspended. */
  tokenOf(authorization: string | undefined): Promise<TokenFacts | null>;
  /** Makes a key; with `refreshSeconds` also a refresh token. PublicError 422 for a scope there is none of. */
  issue(wanted: {
    readonly accountId: string;
    readonly blogId?: string | null;
    readonly scopes: readonly string[];
    readonly clientId?: string;
    readonly name: string;
    readonly seconds?: number;
    readonly refreshSeconds?: number;
  }): Promise<IssuedToken>;
  /** Renews a key once, for as long as before unless told; a refresh token that is used a second time (after 30 seconds of grace) takes the key back. */
  refresh(wish: {
    readonly refreshToken: string;
    readonly clientId: string;
    readonly scopes?: readonly string[];
    readonly seconds?: number;
  }): Promise<RefreshedToken>;
  /** Takes a key back, by its value, by its refresh token, or by its id; false when there was none. */
  revoke(what: string | { readonly accountId: string; readonly id: string }): Promise<boolean>;
  /** Somebody's e-mail address, for an app they let read it; null when there is none. */
  emailOf(accountId: string): Promise<string | null>;
  /** Whose e-mail address it is, among active accounts, and whether they are asked for a second step at signing in; null for nobody. */
  byEmail(email: string): Promise<{ readonly account: Account; readonly hasSecondStep: boolean } | null>;
  /** The blogs somebody writes on, the one they chose as their default first. */
  blogsOf(accountId: string): Promise<readonly { readonly blog: Blog; readonly role: BlogRole; readonly isDefault: boolean }[]>;
}
