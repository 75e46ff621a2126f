import type { Connection, Fields } from "../../hooks/fields.ts";
import type { Json } from "../../hooks/values.ts";
import type { Context } from "../context.types.ts";

/** What the button of a setting found out: one sentence for the person. */
export type SettingTestAnswer = { readonly ok: boolean; readonly message: string };

/** Tries settings out before they are saved; `context.settings` are those of the form, as far as they are sound. */
export type SettingTest<S extends Fields = Fields> = (context: Context<S>) => Promise<SettingTestAnswer>;

/** What a plugin gets for sending somebody to a service: where the answer must lead, and PKCE (RFC 7636) to put in. */
export type ConnectionStart = {
  readonly redirectUri: string;
  readonly codeVerifier: string;
  /** Of method S256. */
  readonly codeChallenge: string;
};

/** A service that a plugin talks to by OAuth, told by its two addresses (RFC 6749 §4.1 with PKCE). */
export type ConnectionEndpoints<S extends Fields = Fields> = {
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly scope?: string;
  /** Names of the settings that hold the client's id and secret. */
  readonly clientId: keyof S & string;
  readonly clientSecret?: keyof S & string;
  /** Whose account it is, asked with the new token. */
  account(context: Context<S>, tokens: OAuthTokens): Promise<string>;
};

/** What a token address answers (RFC 6749 §5.1). */
export type OAuthTokens = {
  readonly access_token: string;
  readonly token_type?: string;
  readonly refresh_token?: string;
  readonly expires_in?: number;
  readonly scope?: string;
  readonly [other: string]: Json | undefined;
};

/** A way of one's own, where addresses are only known once somebody named their server. */
export type ConnectionSteps<S extends Fields = Fields> = {
  /** Where to send the person; `state` is added to the address. `data` comes back in `finish`, sealed meanwhile. */
  begin(context: Context<S>, start: ConnectionStart): Promise<{ readonly url: string; readonly data?: Json }>;
  /** Makes the connection of what the service sent back. A PublicError is shown to the person. */
  finish(
    context: Context<S>,
    query: URLSearchParams,
    start: ConnectionStart & { readonly data: Json },
  ): Promise<Connection<Json>>;
};

/** What was typed to connect a service: fields left empty have their default, or are not there. */
export type TypedValues = Readonly<Record<string, string | number | boolean | undefined>>;

/** A service let in by what somebody types, an app password for instance: used once, kept only as far as the sealed tokens hold it. */
export type ConnectionByFields<S extends Fields = Fields> = {
  /** Drawn beside the Connect button; plain kinds only. */
  readonly fields: Fields;
  /** Makes the connection. A PublicError is shown to the person, at the field its `values.field` names if it names one. */
  connect(context: Context<S>, values: TypedValues): Promise<Connection<Json>>;
};

/** What any way may have besides. */
export type ConnectionEnd<S extends Fields = Fields> = {
  /** Tells the service that its tokens are not used any more: after somebody disconnected here, before a plugin or a blog is erased. What it throws is logged and told. */
  revoke?(context: Context<S>, connection: Connection<Json>): Promise<void>;
};

/** How a setting of type `oauth` is connected. */
export type ConnectionWay<S extends Fields = Fields> = (ConnectionEndpoints<S> | ConnectionSteps<S> | ConnectionByFields<S>) &
  ConnectionEnd<S>;
