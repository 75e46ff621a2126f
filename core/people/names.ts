// Names that would be taken for the installation itself, as a sub-host, a mailbox or a path.
const reserved = new Set(
  (
    "www admin administrator api mail smtp imap pop ftp ns ns1 ns2 dns mx hub root system support help info abuse security " +
    "postmaster hostmaster webmaster noreply no-reply mailer-daemon rookery blog blogs site sites app apps assets media static cdn " +
    "images img files login signin sign-in signup sign-up signout logout setup account accounts settings dashboard discover " +
    "timeline compose posts tags feed feeds rss atom auth oauth token micropub webmention status metrics health healthz readyz " +
    "internal localhost local test null undefined me you everyone nobody anonymous owner moderator curator editor author"
  ).split(" "),
);

/** Why a name cannot be taken by a person or as a blog's sub-host, as a sentence; null when it can. */
export function nameProblem(name: string): string | null {
  if (!/^[a-z0-9-]{1,40}$/.test(name)) return "Use 1 to 40 small letters a–z, digits and hyphens.";
  // As the label of a host a name must not begin or end so, and “xn--” would read as another script.
  if (name.startsWith("-") || name.endsWith("-") || name.startsWith("xn--")) return "Begin and end with a letter or a digit.";
  return reserved.has(name) ? `“${name}” is kept for the installation itself; choose another name.` : null;
}

/** An e-mail address as it is stored (trimmed, small letters); null when it is none. */
export function cleanEmail(text: string): string | null {
  const email = text.trim().toLowerCase();
  return email.length <= 254 && /^[^\s@<>"]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/.test(email) ? email : null;
}
