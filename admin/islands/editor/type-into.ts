import type { Edit } from "./edits.ts";

/** Changes a text field as if somebody typed it, so that the browser's own undo takes it back. */
export function typeInto(field: HTMLTextAreaElement, edit: Edit): void {
  field.focus();
  field.setSelectionRange(edit.from, edit.to);
  // The one way that browsers can undo; those that lost it get the plain one.
  const isDone = edit.insert === "" ? document.execCommand("delete") : document.execCommand("insertText", false, edit.insert);
  if (!isDone && edit.from + edit.insert.length !== edit.to) {
    field.setRangeText(edit.insert, edit.from, edit.to, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  field.setSelectionRange(edit.start, edit.end);
}
