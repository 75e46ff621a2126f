/** A path of the dashboard to go on to; anything that could lead elsewhere (security.md O8) becomes the start page. */
export function safePath(wanted: string | null | undefined): string {
  if (!wanted || wanted.length > 4000 || !/^\/(?![/\\])[\x21-\x7e]*$/.test(wanted) || wanted.includes("\\")) return "/";
  const base = "https://hub.invalid";
  if (!URL.canParse(wanted, base)) return "/";
  const url = new URL(wanted, base);
  // “/..//host” only shows what it is once it is resolved.
  return url.origin === base && !url.pathname.startsWith("//") ? url.pathname + url.search : "/";
}
