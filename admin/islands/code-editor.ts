import { autocompletion, completionKeymap, closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { css } from "@codemirror/lang-css";
import { bracketMatching, indentOnInput } from "@codemirror/language";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { offerNames, type Names } from "./code-editor/completion.ts";
import { templateLanguage } from "./code-editor/html-language.ts";
import { look } from "./code-editor/look.ts";
import { markLines, markedLines } from "./code-editor/marked-lines.ts";
import { templateWords } from "./code-editor/template-words.ts";

/**
 * A text field for code: line numbers, find, colours, and what templates may say. Holds a `<textarea>`, which stays what the
 * form sends. Tab moves on, as in every field. Ctrl+Enter presses the button marked `data-key="check"`, Ctrl+S `data-key="save"`.
 */
export default class CodeEditor extends HTMLElement {
  #view: EditorView | undefined;

  connectedCallback(): void {
    const field = this.querySelector("textarea")!;
    const label = field.form!.querySelector<HTMLLabelElement>(`label[for="${field.id}"]`)!;
    label.id ||= `${field.id}-label`;
    const isTyping = document.activeElement === field;
    this.#view = new EditorView({
      state: EditorState.create({
        doc: field.value,
        selection: { anchor: isTyping ? Math.min(field.selectionStart, field.value.length) : 0 },
        extensions: [this.#extensions(field, label.id), this.#keys(field)],
      }),
    });
    field.hidden = true;
    field.after(this.#view.dom);
    if (isTyping) this.#view.focus();
    label.addEventListener("click", () => this.#view!.focus());
    this.mark(JSON.parse(this.dataset.lines ?? "[]") as number[]);
    field.form!.addEventListener("click", (event) => this.#goTo(event));
    this.classList.add("is-live");
  }

  /** Marks the lines something is wrong with; others lose their mark. */
  mark(lines: readonly number[]): void {
    this.#view?.dispatch({ effects: markLines.of(lines) });
  }

  #extensions(field: HTMLTextAreaElement, labelId: string): Extension {
    const isTemplate = this.dataset.language !== "css";
    const describedBy = field.getAttribute("aria-describedby");
    const attributes = { "aria-labelledby": labelId, ...(describedBy && { "aria-describedby": describedBy }) };
    return [
      EditorView.cspNonce.of(this.dataset.nonce ?? ""),
      EditorState.phrases.of(JSON.parse(this.dataset.phrases ?? "{}") as Record<string, string>),
      EditorState.readOnly.of(field.readOnly),
      EditorView.contentAttributes.of(attributes),
      look,
      lineNumbers(),
      highlightActiveLineGutter(),
      highlightActiveLine(),
      highlightSpecialChars(),
      highlightSelectionMatches(),
      history(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      search({ top: true }),
      markedLines,
      isTemplate ? [templateLanguage, templateWords] : css(),
      isTemplate ? autocompletion({ override: [offerNames(namesOf(this))] }) : autocompletion(),
      EditorView.lineWrapping,
      EditorView.updateListener.of(({ docChanged, state }) => {
        if (!docChanged) return;
        field.value = state.doc.toString();
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }),
    ];
  }

  #keys(field: HTMLTextAreaElement): Extension {
    const press = (name: string) => () => {
      field.form!.querySelector<HTMLButtonElement>(`button[data-key="${name}"]`)?.click();
      return true;
    };
    const own = [
      { key: "Mod-Enter", run: press("check") },
      { key: "Mod-s", run: press("save") },
    ];
    return keymap.of([...own, ...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...completionKeymap]);
  }

  // A link to a line (`data-line`) leads into the text.
  #goTo(event: Event): void {
    const line = Number((event.target as Element).closest("a")?.dataset.line);
    const view = this.#view!;
    if (!(line >= 1)) return;
    event.preventDefault();
    const { from } = view.state.doc.line(Math.min(line, view.state.doc.lines));
    view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
    view.focus();
  }
}

function namesOf(element: HTMLElement): Names {
  return JSON.parse(element.dataset.names ?? '{"names":[],"filters":[],"tests":[]}') as Names;
}
