/** An address of the web as people type it: http or https, 2,048 letters at most, without a name and password; null for anything else. */
export function webUrl(text: string): URL | null {
  const url = text.length <= 2048 ? URL.parse(text.trim()) : null;
  return url && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "" ? url : null;
}

/** The address without its fragment. */
export function withoutFragment(url: string): string {
  const parsed = URL.parse(url);
  if (!parsed) return url;
  parsed.hash = "";
  return parsed.href;
}

/** Whether a link leads to a target: exactly that address; the fragment only counts when the target has one (Webmention §3.2.2). */
export function isSameTarget(link: string, target: string): boolean {
  const [one, other] = [URL.parse(link), URL.parse(target)];
  if (!one || !other) return false;
  return other.hash === "" ? withoutFragment(one.href) === other.href : one.href === other.href;
}
