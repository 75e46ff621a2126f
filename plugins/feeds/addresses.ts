const TAG = /<[a-z][^>]*>/gi;
const ATTRIBUTE = /(\s(?:href|src|poster|cite)=")([^"]*)"/gi;
const SRCSET = /(\ssrcset=")([^"]*)"/gi;

/** Clean HTML with every address made absolute, seen from the post's own page: readers show it far away from the blog. */
export function withAbsoluteAddresses(html: string, base: string): string {
  return html.replace(TAG, (tag) =>
    tag
      .replace(ATTRIBUTE, (_, start: string, url: string) => `${start}${absolute(url, base)}"`)
      .replace(SRCSET, (_, start: string, set: string) => `${start}${absoluteSet(set, base)}"`),
  );
}

function absoluteSet(set: string, base: string): string {
  const candidates = set.split(/,\s+/).map((candidate) => {
    const [url = "", ...size] = candidate.trim().split(/\s+/);
    return [absolute(url, base), ...size].join(" ");
  });
  return candidates.join(", ");
}

// What has a scheme is left byte for byte; `&amp;` in it is HTML's and stays.
function absolute(url: string, base: string): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(url)) return url;
  const resolved = URL.parse(url.replaceAll("&amp;", "&"), base);
  return resolved ? resolved.href.replaceAll("&", "&amp;").replaceAll('"', "&quot;") : url;
}
