import { bracketMatchingHandle, indentNodeProp, LanguageSupport, LRLanguage, type TreeIndentContext } from "@codemirror/language";
import { parser } from "@lezer/html";

// Not @codemirror/lang-html: it brings the grammars of scripts along, which would be a fifth of all that is fetched, and no
// template has a script or a style in it.
const language = LRLanguage.define({
  name: "template",
  parser: parser.configure({
    props: [
      indentNodeProp.add({
        Element: indentElement,
        "OpenTag CloseTag SelfClosingTag": (context) => context.column(context.node.from) + context.unit,
      }),
      bracketMatchingHandle.add({ "OpenTag CloseTag": (node) => node.getChild("TagName") }),
    ],
  }),
  languageData: { commentTokens: { block: { open: "{#", close: "#}" } }, indentOnInput: /^\s*<\/\w+\W$/ },
});

function indentElement(context: TreeIndentContext): number | null {
  const [all, closing] = /^\s*(<\/)?/.exec(context.textAfter)!;
  if (context.node.to <= context.pos + all.length) return context.continue();
  return context.lineIndent(context.node.from) + (closing ? 0 : context.unit);
}

/** HTML with what a template adds to it. */
export const templateLanguage = new LanguageSupport(language);
