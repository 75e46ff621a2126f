import test from "ava";
import { MARKDOWN_MAX_BYTES, MarkdownRefused, markdownToHtml } from "./markdown.ts";

const cases: [title: string, source: string, expected: string][] = [
  ["a single line break is a line break", "one\ntwo", "<p>one<br />\ntwo</p>\n"],
  ["emphasis and strikethrough", "**a** _b_ ~~c~~", "<p><strong>a</strong> <em>b</em> <s>c</s></p>\n"],
  [
    "an address becomes a link",
    "see https://kim.example/",
    '<p>see <a href="https://kim.example/">https://kim.example/</a></p>\n',
  ],
  ["a bare name does not", "see kim.example and a@kim.example", "<p>see kim.example and a@kim.example</p>\n"],
  ["inline HTML stays when it is clean", 'a <mark onclick="x()">b</mark>', "<p>a <mark>b</mark></p>\n"],
  ["a scripted link is not a link", "[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>\n"],
  ["a link scripted by entities is not a link", "[a](&#106;avascript:alert(1))", "<p>[a](javascript:alert(1))</p>\n"],
  ["a link scripted by percent signs loses its address", "[a](javascript%3Aalert(1))", "<p><a>a</a></p>\n"],
  ["quotes stay straight", `"it's"`, `<p>"it's"</p>\n`],
  ["code keeps its language and its text", "```js\n<b>\n```", '<pre><code class="language-js">&lt;b&gt;\n</code></pre>\n'],
];

for (const [title, source, expected] of cases) {
  test(`own Markdown: ${title}`, (t) => t.is(markdownToHtml(source, "own"), expected));
}

test("tables are tables", (t) => {
  t.regex(markdownToHtml("| a | b |\n|---|---|\n| 1 | 2 |", "own"), /<td>1<\/td>/);
});

test("a text over the limit is refused with the limit", (t) => {
  const refusal = t.throws(() => markdownToHtml("ü".repeat(MARKDOWN_MAX_BYTES / 2 + 1), "own"), { instanceOf: MarkdownRefused });

  t.is(refusal.reason, "too-long");
  t.is(refusal.limit, MARKDOWN_MAX_BYTES);
});

test("more than 2,000 links are refused", (t) => {
  t.is(t.throws(() => markdownToHtml("[a](/b) ".repeat(2_001), "own"), { instanceOf: MarkdownRefused }).reason, "too-many-links");
  t.notThrows(() => markdownToHtml("[a](/b) ".repeat(2_000), "own"));
});

const hostile = [
  "[",
  "](",
  "![",
  "`",
  "*a_",
  "<a ",
  "> ",
  "- ",
  "&",
  "<!--",
  "<?",
  "~~",
  "|",
  "\\",
  "[a](<",
  "http://",
  "**a *b ",
  "<b>",
];
for (const piece of hostile) {
  // A hang fails this by the time limit of the whole run; what is asserted is that the answer is still clean HTML.
  test(`a text of nothing but ${JSON.stringify(piece)} is rendered or refused`, (t) => {
    const source = piece.repeat(Math.floor(30_000 / piece.length));
    try {
      t.notRegex(
        markdownToHtml(source, "own"),
        /<(?!\/?(?:p|br|hr|em|strong|a|s|b|ul|li|blockquote|code|pre|table|thead|tbody|tr|th|td)\b)/,
      );
    } catch (error) {
      t.true(error instanceof MarkdownRefused);
    }
  });
}
