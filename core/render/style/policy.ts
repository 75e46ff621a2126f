/** Readers' pages run only what the blog's own host serves (admin-and-themes.md §8.6, security.md C2). */
export const pagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: data:; media-src 'self' https:; font-src 'self'; " +
  "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";

/** The policy of a preview: no scripts at all, and only the dashboard may frame it. */
export function previewPolicy(hubUrl: string): string {
  return pagePolicy
    .replace("script-src 'self'", "script-src 'none'")
    .replace("connect-src 'self'", "connect-src 'none'")
    .replace("form-action 'self'", "form-action 'none'")
    .replace("frame-ancestors 'self'", `frame-ancestors ${new URL(hubUrl).origin}`);
}

/** The policy of the last page, which is one file: no sources at all. */
export const barePolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
