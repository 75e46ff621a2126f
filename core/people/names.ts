// Names that would be taken for the installation itself, as a sub-host, a mailbox or a path.
const reserved = new Set(
  (
    "www admin administrator api mail smtp imap pop ftp ns ns1 ns2 dns mx hub root system support help info abuse security " +
    "postmaster hostmaster webmaster noreply no-reply mailer-daemon rookery blog blogs site sites app apps assets media static cdn " +
    "images img files login signin sign-in signup sign-up signout logout setup account accounts settings dashboard discover " +
    "timeline compose posts tags feed feeds rss atom auth oauth token micropub webmention status metrics health healthz readyz " +
    "internal localhost local test null undefined me you everyone nobody anonymous owner moderator curator editor author " +
    // Words that apps ask for where names stand (client-api.md §3).
    "all mentions photos conversation bookmarks favorites check markers reply replies search " +
    // Addresses of the hub that stand before somebody's short one.
    "people users books notes movies hybrid following muted"
  ).split(" "),
);

/** Why a name cannot be taken: its letters, its first or last one, or that it is the installation's own. */
export type NameTrouble = "letters" | "edges" | "reserved";

/** What is wrong with a name for a person or a blog's sub-host; null when it can be taken. */
export function nameTrouble(name: string): NameTrouble | null {
  if (!/^[a-z0-9-]{1,40}$/.test(name)) return "letters";
  // As the label of a host a name must not begin or end so, and “xn--” would read as another script.
  if (name.startsWith("-") || name.endsWith("-") || name.startsWith("xn--")) return "edges";
  return reserved.has(name) ? "reserved" : null;
}

/** Why a name cannot be taken by a person or as a blog's sub-host, as a sentence; null when it can. */
export function nameProblem(name: string): string | null {
  const sentences = {
    letters: "Use 1 to 40 small letters a–z, digits and hyphens.",
    edges: "Begin and end with a letter or a digit.",
    reserved: `“${name}” is kept for the installation itself; choose another name.`,
  };
  const trouble = nameTrouble(name);
  return trouble && sentences[trouble];
}

/** An e-mail address as it is stored (trimmed, small letters); null when it is none. */
export function cleanEmail(text: string): string | null {
  const email = text.trim().toLowerCase();
  return email.length <= 254 &&
    /^[^\s\p{Cc}@<>"(),:;\\[\]]{1,64}@[^\s\p{Cc}@<>"(),:;\\[\].]+(\.[^\s\p{Cc}@<>"(),:;\\[\].]+)+$/u.test(email)
    ? email
    : null;
}
