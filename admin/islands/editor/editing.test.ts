import test from "ava";
import { makeLink, toggleCode, toggleMark, type Edit, type Selected } from "./edits.ts";
import { continueLine, indent, togglePrefix } from "./lines.ts";
import { pasted, tableOf } from "./paste.ts";

// `|` stands for the cursor, or for both ends of the selection.
function at(marked: string): Selected {
  const start = marked.indexOf("|");
  const text = marked.replaceAll("|", "");
  const end = marked.lastIndexOf("|");
  return { text, start, end: end === start ? start : end - 1 };
}

function after({ text }: Selected, edit: Edit | null): string | null {
  if (!edit) return null;
  const changed = text.slice(0, edit.from) + edit.insert + text.slice(edit.to);
  const end = edit.start === edit.end ? "" : "|";
  return changed.slice(0, edit.start) + "|" + changed.slice(edit.start, edit.end) + end + changed.slice(edit.end);
}

const bold = (selected: Selected) => toggleMark(selected, "**");
const italic = (selected: Selected) => toggleMark(selected, "*");
const quote = (selected: Selected) => togglePrefix(selected, "> ");
const list = (selected: Selected) => togglePrefix(selected, "- ");
const heading = (selected: Selected) => togglePrefix(selected, "## ");
const inward = (selected: Selected) => indent(selected, 1);
const outward = (selected: Selected) => indent(selected, -1);

const cases: readonly [what: string, tool: (selected: Selected) => Edit | null, before: string, after: string | null][] = [
  ["bold", bold, "a |word| here", "a **|word|** here"],
  ["bold again", bold, "a **|word|** here", "a |word| here"],
  ["bold on what is selected with its marks", bold, "a |**word**| here", "a |word| here"],
  ["bold with nothing selected", bold, "a | here", "a **|** here"],
  ["bold with nothing selected, again", bold, "a **|** here", "a | here"],
  ["bold leaves spaces outside", bold, "a| word |here", "a **|word|** here"],
  ["italic on bold", italic, "**|word|**", "***|word|***"],
  ["italic off what is both", italic, "***|word|***", "**|word|**"],
  ["bold off what is both", bold, "***|word|***", "*|word|*"],
  ["italic again", italic, "*|word|*", "|word|"],
  ["code", toggleCode, "|x = 1|", "`|x = 1|`"],
  ["code again", toggleCode, "`|x = 1|`", "|x = 1|"],
  ["code of lines", toggleCode, "|a\nb|", "|```\na\nb\n```|"],
  ["code of lines again", toggleCode, "|```\na\nb\n```|", "|a\nb|"],
  ["a link", makeLink, "see |this|", "see [this](|https://|)"],
  ["a link of an address", makeLink, "see |https://kim.example/|", "see [|](https://kim.example/)"],
  ["a link of nothing", makeLink, "see |", "see [|](https://)"],
  ["a quote", quote, "o|ne", "> o|ne"],
  ["a quote again", quote, "> o|ne", "o|ne"],
  ["a quote of lines", quote, "|one\n\ntwo|", "|> one\n\n> two|"],
  ["a list", list, "|one\ntwo|\nthree", "|- one\n- two|\nthree"],
  ["a list again", list, "|- one\n- two|", "|one\ntwo|"],
  ["a list of what is partly one", list, "|- one\ntwo|", "|- one\n- two|"],
  ["a heading", heading, "Her|ons", "## Her|ons"],
  ["a heading again", heading, "## Her|ons", "Her|ons"],
  ["a heading in place of another", heading, "Her|ons", "## Her|ons"],
  ["inward", inward, "- a\n- b|", "- a\n  - b|"],
  ["inward in numbers", inward, "1. a\n2. b|", "1. a\n   2. b|"],
  ["outward", outward, "- a\n  - b|", "- a\n- b|"],
  ["outward at the edge", outward, "- b|", "- b|"],
  ["Enter in a list", continueLine, "- one|", "- one\n- |"],
  ["Enter in the middle of an item", continueLine, "- one| two", "- one\n- | two"],
  ["Enter in numbers", continueLine, "9. nine|", "9. nine\n10. |"],
  ["Enter in numbers with a bracket", continueLine, "1) one|", "1) one\n2) |"],
  ["Enter in a list of things to do", continueLine, "- [x] done|", "- [x] done\n- [ ] |"],
  ["Enter in an inner list", continueLine, "  * deep|", "  * deep\n  * |"],
  ["Enter in a quote", continueLine, "> said|", "> said\n> |"],
  ["Enter in a list in a quote", continueLine, "> - said|", "> - said\n> - |"],
  ["Enter on an empty item", continueLine, "- one\n- |", "- one\n|"],
  ["Enter on an empty item with more below", continueLine, "- one\n- |\nmore", "- one\n|\nmore"],
  ["Enter on an empty quote", continueLine, "> said\n> |", "> said\n|"],
  ["Enter on an empty item in a quote", continueLine, "> - |", "> |"],
  ["Enter before an item's text", continueLine, "|- one", null],
  ["Enter in plain text", continueLine, "plain|", null],
  ["Enter after a dash that is none", continueLine, "-5 degrees|", null],
];

for (const [what, tool, before, expected] of cases)
  test(`${what}: “${before.replaceAll("\n", "⏎")}”`, (t) => {
    const selected = at(before);
    t.is(after(selected, tool(selected)), expected);
  });

test("an address pasted over words makes them a link; over nothing, or over an address, it is itself", (t) => {
  const over = (marked: string) => {
    const what = pasted(at(marked), { text: "https://kim.example/a", html: "" });
    return "edit" in what ? after(at(marked), what.edit) : what.isRich;
  };
  t.is(over("see |this|."), "see [this](https://kim.example/a)|.");
  t.is(over("see |."), false);
  t.is(over("|https://lee.example/|"), false);
});

test("cells of a spreadsheet make a table, with a line free before it", (t) => {
  const what = pasted(at("Counted:|"), { text: "Bird\tSeen\nHeron | grey\t3\n", html: "<table><tr><td>Bird</td></tr></table>" });

  t.is(
    "edit" in what && after(at("Counted:|"), what.edit),
    "Counted:\n\n| Bird | Seen |\n| --- | --- |\n| Heron \\| grey | 3 |\n|",
  );
});

test("tabs alone make no table, nor do rows of different lengths", (t) => {
  t.deepEqual(pasted(at("|"), { text: "\tindented\tcode", html: "" }), { isRich: false });
  t.is(tableOf("a\tb\nc"), null);
  t.is(tableOf("one cell"), null);
});

test("formatting is offered only where there is some", (t) => {
  t.deepEqual(pasted(at("|"), { text: "x", html: "<p>x</p>" }), { isRich: false });
  t.deepEqual(pasted(at("|"), { text: "x", html: "<p><strong>x</strong></p>" }), { isRich: true });
  t.deepEqual(pasted(at("|"), { text: "x", html: "" }), { isRich: false });
});
