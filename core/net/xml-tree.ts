import { type XmlElement, type XmlLimits, XmlReader } from "./xml-reader.ts";

/** An element of a small document held in memory: `text` is all the text inside it, `children` its elements. */
export type XmlNode = XmlElement & { readonly text: string; readonly children: readonly XmlNode[] };

type Growing = XmlElement & { text: string; children: Growing[] };

/** Gives the root element of a small XML document (default limit 5 MB); throws XmlError. Long documents go through `readXml`. */
export function parseXml(source: string | Uint8Array, limits?: XmlLimits): XmlNode {
  const open: Growing[] = [];
  let root: Growing | undefined;
  const reader = new XmlReader(
    {
      onOpen: (element) => {
        const node: Growing = { ...element, text: "", children: [] };
        open.at(-1)?.children.push(node);
        root ??= node;
        open.push(node);
      },
      onText: (text) => {
        const node = open.at(-1);
        if (node) node.text += text;
      },
      onClose: () => {
        const node = open.pop();
        const parent = open.at(-1);
        if (node && parent) parent.text += node.text;
      },
    },
    limits ?? {},
  );
  // A string's declared encoding says nothing about it any more, so a byte order mark overrules the declaration.
  reader.write(typeof source === "string" ? Buffer.from(`\ufeff${source.replace(/^\ufeff/, "")}`) : source);
  reader.end();
  if (!root) throw new Error("XML that was read without an error has a root element.");
  return root;
}
