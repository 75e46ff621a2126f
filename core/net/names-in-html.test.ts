import test from "ava";
import { linkNames, namesIn } from "./names-in-html.ts";

test("names behind an @ are found where they name somebody", (t) => {
  t.deepEqual(namesIn("<p>@Kim, (@lee) and @kim: hello.</p>"), ["kim", "lee"]);
  t.deepEqual(namesIn("mail kim@lee.example, @kim@lee.example, @lee.example, x@kim, /@kim, @kim_x, @ana"), ["ana"]);
  t.deepEqual(namesIn('<a href="https://x.example/">@kim</a> <code>@lee</code> <pre><code>@bo</code> @ana</pre> @eva'), ["eva"]);
  t.is(namesIn(Array.from({ length: 50 }, (_, at) => `@a${at}`).join(" ")).length, 20);
});

test("they become links to what is known, and nothing else changes", (t) => {
  const known = new Map([["kim", 'https://kim.example/?a=1&b="']]);
  t.is(
    linkNames("<p>Hello @Kim and @lee, <code>@kim</code></p>", known),
    '<p>Hello <a href="https://kim.example/?a=1&amp;b=&quot;">@Kim</a> and @lee, <code>@kim</code></p>',
  );
  t.is(linkNames("<p>@kim</p>", new Map()), "<p>@kim</p>");
  t.is(
    linkNames('<p title="@kim">&lt;@kim</p>', known),
    '<p title="@kim">&lt;<a href="https://kim.example/?a=1&amp;b=&quot;">@kim</a></p>',
  );
});
