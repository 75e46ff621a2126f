import { parseXml, XmlError, type XmlNode } from "rookery/plugin";
import { Fault, faults } from "./fault.ts";
import { withoutFiles } from "./files.ts";
import { RpcBytes, RpcDate, type RpcValue } from "./value.ts";

/** A call: what is to be done, and with which values. */
export type Call = { readonly method: string; readonly params: readonly RpcValue[] };

// A call is read before anybody knows whose it is: the longest post there is, every letter of it escaped, and no more.
const limits = { maxBytes: 2_000_000, maxPieceBytes: 2_000_000, maxDepth: 40, maxElements: 10_000, namespaces: false } as const;

/** Reads a methodCall. A Fault for what is no XML, too large, too deep, or of types that there are none of. */
export function readCall(bytes: Uint8Array): Call {
  const { xml, files } = withoutFiles(bytes);
  const root = rootOf(xml);
  const method = root.name === "methodCall" ? child(root, "methodName")?.text.trim() : undefined;
  if (!method) throw new Fault(faults.parse, "The request is no methodCall with a methodName.");
  const params = child(root, "params")?.children.filter(({ name }) => name === "param") ?? [];
  return { method, params: params.map((param) => valueOf(child(param, "value"), files)) };
}

function rootOf(xml: Uint8Array): XmlNode {
  try {
    return parseXml(xml, limits);
  } catch (error) {
    if (error instanceof XmlError) throw new Fault(faults.parse, error.message);
    throw error;
  }
}

function valueOf(value: XmlNode | undefined, files: readonly Uint8Array[]): RpcValue {
  if (!value) throw new Fault(faults.parse, "A value is missing.");
  const [typed] = value.children;
  // A value without a type is text.
  if (!typed) return value.text;
  const text = typed.text.trim();
  switch (typed.name) {
    case "string":
      return typed.text;
    case "i4":
    case "int":
    case "i8":
      return numberOf(text, /^[+-]?\d{1,15}$/);
    case "double":
      return numberOf(text, /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/);
    case "boolean":
      return booleanOf(text);
    case "dateTime.iso8601":
      return new RpcDate(text);
    case "base64":
      return new RpcBytes((/^\d{1,2}$/.test(text) && files[Number(text)]) || Buffer.from(typed.text));
    case "nil":
      return null;
    case "array":
      return (child(typed, "data")?.children ?? []).filter(({ name }) => name === "value").map((one) => valueOf(one, files));
    case "struct":
      return structOf(typed, files);
    default:
      throw new Fault(faults.parse, `There is no type “${typed.name.slice(0, 40)}”.`);
  }
}

function structOf(struct: XmlNode, files: readonly Uint8Array[]): RpcValue {
  const found: Record<string, RpcValue> = Object.create(null);
  for (const member of struct.children) {
    const name = child(member, "name")?.text;
    if (member.name !== "member" || name === undefined) throw new Fault(faults.parse, "A member of a struct has no name.");
    found[name] = valueOf(child(member, "value"), files);
  }
  return found;
}

function numberOf(text: string, pattern: RegExp): number {
  if (!pattern.test(text) || !Number.isFinite(Number(text)))
    throw new Fault(faults.parse, `“${text.slice(0, 40)}” is no number.`);
  return Number(text);
}

// Some editors write words.
function booleanOf(text: string): boolean {
  const word = text.toLowerCase();
  if (word === "1" || word === "true") return true;
  if (word === "0" || word === "false") return false;
  throw new Fault(faults.parse, `“${text.slice(0, 40)}” is neither true nor false.`);
}

const child = (node: XmlNode, wanted: string): XmlNode | undefined => node.children.find(({ name }) => name === wanted);
