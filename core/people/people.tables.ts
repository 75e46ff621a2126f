import {
  double,
  flag,
  int,
  key,
  line,
  optional,
  primary,
  ref,
  serial,
  text,
  time,
  word,
  type TableShape,
} from "../storage/columns.ts";

/** People: one row an account. */
export const accounts: TableShape = {
  name: "accounts",
  columns: {
    id: key(),
    username: line(64),
    name: line(200),
    email: optional(line(254)),
    password_hash: optional(word(255)),
    role: word(16),
    state: word(16),
    default_blog_id: optional(ref()),
    language: word(35),
    time_zone: word(64),
    preferences: text(),
    created_at: time(),
    updated_at: time(),
  },
  indexes: [
    { name: "accounts_by_username", columns: ["username"], unique: true },
    { name: "accounts_by_email", columns: ["email"], unique: true },
    { name: "accounts_by_role", columns: ["role", "username"] },
  ],
};

/** Signed-in browsers; the cookie's value is stored only as its SHA-256. */
export const sessions: TableShape = {
  name: "sessions",
  columns: {
    id_hash: primary(word(64)),
    account_id: ref(),
    csrf: word(64),
    user_agent: line(200),
    address: word(45),
    created_at: time(),
    seen_at: time(),
    expires_at: time(),
    // When it last proved by password or passkey who it is; empty: never.
    confirmed_at: optional(time()),
  },
  indexes: [
    { name: "sessions_by_account", columns: ["account_id"] },
    { name: "sessions_by_expiry", columns: ["expires_at"] },
  ],
};

/** Keys that apps hold; stored only as SHA-256. */
export const appTokens: TableShape = {
  name: "app_tokens",
  columns: {
    id: key(),
    token_hash: word(64),
    account_id: ref(),
    blog_id: optional(ref()),
    name: line(200),
    client_id: line(500),
    scope: line(500),
    created_at: time(),
    used_at: optional(time()),
    expires_at: optional(time()),
    revoked_at: optional(time()),
    /** What the present value of the key may, when its app asked for less than was granted. */
    narrowed_scope: optional(line(500)),
  },
  indexes: [
    { name: "app_tokens_by_hash", columns: ["token_hash"], unique: true },
    { name: "app_tokens_by_account", columns: ["account_id"] },
  ],
};

/** Tokens by which an app renews its key. One that was used stays, so that a second use is noticed. */
export const refreshTokens: TableShape = {
  name: "refresh_tokens",
  columns: {
    token_hash: primary(word(64)),
    token_id: ref(),
    account_id: ref(),
    created_at: time(),
    used_at: optional(time()),
    expires_at: time(),
  },
  indexes: [
    { name: "refresh_tokens_by_token", columns: ["token_id"] },
    { name: "refresh_tokens_by_account", columns: ["account_id"] },
    { name: "refresh_tokens_by_expiry", columns: ["expires_at"] },
  ],
};

/** Who did what, when, from where; only ever added to. */
export const auditLog: TableShape = {
  name: "audit_log",
  columns: {
    id: serial(),
    at: time(),
    account_id: optional(ref()),
    blog_id: optional(ref()),
    action: word(64),
    subject: line(300),
    detail: text(),
    via: line(100),
    address: word(45),
  },
  indexes: [
    { name: "audit_log_by_blog", columns: ["blog_id", "id"] },
    { name: "audit_log_by_account", columns: ["account_id", "id"] },
    { name: "audit_log_by_action", columns: ["action", "id"] },
    { name: "audit_log_by_time", columns: ["at"] },
  ],
};

/** Counters of failed tries that must survive a restart (sign-in, resets). */
export const attempts: TableShape = {
  name: "attempts",
  columns: { key_hash: primary(word(64)), tokens: int(), changed_at: time() },
  indexes: [{ name: "attempts_by_change", columns: ["changed_at"] }],
};

/** Values that must never be readable in a dump: sealed with the installation's secret. */
export const secrets: TableShape = {
  name: "secrets",
  columns: { place: primary(word(190)), sealed: text(), key_id: word(16), updated_at: time() },
};

/** One-time links: setup, invitations, resets; stored only as SHA-256. */
export const oneTimeLinks: TableShape = {
  name: "one_time_links",
  columns: {
    token_hash: primary(word(64)),
    purpose: word(32),
    subject: line(254),
    data: text(),
    is_used: flag(),
    created_at: time(),
    expires_at: time(),
  },
  indexes: [{ name: "one_time_links_by_subject", columns: ["subject", "purpose"] }],
};

/** Public halves of passkeys; `credential_hash` finds one, `counter` is the authenticator's own count of uses. */
export const passkeys: TableShape = {
  name: "passkeys",
  columns: {
    id: key(),
    account_id: ref(),
    credential_hash: word(64),
    credential_id: text(),
    public_key: text(),
    counter: double(),
    transports: word(200),
    name: line(200),
    is_synced: flag(),
    created_at: time(),
    used_at: optional(time()),
  },
  indexes: [
    { name: "passkeys_by_credential", columns: ["credential_hash"], unique: true },
    { name: "passkeys_by_account", columns: ["account_id"] },
  ],
};

/** Who is asked for a code of an app; its secret lies sealed among the secrets, `last_step` lets no code count twice. */
export const secondFactors: TableShape = {
  name: "second_factors",
  columns: { account_id: primary(ref()), last_step: int(), created_at: time() },
};

/** Codes for a day without the phone, each good once; only their hashes. */
export const recoveryCodes: TableShape = {
  name: "recovery_codes",
  columns: { code_hash: primary(word(64)), account_id: ref(), created_at: time() },
  indexes: [{ name: "recovery_codes_by_account", columns: ["account_id"] }],
};

/** Who people are elsewhere, as a way of signing in proved it; found by the SHA-256 of the name. */
export const identities: TableShape = {
  name: "identities",
  columns: {
    id: key(),
    account_id: ref(),
    method: word(100),
    identity: text(),
    identity_hash: word(64),
    created_at: time(),
    used_at: optional(time()),
  },
  indexes: [
    { name: "identities_by_hash", columns: ["identity_hash", "method"], unique: true },
    { name: "identities_by_account", columns: ["account_id"] },
  ],
};

export const peopleTables = [
  accounts,
  sessions,
  appTokens,
  refreshTokens,
  auditLog,
  attempts,
  secrets,
  oneTimeLinks,
  passkeys,
  secondFactors,
  recoveryCodes,
  identities,
] as const;
