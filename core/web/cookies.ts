/** The values of a Cookie header by name; the first of a name counts. */
export function readCookies(header: string | undefined): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const part of (header ?? "").slice(0, 8192).split(";")) {
    const at = part.indexOf("=");
    const name = part.slice(0, at).trim();
    if (at > 0 && !cookies.has(name)) cookies.set(name, part.slice(at + 1).trim());
  }
  return cookies;
}

/** Names of the hub's cookies. Over https they carry `__Host-`, so that no blog's sub-host can set or read them. */
export function cookieNames(isSecure: boolean): { session: string; form: string; flash: string; halfway: string } {
  const prefix = isSecure ? "__Host-" : "";
  return { session: `${prefix}rk`, form: `${prefix}rk-form`, flash: `${prefix}rk-flash`, halfway: `${prefix}rk-halfway` };
}

/** A Set-Cookie line for the whole hub, out of reach of scripts; `seconds` 0 removes it. */
export function cookieLine(name: string, value: string, options: { isSecure: boolean; seconds: number }): string {
  const secure = options.isSecure ? "; Secure" : "";
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${options.seconds}${secure}`;
}

/** A Cookie header with those cookies alone that a plugin set itself: their names begin with `x.<plugin>.`, which no id of another can. */
export function ownCookies(header: string | undefined, pluginId: string): string {
  const own = [...readCookies(header)].filter(([name]) => name.replace(/^__(Host|Secure)-/, "").startsWith(`x.${pluginId}.`));
  return own.map(([name, value]) => `${name}=${value}`).join("; ");
}
