import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, type DecorationSet } from "@codemirror/view";

/** Says which lines, counted from 1, something is wrong with. */
export const markLines = StateEffect.define<readonly number[]>();

const mark = Decoration.line({ class: "cm-wrong" });

/** Keeps the marks with their lines while the text changes. */
export const markedLines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, { changes, effects, newDoc }) {
    let next = marks.map(changes);
    for (const effect of effects)
      if (effect.is(markLines)) {
        const known = [...new Set(effect.value)].filter((line) => line >= 1 && line <= newDoc.lines).toSorted((a, b) => a - b);
        next = Decoration.set(known.map((line) => mark.range(newDoc.line(line).from)));
      }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});
