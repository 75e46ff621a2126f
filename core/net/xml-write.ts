/* oxlint-disable no-control-regex */
// XML 1.0 forbids these even as references; lone surrogates would not survive UTF-8.
const FORBIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const REFERENCES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };

/** Gives text for the content of an XML element: escaped, without characters that XML 1.0 forbids. */
export function xmlText(text: string): string {
  // Every `>` is escaped, so `]]>` cannot appear either. A bare CR would be read as a line feed.
  return text
    .replace(FORBIDDEN, "")
    .replace(/[&<>"']/g, reference)
    .replaceAll("\r", "&#13;");
}

/** Gives text for a quoted XML attribute: like `xmlText`, and tabs and line ends survive being read. */
export function xmlAttribute(text: string): string {
  return xmlText(text).replaceAll("\t", "&#9;").replaceAll("\n", "&#10;");
}

function reference(character: string): string {
  return REFERENCES[character] ?? "";
}
