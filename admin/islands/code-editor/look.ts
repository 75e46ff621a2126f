import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const colours = {
  name: "light-dark(#0b5394, #8ab4ff)",
  value: "light-dark(#1d6b3a, #7bd8a0)",
  word: "light-dark(#8a2b6b, #f0a3d6)",
};

// The dashboard's own colours, which know light and dark by themselves.
const view = EditorView.theme({
  "&": { backgroundColor: "var(--rk-surface)", color: "var(--rk-text)", fontSize: "0.9375rem" },
  "&.cm-focused": { outline: "3px solid var(--rk-accent)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: "ui-monospace, Menlo, Consolas, monospace", lineHeight: "1.5", overflow: "auto" },
  ".cm-content": { caretColor: "var(--rk-text)", paddingBlock: "0.5rem" },
  ".cm-cursor": { borderLeftColor: "var(--rk-text)" },
  ".cm-gutters": { backgroundColor: "var(--rk-bg)", color: "var(--rk-muted)", borderColor: "var(--rk-line)" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--rk-accent) 8%, transparent)" },
  "& .cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": {
    backgroundColor: "color-mix(in srgb, var(--rk-accent) 30%, transparent)",
  },
  ".cm-wrong": { backgroundColor: "color-mix(in srgb, var(--rk-bad) 16%, transparent)" },
  ".cm-output, .cm-output *": { color: colours.word },
  ".cm-statement, .cm-statement *": { color: colours.word, fontWeight: "600" },
  ".cm-remark, .cm-remark *": { color: "var(--rk-muted)", fontStyle: "italic" },
  ".cm-panels": { backgroundColor: "var(--rk-bg)", color: "var(--rk-text)" },
  ".cm-panels.cm-panels-top": { borderBottom: "1px solid var(--rk-line)" },
  ".cm-panel.cm-search": { padding: "0.5rem", fontSize: "1rem" },
  ".cm-textfield": {
    backgroundColor: "var(--rk-surface)",
    borderColor: "var(--rk-field)",
    fontSize: "1rem",
    minHeight: "2.25rem",
  },
  ".cm-button": {
    backgroundImage: "none",
    backgroundColor: "var(--rk-surface)",
    borderColor: "var(--rk-field)",
    fontSize: "1rem",
    minHeight: "2.25rem",
  },
  ".cm-panel.cm-search [name=close]": { minWidth: "2rem", minHeight: "2rem", fontSize: "1.25rem", color: "inherit" },
  ".cm-searchMatch": { backgroundColor: "color-mix(in srgb, var(--rk-warn) 30%, transparent)" },
  ".cm-searchMatch-selected": { outline: "2px solid var(--rk-warn)" },
  ".cm-tooltip": { backgroundColor: "var(--rk-surface)", color: "var(--rk-text)", borderColor: "var(--rk-field)" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--rk-accent)",
    color: "var(--rk-on-accent)",
  },
  ".cm-completionDetail": { fontStyle: "normal", color: "var(--rk-muted)" },
  "li[aria-selected] .cm-completionDetail": { color: "inherit" },
});

const highlighting = HighlightStyle.define([
  { tag: [tags.tagName, tags.propertyName, tags.className, tags.labelName], color: colours.name },
  { tag: [tags.string, tags.number, tags.color, tags.unit, tags.attributeValue], color: colours.value },
  { tag: [tags.keyword, tags.definitionKeyword, tags.modifier, tags.atom, tags.variableName], color: colours.word },
  { tag: [tags.comment, tags.documentMeta], color: "var(--rk-muted)", fontStyle: "italic" },
  { tag: tags.invalid, color: "var(--rk-bad)" },
]);

/** How the editor looks: as the rest of the dashboard, in light and dark. */
export const look: Extension = [view, syntaxHighlighting(highlighting)];
