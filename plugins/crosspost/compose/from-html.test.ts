import test from "ava";
import { contentOf } from "./from-html.ts";

const base = "https://kim.example/2026/11/24/hello";
const textOf = (html: string) => contentOf(html, base).rich.text;

test("paragraphs and breaks become newlines, emphasis goes, code stays as it is", (t) => {
  t.is(
    textOf("<p>Hello <em>there</em>,\n<strong>kim</strong>.<br>Again</p>\n<p>Two &lt;b&gt; &amp; *three*</p>"),
    "Hello there, kim.\nAgain\n\nTwo <b> & *three*",
  );
  t.is(
    textOf("<p>Run <code>a  *b* _c_</code>:</p><pre><code>if (a) {\n  b &lt; c\n}\n</code></pre><p>End</p>"),
    "Run a *b* _c_:\n\nif (a) {\n  b < c\n}\n\nEnd",
  );
  t.is(textOf("<h2>Part</h2><p>Text</p><hr><p>More</p>"), "Part\n\nText\n\nMore");
  t.is(textOf("<p>a</p><p> </p><p></p><p>b</p>"), "a\n\nb");
  t.is(textOf(""), "");
});

test("quotes are marked and lists keep their lines", (t) => {
  t.is(
    textOf("<p>So:</p><blockquote><p>One<br>two</p><p>three</p></blockquote><p>Yes</p>"),
    "So:\n\n> One\n> two\n\n> three\n\nYes",
  );
  t.is(
    textOf("<p>Buy</p><ul><li>milk</li><li><p>bread</p><ul><li>rye</li></ul></li></ul><p>now</p>"),
    "Buy\n\n• milk\n• bread\n• rye\n\nnow",
  );
  t.is(textOf('<ol start="3"><li>c</li><li>d</li></ol>'), "3. c\n4. d");
  t.is(textOf("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>"), "a | b\n1 | 2");
  t.is(textOf("<p>He said <q>no</q>.</p>"), "He said “no”.");
});

test("embeds, players, scripts and footnotes are dropped", (t) => {
  const html =
    '<p>Look<sup class="footnote-ref"><a href="#fn1">1</a></sup></p><iframe src="https://lee.example/"></iframe><video controls>No film.</video>' +
    '<script>alert(1)</script><section class="footnotes"><ol><li>note</li></ol></section><div class="footnotes">note</div>';
  t.is(textOf(html), "Look");
});

test("how words are read stands behind them", (t) => {
  const { rich } = contentOf("<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp>字<rt>ji</rt></ruby></p>", "https://kim.example/");
  t.is(rich.text, "漢(kan)字(ji)");
});

test("links know their words, and pictures their addresses", (t) => {
  const { rich, pictures } = contentOf(
    '<p>See <a href="https://lee.example/a?b=1&amp;c=2">what <em>lee</em> wrote </a>and <a href="/about">about</a>, <a href="mailto:kim@kim.example">mail</a>.</p>' +
      '<blockquote><p><a href="https://ana.example/">ana</a></p></blockquote><ul><li><a href="https://ana.example/2">two</a></li></ul>' +
      '<p><a href="https://lee.example/big"><img src="/media/1.jpg" alt="A &quot;nest&quot;" width="800" height="600"></a></p>',
    base,
  );
  t.deepEqual(
    rich.links.map(({ start, end, url }) => [rich.text.slice(start, end), url]),
    [
      ["what lee wrote", "https://lee.example/a?b=1&c=2"],
      ["about", "https://kim.example/about"],
      ["ana", "https://ana.example/"],
      ["two", "https://ana.example/2"],
    ],
  );
  t.deepEqual(pictures, [{ url: "https://kim.example/media/1.jpg", alt: 'A "nest"', width: 800, height: 600 }]);
});
