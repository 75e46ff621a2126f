import { SaxesParser } from "saxes";
import { xmlDecoder } from "./xml-decode.ts";
import { XmlError } from "./xml-error.ts";

/** An opened element: `name` as written, and with `namespaces` its local name and namespace address. */
export type XmlElement = {
  readonly name: string;
  readonly local: string;
  readonly uri: string;
  readonly attributes: Readonly<Record<string, string>>;
};

/** What a reader wants to hear of a document. */
export type XmlHandlers = {
  onOpen?: (element: XmlElement) => void;
  onText?: (text: string) => void;
  onClose?: (name: string, element: { local: string; uri: string }) => void;
};

/** `maxBytes` of the whole (default 5 MB), of one text or tag (default 50 MB), `maxDepth` (default 100), `maxElements` (default any number); `namespaces` costs about a third of the speed. */
export type XmlLimits = {
  maxBytes?: number;
  maxPieceBytes?: number;
  maxDepth?: number;
  maxElements?: number;
  namespaces?: boolean;
};

const MOST_WARNINGS = 20;
// XML 1.0 forbids them, real exports hold them; they carry no meaning.
// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** One document being read: bytes go in, handlers are called, XmlError is thrown for what is broken, oversized or dangerous. */
export class XmlReader {
  bytes = 0;
  readonly warnings: string[] = [];
  readonly #limits: Required<XmlLimits>;
  readonly #parser: SaxesParser<{ xmlns: boolean; position: false }>;
  #decoder: TextDecoder | undefined;
  #head: Uint8Array = new Uint8Array();
  #depth = 0;
  #elements = 0;
  #sinceEvent = 0;

  constructor(handlers: XmlHandlers, limits: XmlLimits) {
    this.#limits = {
      maxBytes: 5_000_000,
      maxPieceBytes: 50_000_000,
      maxDepth: 100,
      maxElements: Infinity,
      namespaces: true,
      ...limits,
    };
    this.#parser = new SaxesParser({ xmlns: this.#limits.namespaces, position: false });
    this.#listen(handlers);
  }

  write(bytes: Uint8Array): void {
    this.bytes += bytes.length;
    if (this.bytes > this.#limits.maxBytes)
      throw this.#error("too-large", `the document is larger than ${this.#limits.maxBytes} bytes.`);
    this.#sinceEvent += bytes.length;
    if (this.#sinceEvent > this.#limits.maxPieceBytes) throw this.#error("too-large", "one text or tag is too long.");
    if (this.#decoder) return this.#feed(this.#decoder, bytes);
    // The declaration may be cut by the edge of a chunk; 300 bytes hold any that we understand.
    this.#head = this.#head.length === 0 ? bytes : Buffer.concat([this.#head, bytes]);
    if (this.#head.length >= 300) this.#begin();
  }

  end(): void {
    const decoder = this.#decoder ?? this.#begin();
    this.#parse(this.#decode(decoder, new Uint8Array(), false));
    this.#parser.close();
  }

  #begin(): TextDecoder {
    const decoder = (this.#decoder = xmlDecoder(this.#head));
    // Some feeds begin with an empty line, which XML forbids before a declaration and nobody sees.
    this.#parse(this.#decode(decoder, this.#head, true).trimStart());
    this.#head = new Uint8Array();
    return decoder;
  }

  #feed(decoder: TextDecoder, bytes: Uint8Array): void {
    this.#parse(this.#decode(decoder, bytes, true));
  }

  #decode(decoder: TextDecoder, bytes: Uint8Array, stream: boolean): string {
    try {
      return decoder.decode(bytes, { stream });
    } catch (cause) {
      throw this.#error("encoding", `the bytes after this place are not ${decoder.encoding}; save the file as UTF-8.`, { cause });
    }
  }

  #parse(text: string): void {
    if (text.search(FORBIDDEN) === -1) this.#parser.write(text);
    else {
      this.#warn("control characters were left out.");
      this.#parser.write(text.replace(FORBIDDEN, ""));
    }
  }

  #listen({ onOpen, onText, onClose }: XmlHandlers): void {
    const parser = this.#parser;
    parser.on("error", (error) => this.#fail(error.message));
    parser.on("doctype", (doctype) => {
      if (/\[|<!ENTITY/i.test(doctype)) throw this.#error("doctype", "definitions inside the DOCTYPE are not read; remove them.");
    });
    parser.on("opentag", (tag) => {
      this.#sinceEvent = 0;
      if (++this.#depth > this.#limits.maxDepth)
        throw this.#error("too-deep", `elements are nested deeper than ${this.#limits.maxDepth}.`);
      if (++this.#elements > this.#limits.maxElements)
        throw this.#error("too-large", `there are more than ${this.#limits.maxElements} elements.`);
      onOpen?.({ name: tag.name, local: tag.local ?? tag.name, uri: tag.uri ?? "", attributes: plainAttributes(tag.attributes) });
    });
    parser.on("closetag", (tag) => {
      this.#sinceEvent = 0;
      this.#depth--;
      onClose?.(tag.name, { local: tag.local ?? tag.name, uri: tag.uri ?? "" });
    });
    if (!onText) return;
    parser.on("text", (text) => {
      // Line ends around the root element are no content.
      if (this.#depth > 0) onText(text);
    });
    parser.on("cdata", onText);
  }

  #fail(message: string): void {
    // saxes hands on `&name;` as it stands, which is right for the HTML most feeds and exports carry.
    if (/undefined entity\.$|character in entity name\.$/.test(message)) this.#warn("an unknown entity was kept as text.");
    else if (message.includes("unbound namespace prefix")) this.#warn("a prefix has no namespace.");
    else throw this.#error("malformed", `the XML is broken here: ${message.replace(/\.$/, "")}.`);
  }

  #warn(what: string): void {
    if (this.warnings.length < MOST_WARNINGS) this.warnings.push(`Line ${this.#parser.line}: ${what}`);
  }

  #error(reason: XmlError["reason"], what: string, options?: ErrorOptions): XmlError {
    return new XmlError(reason, what, { line: this.#parser.line, column: this.#parser.columnIndex + 1 }, options);
  }
}

function plainAttributes(found: Record<string, string | { value: string }>): Record<string, string> {
  // Elements have few attributes; a map without prototype cannot be tricked by one named `__proto__`.
  const plain: Record<string, string> = Object.create(null);
  for (const name in found) {
    const value = found[name];
    if (value !== undefined) plain[name] = typeof value === "string" ? value : value.value;
  }
  return plain;
}
