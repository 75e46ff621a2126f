import { Secret, TOTP } from "otpauth";

const period = 30;

/** A new secret for an authenticator app, in base32 (160 bits). */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** The address that an authenticator app reads from a QR code. */
export function totpAddress(secret: string, about: { issuer: string; label: string }): string {
  return totp(secret, about).toString();
}

/** The step (30 seconds each) that a code belongs to, one before or after this moment's at most; null when it is wrong. */
export function totpStep(secret: string, code: string, now: Date): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const delta = totp(secret).validate({ token: code, timestamp: now.getTime(), window: 1 });
  return delta === null ? null : Math.floor(now.getTime() / 1000 / period) + delta;
}

function totp(secret: string, about: { issuer?: string; label?: string } = {}): TOTP {
  return new TOTP({ ...about, secret: Secret.fromBase32(secret), algorithm: "SHA1", digits: 6, period });
}
