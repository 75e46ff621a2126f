/** Headers of every answer (security.md C1). */
export const everywhere: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "strict-origin-when-cross-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
};

/** Headers of the hub's pages: no frames, no foreign sources, never kept by caches (admin-and-themes.md §2.2, security.md C3). */
export const hubHeaders: Readonly<Record<string, string>> = {
  ...everywhere,
  "permissions-policy": "camera=(), geolocation=(), microphone=(self), payment=(), usb=()",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cache-control": "no-store",
};

/**
 * The content security policy of the dashboard; `frames` are blog hosts, on pages that show one; `formsLeave` where a form ends elsewhere.
 * Pictures come from the hub itself, those of other sites too; what a page shows of blogs is added where it is sent.
 */
export function hubPolicy(frames: readonly string[] = [], { formsLeave = false } = {}): string {
  const frameSources = frames.length > 0 ? `frame-src ${frames.join(" ")}; ` : "";
  const shown = ["'self'", ...frames].join(" ");
  return (
    `default-src 'none'; script-src 'self'; style-src 'self'; img-src ${shown} data: blob:; media-src ${shown} blob:; ` +
    `font-src 'self'; connect-src 'self'; ${formsLeave ? "" : "form-action 'self'; "}base-uri 'none'; ${frameSources}frame-ancestors 'none'`
  );
}

/** Media is never a page: nothing in it runs, everybody may show it, and it never changes under its name (security.md M5). */
export const mediaHeaders: Readonly<Record<string, string>> = {
  ...everywhere,
  "content-security-policy": "default-src 'none'; sandbox",
  "cross-origin-resource-policy": "cross-origin",
  "cache-control": "public, max-age=31536000, immutable",
};
