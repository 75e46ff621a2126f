import type { PageProblem } from "./page-check.ts";
import type { MarkupElement } from "./page-markup.ts";

/** T701 to T703, T706: what a page lacks for people who do not see it. A browser finds more: the journeys run axe. */
export function accessProblems(root: MarkupElement): PageProblem[] {
  const walk = new AccessWalk();
  walk.visit(root);
  return walk.end();
}

const unasked = new Set(["hidden", "submit", "reset", "button", "image"]);

class AccessWalk {
  readonly #problems: PageProblem[] = [];
  readonly #labelledIds = new Set<string>();
  readonly #unlabelled: MarkupElement[] = [];
  readonly #ids = new Set<string>();
  #twice: string | undefined;

  /** Looks at an element and what is in it; gives whether that says a name aloud. */
  visit(element: MarkupElement): boolean {
    const { tag, attributes, children } = element;
    this.#noteId(attributes.get("id"));
    const before = this.#unlabelled.length;
    if (isField(element) && !isNamed(element)) this.#unlabelled.push(element);
    let isSaid = false;
    for (const child of children) {
      const says = typeof child === "string" ? child.trim() !== "" : this.visit(child);
      isSaid ||= says;
    }
    const hasName = isSaid || isNamed(element);
    if (tag === "label" && hasName) {
      this.#labelledIds.add(attributes.get("for") ?? "");
      this.#unlabelled.length = before;
    }
    if (tag === "img" && !attributes.has("alt"))
      this.#problems.push(["T701", `A picture has no alt: ${attributes.get("src") ?? ""}.`]);
    const isHidden = attributes.get("aria-hidden") === "true";
    const isAsked = (tag === "a" && attributes.has("href")) || tag === "button" || tag === "summary";
    if (isAsked && !hasName && !isHidden)
      this.#problems.push(["T703", `A ${tag} has no name: ${attributes.get("href") ?? attributes.get("class") ?? ""}.`]);
    return !isHidden && (hasName || (tag === "img" && (attributes.get("alt") ?? "") !== ""));
  }

  #noteId(id: string | undefined): void {
    if (id === undefined) return;
    if (this.#ids.has(id)) this.#twice ??= id;
    this.#ids.add(id);
  }

  // A label may come after its field.
  end(): PageProblem[] {
    const bare = this.#unlabelled.filter(({ attributes }) => !this.#labelledIds.has(attributes.get("id") ?? "?"));
    for (const { tag, attributes } of bare)
      this.#problems.push(["T702", `A ${tag} has no label: ${attributes.get("name") ?? attributes.get("type") ?? ""}.`]);
    if (this.#twice !== undefined) this.#problems.push(["T706", `The id “${this.#twice}” is on the page twice.`]);
    return this.#problems;
  }
}

function isField({ tag, attributes }: MarkupElement): boolean {
  return tag === "select" || tag === "textarea" || (tag === "input" && !unasked.has(attributes.get("type") ?? ""));
}

function isNamed({ attributes }: MarkupElement): boolean {
  return ["aria-label", "aria-labelledby", "title"].some((name) => (attributes.get(name) ?? "").trim() !== "");
}
