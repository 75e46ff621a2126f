import { makeLink, toggleCode, toggleMark, type Edit, type Selected } from "./editor/edits.ts";
import { offerFormatting } from "./editor/keep-formatting.ts";
import { continueLine, indent, togglePrefix } from "./editor/lines.ts";
import { pasted } from "./editor/paste.ts";
import { oneStop } from "./editor/toolbar.ts";
import { typeInto } from "./editor/type-into.ts";

const tools: Readonly<Record<string, (selected: Selected) => Edit>> = {
  bold: (selected) => toggleMark(selected, "**"),
  italic: (selected) => toggleMark(selected, "*"),
  link: (selected) => makeLink(selected),
  quote: (selected) => togglePrefix(selected, "> "),
  list: (selected) => togglePrefix(selected, "- "),
  code: toggleCode,
  heading: (selected) => togglePrefix(selected, "## "),
};
const keys: Readonly<Record<string, (selected: Selected) => Edit>> = {
  b: tools.bold!,
  i: tools.italic!,
  k: tools.link!,
  "]": (selected) => indent(selected, 1),
  "[": (selected) => indent(selected, -1),
};

/** What makes a text field good for Markdown: a toolbar, keys, lists that go on, pastes that fit. The field stays a plain one. */
export default class Editor extends HTMLElement {
  connectedCallback(): void {
    const field = document.getElementById(this.getAttribute("for")!) as HTMLTextAreaElement;
    const bar = this.querySelector<HTMLElement>("[role=toolbar]")!;
    const keep = this.querySelector<HTMLButtonElement>("[data-do=keep-formatting]")!;
    const apply = (tool: (selected: Selected) => Edit | null): boolean => {
      const edit = tool({ text: field.value, start: field.selectionStart, end: field.selectionEnd });
      if (edit) typeInto(field, edit);
      return edit !== null;
    };
    bar.hidden = false;
    oneStop(bar, () => field.focus());
    bar.addEventListener("click", (event) => {
      const tool = tools[(event.target as Element).closest("button")?.dataset.do ?? ""];
      if (tool) apply(tool);
    });
    field.addEventListener("keydown", (event) => {
      if (event.isComposing || event.altKey) return;
      const isCommand = event.ctrlKey || event.metaKey;
      const tool = isCommand && !event.shiftKey ? keys[event.key.toLowerCase()] : undefined;
      const isEnter = event.key === "Enter" && !isCommand && !event.shiftKey;
      if (tool ? apply(tool) : isEnter && apply(continueLine)) event.preventDefault();
    });
    field.addEventListener("paste", (event) => {
      const [text, html] = ["text/plain", "text/html"].map((type) => event.clipboardData?.getData(type) ?? "") as [
        string,
        string,
      ];
      if (text === "") return;
      // Words copied from a spreadsheet or a document come with a picture of themselves, which nobody wants.
      event.stopPropagation();
      const what = pasted({ text: field.value, start: field.selectionStart, end: field.selectionEnd }, { text, html });
      keep.hidden = true;
      if ("edit" in what) {
        event.preventDefault();
        typeInto(field, what.edit);
      } else if (what.isRich) offerFormatting(field, keep, html);
    });
    const complete = (event: Event) => {
      if ((event as InputEvent).data !== "@") return;
      field.removeEventListener("input", complete);
      void import("./editor/completion.ts").then(
        ({ Completion }) => void new Completion(field, this.querySelector("ul")!).look(),
      );
    };
    field.addEventListener("input", complete);
  }
}
