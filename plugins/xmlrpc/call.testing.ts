import { parseXml, type XmlNode } from "rookery/plugin";

/** A value as tests write it: structs as objects, `{ date }` and `{ base64 }` for what JSON has not. */
export type Said =
  string | number | boolean | { date: string } | { base64: string } | readonly Said[] | { readonly [name: string]: Said };
export type Heard = string | number | boolean | Heard[] | { [name: string]: Heard };

/** The XML of a call. */
export function callXml(method: string, ...params: readonly Said[]): string {
  const all = params.map((param) => `<param>${said(param)}</param>`).join("");
  return `<?xml version="1.0"?><methodCall><methodName>${method}</methodName><params>${all}</params></methodCall>`;
}

/** What an answer says; a fault is thrown as `code: sentence`. */
export function answerOf(xml: string): Heard {
  const root = parseXml(xml);
  const inside = root.children[0]!;
  if (inside.name === "fault") {
    const { faultCode, faultString } = heard(inside.children[0]!) as { faultCode: number; faultString: string };
    throw new Error(`${faultCode}: ${faultString}`);
  }
  return heard(inside.children[0]!.children[0]!);
}

function said(value: Said): string {
  if (typeof value === "string") return `<value><string>${escaped(value)}</string></value>`;
  if (typeof value === "number") return `<value><int>${value}</int></value>`;
  if (typeof value === "boolean") return `<value><boolean>${value ? 1 : 0}</boolean></value>`;
  if (Array.isArray(value)) return `<value><array><data>${(value as Said[]).map(said).join("")}</data></array></value>`;
  const struct = value as { readonly [name: string]: Said };
  if (typeof struct.date === "string") return `<value><dateTime.iso8601>${struct.date}</dateTime.iso8601></value>`;
  if (typeof struct.base64 === "string") return `<value><base64>${struct.base64}</base64></value>`;
  const members = Object.entries(struct).map(([name, one]) => `<member><name>${name}</name>${said(one)}</member>`);
  return `<value><struct>${members.join("")}</struct></value>`;
}

function heard(value: XmlNode): Heard {
  const typed = value.children[0];
  if (!typed) throw new Error("a value without a type");
  if (typed.name === "int") return Number(typed.text);
  if (typed.name === "boolean") return typed.text === "1";
  if (typed.name === "array") return typed.children[0]!.children.map(heard);
  if (typed.name !== "struct") return typed.text;
  if (typed.children.length === 1) throw new Error("a struct with one member");
  return Object.fromEntries(typed.children.map(({ children }) => [children[0]!.text, heard(children[1]!)]));
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\r", "&#13;");
