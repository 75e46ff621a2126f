const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (letter) => escapes[letter]!);

/** A status as HTML, in the service's own way: paragraphs, line breaks, links whose beginning and end are hidden. */
export function contentHtml(text: string): string {
  const paragraphs = text.split(/\n{2,}/).map((one) => `<p>${linked(one).replaceAll("\n", "<br />")}</p>`);
  return text === "" ? "" : paragraphs.join("");
}

function linked(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"']+)/)
    .map((part, at) => (at % 2 === 0 ? escaped(part) : link(part)))
    .join("");
}

function link(url: string): string {
  const [, scheme = "", rest = ""] = /^(https?:\/\/(?:www\.)?)(.*)$/s.exec(url) ?? [];
  const [shown, hidden] = [rest.slice(0, 30), rest.slice(30)];
  const ellipsis = hidden === "" ? "" : "ellipsis";
  return `<a href="${escaped(url)}" target="_blank" rel="nofollow noopener noreferrer" translate="no"><span class="invisible">${escaped(scheme)}</span><span class="${ellipsis}">${escaped(shown)}</span><span class="invisible">${escaped(hidden)}</span></a>`;
}
