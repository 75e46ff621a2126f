/** What plugins for services are made of besides their service's own language: asking, telling what went wrong, connecting, renewing tokens. */
export { CrosspostError, type CrosspostErrorKind } from "./crosspost-error.ts";
export { ask, nonsense, textIn, type Answer, type Asked, type Asking } from "./kit/ask.ts";
export { codeForm, permissionPage, toPerson, type Client } from "./kit/connect.ts";
export { refusal, type Dialect } from "./kit/refusal.ts";
export { RenewedTokens, type Renewable } from "./kit/renewing.ts";
export { retryAt } from "./kit/retry-at.ts";
export { isLoopback, originOf } from "./kit/server-address.ts";
