import { xmlAttribute, xmlText } from "rookery/plugin";
import type { Extension } from "./feed.ts";

/** One XML element with text or finished XML inside; empty attributes are left out. */
export function element(name: string, text: string, attributes: Readonly<Record<string, string>> = {}): string {
  const start = `<${name}${attributesOf(attributes)}`;
  return text === "" ? `${start}/>` : `${start}>${xmlText(text)}</${name}>`;
}

/** The elements that other plugins add; names and prefixes that XML does not allow are left out. */
export function extensionsOf(list: readonly Extension[], namespaces: Readonly<Record<string, string>>, depth = 0): string[] {
  return list.flatMap((extension) => {
    const [prefix, local] = extension.name.split(":");
    if (depth > 8 || !local || !isName(local) || !Object.hasOwn(namespaces, prefix ?? "")) return [];
    const start = `<${extension.name}${attributesOf(extension.attributes ?? {})}>`;
    const inside = extensionsOf(extension.children ?? [], namespaces, depth + 1).join("");
    return [`${start}${xmlText(extension.text ?? "")}${inside}</${extension.name}>`];
  });
}

/** ` xmlns:a="…"` for the root element. */
export function namespacesOf(namespaces: Readonly<Record<string, string>>): string {
  return Object.entries(namespaces)
    .filter(([prefix]) => isName(prefix))
    .map(([prefix, address]) => ` xmlns:${prefix}="${xmlAttribute(address)}"`)
    .join("");
}

function attributesOf(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes)
    .filter(([name]) => name.split(":").every(isName))
    .map(([name, value]) => ` ${name}="${xmlAttribute(value)}"`)
    .join("");
}

const isName = (name: string): boolean => /^[A-Za-z_][\w.-]*$/.test(name);
