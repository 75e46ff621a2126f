import test from "ava";

import { compile, createEnvironment, html, render, TemplateError } from "../engine.ts";

const now = Date.UTC(2026, 0, 10, 12);

function print(source: string, more: { locale?: string; timeZone?: string } = {}): string {
  const data = {
    when: new Date(Date.UTC(2026, 0, 2, 23, 5, 9)),
    instant: Temporal.Instant.from("2026-01-02T23:05:09Z"),
    people: [
      { name: "lee", age: 25 },
      { name: "Kim", age: 30 },
      { name: "ana", age: 30 },
    ],
    markup: html('<p title="a>b">One &amp; <b>two</b> three</p>'),
    text: "One\ntwo <three>",
  };
  return render(compile(source, "main"), data, createEnvironment({ now: () => now, ...more }));
}

const cases: [title: string, source: string, expected: string][] = [
  ["date prints presets in the blog's language", "{{ when | date }}|{{ when | date('long') }}", "Jan 2, 2026|January 2, 2026"],
  [
    "date prints a format",
    "{{ when | date(\"EEEE d MMMM yyyy, HH:mm:ss 'at' hh a\") }}",
    "Friday 2 January 2026, 23:05:09 at 11 PM",
  ],
  ["date knows short names and padding", "{{ when | date('EEE dd.MM.yy H M MMM h') }}", "Fri 02.01.26 23 1 Jan 11"],
  [
    "dates come as Date, Instant and ISO text",
    "{{ instant | iso }} {{ '2026-01-02' | iso }}",
    "2026-01-02T23:05:09.000Z 2026-01-02T00:00:00.000Z",
  ],
  ["what is no date prints nothing", "[{{ 'soon' | date }}{{ missing | iso }}{{ missing | relative }}]", "[]"],
  [
    "relative counts from the environment's now",
    "{{ when | relative }}, {{ '2026-01-10T14:00Z' | relative }}",
    "last week, in 2 hours",
  ],
  [
    "number groups digits",
    "{{ 1234567.891 | number }} {{ 2 | number(2) }} {{ 1.239 | number(digits=1) }}",
    "1,234,567.891 2.00 1.2",
  ],
  ["plural picks the word", "{{ 1 | plural('reply', 'replies') }} {{ 0 | plural('reply', 'replies') }}", "reply replies"],
  ["sort by an attribute ignores case", "{{ people | sort('name') | join(',', 'name') }}", "ana,Kim,lee"],
  ["sort by an attribute backwards", "{{ people | sort('age', true) | join(',', 'name') }}", "Kim,ana,lee"],
  [
    "where keeps what matches or is true",
    "{{ people | where('age', 30) | join(',', 'name') }} {{ people | where('name') | length }}",
    "Kim,ana 3",
  ],
  [
    "unique keeps the first of each",
    "{{ [1, 2, 1] | unique | join }} {{ people | unique('age') | join(',', 'name') }}",
    "12 lee,Kim",
  ],
  ["split gives a list", "{{ 'a, b' | split(', ') | join('|') }}", "a|b"],
  ["truncatewords counts words", "{{ 'one two three' | truncatewords(2) }} {{ 'one' | truncatewords(2) }}", "one two… one"],
  ["markup loses its tags before it is cut", "{{ markup | truncate(12) }}", "b&quot;&gt;One &amp;..."],
  ["nl2br escapes text and breaks lines", "{{ text | nl2br }}", "One<br />\ntwo &lt;three&gt;"],
  [
    "json prints data for scripts",
    "{{ {a: [1, true, none, '<'], b: missing, c: when} | json }}",
    '{"a":[1,true,null,"\\u003c"],"c":"2026-01-02T23:05:09.000Z"}',
  ],
  ["json leaves no way to an attribute", "{{ '\" onclick=x & \\'' | json }}", '"\\u0022 onclick\\u003dx \\u0026 \\u0027"'],
  ["urlencode survives half a character", "{{ '\ud800' | urlencode }}", "%EF%BF%BD"],
  [
    "empty tells what has nothing in it",
    "{{ [] is empty }}{{ {} is empty }}{{ '' is empty }}{{ missing is empty }}{{ 0 is empty }}",
    "truetruetruetruefalse",
  ],
];

for (const [title, source, expected] of cases)
  test(title, (t) => {
    t.is(print(source), expected);
  });

test("dates follow the blog's zone and language", (t) => {
  const printed = print("{{ when | date('long') }} {{ when | date('HH:mm EEEE') }} {{ when | relative }}", {
    locale: "de",
    timeZone: "Europe/Berlin",
  });

  t.is(printed, "3. Januar 2026 00:05 Samstag letzte Woche");
});

test("a filter that needs a list says so", (t) => {
  const error = t.throws(() => print("{{ 5 | sort }}"), { instanceOf: TemplateError });

  t.is(error.code, "type");
});
