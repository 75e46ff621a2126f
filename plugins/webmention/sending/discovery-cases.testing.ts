/** A case of endpoint discovery: what a page says, where, and what must come of it. */
export type DiscoveryCase = {
  readonly name: string;
  /** Values of Link headers, by the header's name. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly html: string;
  readonly type?: string;
  /** Where the webmention must go, relative to the page; null for nowhere. `{page}` is the page itself. */
  readonly endpoint: string | null;
  /** Answers at this path, after a redirect from the target. */
  readonly at?: string;
};

const wm = "/wm/good";
const bad = "/wm/bad";
const page = (body: string, head = "") => `<!doctype html><html><head><title>t</title>${head}</head><body>${body}</body></html>`;

/** The 23 public cases of webmention.rocks, and what indieweb.md §6.2 asks for beyond them. */
export const discoveryCases: readonly DiscoveryCase[] = [
  { name: "1: Link header, unquoted rel, relative", headers: { Link: `<${wm}>; rel=webmention` }, html: page(""), endpoint: wm },
  {
    name: "2: Link header, unquoted rel, absolute",
    headers: { Link: `<{origin}${wm}>; rel=webmention` },
    html: page(""),
    endpoint: wm,
  },
  { name: "3: link element, relative", html: page("", `<link rel="webmention" href="${wm}">`), endpoint: wm },
  {
    name: "4: link element, absolute, attributes turned",
    html: page("", `<link href="{origin}${wm}" rel="webmention">`),
    endpoint: wm,
  },
  { name: "5: a element, relative", html: page(`<a rel="webmention" href="${wm}">wm</a>`), endpoint: wm },
  { name: "6: a element, absolute", html: page(`<a href="{origin}${wm}" rel="webmention">wm</a>`), endpoint: wm },
  { name: "7: header with a strange case", headers: { LinK: `<${wm}>; rel=webmention` }, html: page(""), endpoint: wm },
  { name: "8: Link header, quoted rel", headers: { Link: `<${wm}>; rel="webmention"` }, html: page(""), endpoint: wm },
  { name: "9: several rel values on a link", html: page("", `<link rel="webmention somethingelse" href="${wm}">`), endpoint: wm },
  {
    name: "10: several rel values in the header",
    headers: { Link: `<${wm}>; rel="somethingelse webmention"` },
    html: page(""),
    endpoint: wm,
  },
  {
    name: "11: header, link and a: the header counts",
    headers: { Link: `<${wm}>; rel=webmention` },
    html: page(`<a rel="webmention" href="${bad}">wm</a>`, `<link rel="webmention" href="${bad}">`),
    endpoint: wm,
  },
  {
    name: "12: not-webmention is none",
    html: page(`<a rel="webmention" href="${wm}">wm</a>`, `<link rel="not-webmention" href="${bad}">`),
    endpoint: wm,
  },
  {
    name: "13: false endpoint in a comment",
    html: page(`<!-- <a href="${bad}" rel="webmention"></a> --><a href="${wm}" rel="webmention">wm</a>`),
    endpoint: wm,
  },
  {
    name: "14: false endpoint in escaped HTML",
    html: page(`<code>&lt;a href="${bad}" rel="webmention"&gt;&lt;/a&gt;</code><a href="${wm}" rel="webmention">wm</a>`),
    endpoint: wm,
  },
  { name: "15: empty href is the page itself", html: page("", `<link rel="webmention" href="">`), endpoint: "{page}" },
  {
    name: "16: a before link: the first counts",
    html: page(`<a rel="webmention" href="${wm}">wm</a><link rel="webmention" href="${bad}">`),
    endpoint: wm,
  },
  {
    name: "17: link before a: the first counts",
    html: page(`<link rel="webmention" href="${wm}"><a rel="webmention" href="${bad}">wm</a>`),
    endpoint: wm,
  },
  {
    name: "18: several Link headers",
    headers: { Link: `</other>; rel="other"\n<${wm}>; rel="webmention"` },
    html: page(""),
    endpoint: wm,
  },
  {
    name: "19: one header, several values",
    headers: { Link: `</other>; rel="other", <${wm}>; rel="webmention"` },
    html: page(""),
    endpoint: wm,
  },
  {
    name: "20: a link without href is skipped",
    html: page(`<a rel="webmention" href="${wm}">wm</a>`, `<link rel="webmention">`),
    endpoint: wm,
  },
  { name: "21: the query stays", html: page("", `<link rel="webmention" href="${wm}?query=yes">`), endpoint: `${wm}?query=yes` },
  {
    name: "22: relative to the path",
    html: page("", `<link rel="webmention" href="relative/wm">`),
    endpoint: "{folder}relative/wm",
  },
  {
    name: "23: redirected: relative to where the page is",
    html: page("", `<link rel="webmention" href="wm">`),
    at: "/moved/page",
    endpoint: "/moved/wm",
  },
  { name: "24: rel in capitals", html: page(`<a rel="WebMention" href="${wm}">wm</a>`), endpoint: wm },
  {
    name: "25: commas in quotes",
    headers: { Link: `<${bad}>; rel="x"; title="a, <${bad}>; rel=webmention", <${wm}>; rel=webmention` },
    html: page(""),
    endpoint: wm,
  },
  { name: "26: base element", html: page("", `<base href="/below/"><link rel="webmention" href="wm">`), endpoint: "/below/wm" },
  {
    name: "27: entities in the address",
    html: page("", `<link rel="webmention" href="${wm}?a=1&amp;b=2">`),
    endpoint: `${wm}?a=1&b=2`,
  },
  { name: "28: attributes without and with single quotes", html: page(`<a rel=webmention href='${wm}'>wm</a>`), endpoint: wm },
  {
    name: "29: another type with a header",
    headers: { Link: `<${wm}>; rel=webmention` },
    html: "%PDF",
    type: "application/pdf",
    endpoint: wm,
  },
  {
    name: "30: other elements are none",
    html: page(`<area rel="webmention" href="${bad}"><form rel="webmention" action="${bad}"></form>`),
    endpoint: null,
  },
  {
    name: "31: nothing in script, template or textarea",
    html: page(
      `<script>'<a rel="webmention" href="${bad}">'</script><template><a rel="webmention" href="${bad}"></a></template><textarea><a rel="webmention" href="${bad}"></a></textarea>`,
    ),
    endpoint: null,
  },
  { name: "32: no endpoint at all", html: page(`<a href="${bad}">webmention</a>`), endpoint: null },
];
