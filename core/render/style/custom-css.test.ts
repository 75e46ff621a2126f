import test from "ava";
import { cssProblems, safeCss } from "./custom-css.ts";

const wrong: readonly (readonly [string, string, string])[] = [
  ["an import", "p{}\n@import 'x.css';", "2 design.css-import"],
  ["an import written with escapes", "@\\69 mport url(x)", "1 design.css-import"],
  ["an import in a block", "@media print {\n@IMPORT 'x';\n}", "2 design.css-import"],
  ["an http address", "p{background:url(http://evil.example/x)}", "1 design.css-url"],
  ["an address of no scheme", "p{background:url('//evil.example/x')}", "1 design.css-url"],
  ["a data address", "p{background:url( data:image/svg+xml,x )}", "1 design.css-url"],
  ["an address written with escapes", "p{background:u\\72l(\\68ttp://evil.example)}", "1 design.css-url"],
  ["an address in image-set", 'p{background:image-set("http://evil.example/x" 1x)}', "1 design.css-url"],
  ["a script", "p{background:url(javascript:x)}", "1 design.css-url"],
  ["a path with a backslash", "p{background:url('/\\\\evil.example')}", "1 design.css-url"],
  ["a path with a tab in it", "p{background:url('/\\9 /evil.example')}", "1 design.css-url"],
  ["an address behind a unit's brackets", 'p{--x:1url(/a")")}a{background:url(http://evil.example)}b{--y:"}', "1 design.css-url"],
  [
    "an address behind a colour's brackets",
    'p{--x:#url(/a")")}a{background:url(http://evil.example)}b{--y:"}',
    "1 design.css-url",
  ],
  ["an address behind a backslash and a line's end", "p{--x:\\\furl(http://evil.example)}", "1 design.css-url"],
  ["an address behind the opening of an HTML comment", "p{--x:<!--url(http://evil.example)}", "1 design.css-url"],
  ["a block that does not end", "\n\np{color:red", "3 design.css-open"],
  ["a bracket that closes nothing", "p{}\n}", "2 design.css-close"],
  ["a comment that does not end", "p{}/* x", "1 design.css-comment"],
  ["a text that does not end", "p{content:'x\n}", "1 design.css-string"],
];

for (const [what, css, expected] of wrong)
  test(`${what} in a blog's own CSS is named with its line`, (t) => {
    const found = cssProblems(css).map(({ line, key }) => `${line} ${key}`);
    t.true(found.includes(expected), found.join());
    t.notRegex(safeCss(css), /evil\.example|@import/i);
  });

for (const css of [
  "",
  "p{color:red}",
  "@media (min-width: 30rem) { a:is(:hover, :focus)::after { content: '}{'; } }",
  "p{background:url(https://kim.example/x.png), url(/media/x.png), url('#mark')}",
  "/* @import 'x' url(http://y) } */ a{}",
  "@layer base, own;@font-face{font-family:x;src:url(https://kim.example/x.woff2)format('woff2')}",
  ".import{} p::before{content:'@import url(http://x)'}",
  "a{color:\\72 ed}\u00e9{}",
])
  test(`sound CSS stays as it is: ${css.slice(0, 40)}`, (t) => {
    t.deepEqual(cssProblems(css), []);
    t.is(safeCss(css), css);
  });

test("CSS of 5 MB, or one long heap of brackets, costs nothing", (t) => {
  t.like(cssProblems("a{}".repeat(2_000_000))[0], { key: "design.css-size" });
  t.is(safeCss("a{}".repeat(2_000_000)), "");
  for (const heap of ["(", "{", "url(", "@import ", "/*", "\\", "'", "a(]"].map((one) =>
    one.repeat(Math.floor(60_000 / one.length)),
  ))
    t.true(cssProblems(heap).length <= 20);
});
