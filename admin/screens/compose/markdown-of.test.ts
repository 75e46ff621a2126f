import test from "ava";
import { markdownOf } from "./markdown-of.ts";

for (const [html, markdown] of [
  ["<p>One <b>bold</b> and <i>thin</i> word.</p><p>Two.</p>", "One **bold** and *thin* word.\n\nTwo."],
  ["<h2>Herons</h2><p>stand</p>", "## Herons\n\nstand"],
  ['<a href="https://kim.example/a">Kim</a>', "[Kim](https://kim.example/a)"],
  ["<ul><li>one</li><li>two</li></ul><p>after</p>", "- one\n- two\n\nafter"],
  ["<ol><li>one</li><li>two</li></ol>", "1. one\n2. two"],
  ["<ul><li>one<ul><li>deep</li></ul></li><li>two</li></ul>", "- one\n  - deep\n- two"],
  ["<ul><li><p>one</p></li><li><p>two</p></li></ul>", "- one\n- two"],
  ["<blockquote><p>said</p><p>more</p></blockquote>", "> said\n>\n> more"],
  ["<pre><code>a  b\n  c *d*</code></pre>", "```\na  b\n  c *d*\n```"],
  ["use <code>a_b</code>", "use `a_b`"],
  ["line<br>break", "line\\\nbreak"],
  [
    "<table><tr><th>Bird</th><th>Seen</th></tr><tr><td>Heron | grey</td><td>3</td></tr></table>",
    "| Bird | Seen |\n| --- | --- |\n| Heron \\| grey | 3 |",
  ],
  ["2 * 3 and snake_case and [x]", "2 \\* 3 and snake_case and \\[x\\]"],
  ['<b style="font-weight:normal"><p>Not bold</p></b>', "Not bold"],
  ["<strong> spaced </strong>out", " **spaced** out".trim()],
  ["<script>alert(1)</script><p onclick=x>safe</p>", "safe"],
  ['<a href="javascript:alert(1)">no</a>', "no"],
  ["", ""],
] as const)
  test(`${html} is ${JSON.stringify(markdown)}`, (t) => t.is(markdownOf(html), markdown));

test("a text of nothing but tags takes no longer than others", (t) => {
  t.is(markdownOf("<div><b>".repeat(20_000) + "deep").includes("deep"), true);
});
