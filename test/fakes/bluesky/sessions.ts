import { randomUUID } from "node:crypto";
import type { FakeAccount } from "./accounts.ts";
import { Fault, invalid } from "./fault.ts";
import { Quota } from "./quota.ts";

type Token = {
  readonly did: string;
  readonly kind: "access" | "refresh";
  readonly scope: string;
  readonly expires: number;
  isDead: boolean;
};
const [accessSeconds, refreshSeconds] = [7_200, 90 * 86_400];

/** Sessions: few may be begun, access tokens live two hours, a refresh token that was used is dead. */
export class Sessions {
  readonly #tokens = new Map<string, Token>();
  readonly #quota = new Quota({ points: 30, seconds: 300 }, { points: 300, seconds: 86_400 });
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Signs in by password or app password. The quota counts wrong passwords too. */
  begin(account: FakeAccount | undefined, identifier: string, password: string) {
    const headers = this.#quota.take(account?.did ?? identifier, 1, this.#now());
    const isApp = account?.appPasswords.includes(password) === true;
    if (!account || (!isApp && account.password !== password))
      throw new Fault(401, "AuthenticationRequired", "Invalid identifier or password", headers);
    if (!isApp && account.hasSecondFactor)
      throw new Fault(401, "AuthFactorTokenRequired", "A sign in code has been sent to your email address", headers);
    return { headers, body: this.#pair(account, isApp ? "com.atproto.appPass" : "com.atproto.access") };
  }

  /** A new pair for a refresh token, which dies. */
  renew(token: string, accountOf: (did: string) => FakeAccount) {
    const found = this.#sound(token, "refresh");
    found.isDead = true;
    return this.#pair(accountOf(found.did), found.scope);
  }

  /** Whose access token it is; the error that the service gives for any other. */
  holder(token: string | null): string {
    if (token === null) throw new Fault(401, "AuthMissing", "Authentication Required");
    return this.#sound(token, "access").did;
  }

  /** Ends all access tokens, or (also) the refresh tokens. */
  expire(which: "access" | "all" = "access"): void {
    for (const token of this.#tokens.values()) if (which === "all" || token.kind === "access") token.isDead = true;
  }

  #sound(token: string, kind: Token["kind"]): Token {
    const found = this.#tokens.get(token);
    if (found?.kind !== kind) throw invalid("Token could not be verified", "InvalidToken");
    if (found.isDead) throw invalid(kind === "refresh" ? "Token has been revoked" : "Token has expired", "ExpiredToken");
    if (this.#now().getTime() >= found.expires) throw invalid("Token has expired", "ExpiredToken");
    return found;
  }

  #pair({ did, handle }: FakeAccount, scope: string) {
    const accessJwt = this.#issue({ did, kind: "access", scope }, accessSeconds);
    const refreshJwt = this.#issue({ did, kind: "refresh", scope }, refreshSeconds);
    return { did, handle, accessJwt, refreshJwt, active: true };
  }

  #issue(token: Pick<Token, "did" | "kind" | "scope">, seconds: number): string {
    const expires = this.#now().getTime() + seconds * 1000;
    const scope = token.kind === "refresh" ? "com.atproto.refresh" : token.scope;
    const payload = { scope, sub: token.did, jti: randomUUID(), exp: Math.floor(expires / 1000) };
    const text = ["e30", Buffer.from(JSON.stringify(payload)).toString("base64url"), "c2ln"].join(".");
    this.#tokens.set(text, { ...token, expires, isDead: false });
    return text;
  }
}
