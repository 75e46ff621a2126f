import { xmlText } from "rookery/plugin";
import type { Fault } from "./fault.ts";
import { RpcDate } from "./value.ts";

/** What a method gives back. Whole numbers are `int`; ids are text by the time they come here. */
export type Answer = string | number | boolean | RpcDate | readonly Answer[] | { readonly [name: string]: Answer };

/** A methodResponse with one value. */
export function answerXml(answer: Answer): string {
  return envelope(`<params><param>${valueXml(answer)}</param></params>`);
}

/** A fault; the sentence stands last, where some apps look for it. */
export function faultXml({ code, message }: Fault): string {
  const members = `${memberXml("faultCode", code)}${memberXml("faultString", message)}`;
  return envelope(`<fault><value><struct>${members}</struct></value></fault>`);
}

const envelope = (inside: string): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n<methodResponse>${inside}</methodResponse>\n`;

// Every value says its type: editors guess badly.
function valueXml(value: Answer): string {
  if (typeof value === "string") return `<value><string>${xmlText(value)}</string></value>`;
  if (typeof value === "boolean") return `<value><boolean>${value ? 1 : 0}</boolean></value>`;
  if (typeof value === "number") return `<value><int>${Math.trunc(value)}</int></value>`;
  if (value instanceof RpcDate) return `<value><dateTime.iso8601>${value.text}</dateTime.iso8601></value>`;
  if (isList(value)) return `<value><array><data>${value.map(valueXml).join("")}</data></array></value>`;
  const members = Object.entries(value as { readonly [name: string]: Answer }).map(([name, one]) => memberXml(name, one));
  return `<value><struct>${members.join("")}</struct></value>`;
}

const memberXml = (name: string, value: Answer): string => `<member><name>${xmlText(name)}</name>${valueXml(value)}</member>`;
const isList = (value: Answer): value is readonly Answer[] => Array.isArray(value);
