import type { PageProblem } from "./page-check.ts";
import { elementsIn, textIn, type MarkupElement } from "./page-markup.ts";

/** T701 to T703, T706: what a page lacks for people who do not see it. A browser finds more: the journeys run axe. */
export function* accessProblems(root: MarkupElement): Generator<PageProblem> {
  const all = [...elementsIn(root)];
  const labelled = new Set(all.flatMap((element) => (element.tag === "label" ? labelledBy(element) : [])));
  for (const element of all) {
    const { tag, attributes } = element;
    if (tag === "img" && !attributes.has("alt")) yield ["T701", `A picture has no alt: ${attributes.get("src") ?? ""}.`];
    if (isField(element) && !isNamed(element) && !labelled.has(element) && !labelled.has(attributes.get("id") ?? element))
      yield ["T702", `A ${tag} has no label: ${attributes.get("name") ?? attributes.get("type") ?? ""}.`];
    const isAsked = (tag === "a" && attributes.has("href")) || tag === "button" || tag === "summary";
    if (isAsked && !isNamed(element) && nameIn(element).trim() === "" && attributes.get("aria-hidden") !== "true")
      yield ["T703", `A ${tag} has no name: ${attributes.get("href") ?? attributes.get("class") ?? ""}.`];
  }
  const ids = all.flatMap(({ attributes }) => attributes.get("id") ?? []);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined) yield ["T706", `The id “${twice}” is on the page twice.`];
}

const unasked = new Set(["hidden", "submit", "reset", "button", "image"]);

function isField({ tag, attributes }: MarkupElement): boolean {
  return tag === "select" || tag === "textarea" || (tag === "input" && !unasked.has(attributes.get("type") ?? ""));
}

function isNamed({ attributes }: MarkupElement): boolean {
  return ["aria-label", "aria-labelledby", "title"].some((name) => (attributes.get(name) ?? "").trim() !== "");
}

// The fields inside a label, and the id it is for.
function labelledBy(label: MarkupElement): (MarkupElement | string)[] {
  if (textIn(label).trim() === "" && !isNamed(label)) return [];
  const id = label.attributes.get("for");
  return [...[...elementsIn(label)].filter(isField), ...(id === undefined ? [] : [id])];
}

function nameIn(element: MarkupElement): string {
  return element.children
    .map((child) => {
      if (typeof child === "string") return child;
      if (child.attributes.get("aria-hidden") === "true") return "";
      return child.tag === "img" ? (child.attributes.get("alt") ?? "") : (child.attributes.get("aria-label") ?? nameIn(child));
    })
    .join(" ");
}
