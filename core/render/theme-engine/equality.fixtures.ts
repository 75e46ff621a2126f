/** Templates of one page by name; `main` is rendered. */
export type Sources = Record<string, string>;

/** Single templates whose output must equal stock nunjucks' output. */
export const equalPages: readonly string[] = [
  "plain",
  "{{ name }} {{ markup }} {{ text }} {{ missing }} {{ nothing }} {{ no }} {{ yes }} {{ zero }} {{ 1.50 }} {{ numbers }} {{ fields }} {{ people }}",
  "{{ missing.deep.er }}|{{ people[0].city.name }}|{{ people[1]['name'] }}|{{ people[9].name }}|{{ numbers.length }}|{{ text.length }}|{{ numbers['1'] }}",
  // operators, grouped as JavaScript groups nunjucks' output
  "{{ 1 + 2 * 3 }} {{ 5 * 7 % 4 }} {{ 2 * 7 / 3 }} {{ 7 // 2 }} {{ 9 // 5 % 3 }} {{ 2 ** 3 ** 2 }} {{ -2 ** 2 }} {{ 7 % 4 // 2 }} {{ 10 - 3 - 2 }}",
  '{{ "x" + 5 - 2 }} {{ "a" ~ 1 + 2 }} {{ 1 + 2 ~ "a" }} {{ 1 ~ 2 ~ 3 }} {{ "4" * "2" }} {{ "a" + nothing }} {{ "a" ~ missing }} {{ numbers + "!" }} {{ fields ~ 1 }}',
  "{{ not yes == no }} {{ not (yes == no) }} {{ not four + 1 }} {{ not no and yes }} {{ no or zero or 'last' }} {{ yes and four }} {{ -four + seven }} {{ +'3' + 1 }} {{ 3 - -2 }}",
  "{{ 1 < 2 }} {{ 1 < 2 == true }} {{ 3 > 2 > 1 }} {{ '10' < '9' }} {{ '10' == 10 }} {{ '10' === 10 }} {{ nothing == missing }} {{ nothing === missing }} {{ zero == no }} {{ numbers == '3,1,2' }} {{ 1 != 2 }} {{ 1 !== '1' }} {{ 2 >= 2 }} {{ 1 <= 0 }}",
  "{{ markup + 'x' }} {{ markup == '<b>bold</b> &amp; more' }} {{ markup === markup }} {{ nothing + 1 }} {{ missing + 1 }} {{ yes + yes }} {{ 1 / 0 }} {{ -1 / 0 }} {{ zero / zero }}",
  "{{ 2 in numbers }} {{ 9 in numbers }} {{ 'ell' in text }} {{ 'one' in fields }} {{ 9 not in numbers }} {{ not 2 in numbers }} {{ 'two' in fields and 1 in [1] }} {{ '2' in numbers }}",
  "{{ 'a' if yes else 'b' }} {{ 'a' if no }}| {{ ('x' if zero else 'y') ~ 'z' }} {{ (1, 2, 3) }} {{ [1, [2, 3], 'a<'] }} {{ {a: 1, 'b c': 2}['b c'] }} {{ {a: {b: 4} }.a.b }}",
  "{{ missing is defined }} {{ name is defined }} {{ nothing is none }} {{ name is string }} {{ four is number }} {{ numbers is iterable }} {{ seven is odd }} {{ four is even }} {{ 9 is divisibleby(3) }} {{ four is equalto(4) }} {{ four is not odd }} {{ not four is odd }}",
  "{% if zero %}a{% elif four %}b{% else %}c{% endif %}{% if no %}x{% endif %}{% if missing %}{% elseif yes %}e{% endif %}{% if numbers %}n{% endif %}{% if [] %}l{% endif %}{% if markup %}m{% endif %}",
  "{% for n in numbers %}{{ loop.index }}/{{ loop.length }}:{{ n }}{% if not loop.last %}, {% endif %}{% else %}none{% endfor %}",
  "{% for n in numbers %}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }};{% endfor %}{{ loop }}",
  "{% for n in [] %}x{% else %}none{% endfor %}{% for n in missing %}x{% else %}none{% endfor %}{% for n in four %}x{% else %}none{% endfor %}{% for n in fields %}x{% else %}none{% endfor %}{% for n in '' %}{% else %}e{% endfor %}",
  "{% for c in 'ab<' %}{{ c }}.{% endfor %}{% for k, v in fields %}{{ k }}={{ v }}{{ loop.index }}{{ loop.last }};{% endfor %}{% for a, b in pairs %}{{ a }}{{ b }}{{ loop.first }};{% endfor %}{% for a, b, c in [[1,2,3]] %}{{ a }}{{ c }}{% endfor %}",
  "{% for p in people %}{% for t in p.tags %}{{ p.name }}{{ t }}{{ loop.index }} {% else %}-{% endfor %}{{ loop.index }}{% endfor %}",
  "{% set x = 1 %}{% for n in numbers %}{% set x = x + n %}{% endfor %}{{ x }}",
  "{% for n in numbers %}{% set y = n %}{{ y }}{% endfor %}{{ y }}",
  "{% for n in numbers %}{% set n = n * 2 %}{{ n }}{% endfor %}{{ n }}",
  "{% set a, b = 5 %}{{ a }}{{ b }}{% set c %}<i>{{ name }}</i>{% endset %}{{ c }}{% set name = 'changed' %}{{ name }}{% set d = missing %}{{ d }}",
  "{% if yes %}{% set z = 3 %}{% endif %}{{ z }}{% set four = nothing %}{{ four }}{% set seven = missing %}{{ seven }}",
  "{% macro m(a, b=2, c='<') %}[{{ a }}|{{ b }}|{{ c }}|{{ name }}]{% endmacro %}{{ m(1) }}{{ m(1, 3) }}{{ m(b=4, a=0) }}{{ m(1, 2, 3) }}{{ m(1, c=5) }}{{ m() }}{{ m(1, 2, 3, 4) }}",
  "{% macro m(a, b) %}{{ a }}{{ b }}{% endmacro %}{{ m(b=1) }}{{ m(1, b=2) }}{{ m(name, markup) }}{{ m(m(1, 2), 3) }}",
  "{% macro outer() %}{{ inner() }}{% endmacro %}{% macro inner() %}in{% endmacro %}{{ outer() }}",
  "{% set x = 1 %}{% macro m() %}{{ x }}{% set x = 5 %}{{ x }}{% endmacro %}{{ m() }}{{ x }}{% for q in [7] %}{{ q }}{{ m() }}{% endfor %}",
  "{% macro m(title) %}<{{ title }}>{{ caller() }}</{{ title }}>{% endmacro %}{% call m('T') %}body {{ title }} {{ name }}{% endcall %}",
  "{% macro list(items) %}{% for i in items %}{{ caller(i, loop.index) }}{% endfor %}{% endmacro %}{% call(item, n) list(words) %}{{ n }}{{ item }} {% endcall %}",
  "{% macro m() %}{{ caller() }}{% endmacro %}{% for p in people %}{% call m() %}{{ p.name }}{{ loop.index }}{% endcall %}{% endfor %}",
  "{% macro m(a=1) %}{% for x in [1,2] %}{% set a = a + x %}{% endfor %}{{ a }}{% endmacro %}{{ m() }}{{ m(5) }}{{ m(a=missing) }}",
  "{% macro _hidden(x) %}{{ x }}{% endmacro %}{{ _hidden(3) }}{% if yes %}{% macro late() %}late{% endmacro %}{% endif %}{{ late() }}",
  "{% filter upper %}a<b {{ name }}{% endfilter %}{% filter replace('a', 'o') %}banana{% endfilter %}",
  "{% raw %}{{ not }} {% if %}{% endraw %}!{% verbatim %}{{ x }}{% endverbatim %} {%- raw -%} a {% raw %}b{% endraw %} {% endraw %} c",
  "{# comment {{ x }} #}a {#- c -#} b{{- ' c ' -}} d {%- if yes -%} e {%- endif -%} f\n{% if yes %}\n  g\n{% endif %}\nh",
  "{{ words | join(', ') | upper }}{{ people | join('-', 'name') }}{{ name | lower }}{{ name | title }}{{ '  x ' | trim }}|{{ text | length }}{{ fields | length }}{{ missing | length }}{{ markup | length }}",
  "{{ missing | default('d') }}{{ nothing | default('d') }}{{ '' | default('d', true) }}{{ zero | default('d') }}{{ numbers | first }}{{ numbers | last }}{{ 'abc' | first }}{{ 'abc' | last }}",
  "{{ text | truncate(8) }}|{{ text | truncate(8, true) }}|{{ text | truncate(8, true, '~') }}|{{ 'short' | truncate(50) }}|{{ 'unbroken' | truncate(3) }}",
  "{{ 'a<b>c</b> <!-- x --> d_<i_x>' | striptags }}|{{ 'a < b <br/> c </p > <1>' | striptags }}|{{ '<p>x\n  y </p>\n\n\n\n z' | striptags(true) }}|{{ markup | striptags }}",
  "{{ 'banana' | replace('a', 'o') }}{{ 'banana' | replace('a', 'o', 2) }}{{ 'ab' | replace('', '.') }}{{ 'x' | replace('y', 'z') }}{{ 'a1' | replace(1, 2) }}{{ 'aaa' | replace('aa', 'b') }}",
  "{{ numbers | sort }}{{ words | sort }}{{ words | sort(true) }}{{ words | sort(false, true) }}{% for p in people | sort(attribute='name') %}{{ p.name }}{% endfor %}{% for p in people | sort(false, false, 'city.name') %}{{ p.name }}{% endfor %}{{ numbers }}",
  "{% for k, v in people | groupby('age') %}{{ k }}:{% for p in v %}{{ p.name }}{% endfor %};{% endfor %}{% for k, v in people | groupby('city.name') %}{{ k }}{{ v | length }}{% endfor %}",
  "{% for row in numbers | batch(2) %}[{{ row }}]{% endfor %}{% for row in numbers | batch(2, 'x') %}[{{ row }}]{% endfor %}{% for col in words | slice(3) %}[{{ col }}]{% endfor %}{% for col in words | slice(3, '-') %}[{{ col }}]{% endfor %}",
  "{{ numbers | reverse }}{{ 'abc' | reverse }}{{ 'abc' | list }}{{ fields | list | length }}{{ name | escape }}{{ markup | escape }}{{ 'a b&c/ü' | urlencode }}{{ {a: 1, b: 'x y'} | urlencode }}",
  "{{ '<b>literal</b>' | safe }}{{ markup | safe }}{{ markup | trim }}{{ markup | upper }}{{ range(3) }}{{ range(1, 4) }}{{ range(5, 1, -2) }}{{ range(0) }}",
  "{% block a %}A{{ name }}{% block b %}B{% endblock %}{% endblock a %}{% for n in numbers %}{{ n }}{% endfor %}",
  "{% for p in people %}{% block item %}{% endblock %}{% endfor %}{% set top = 1 %}{% block c %}{{ top }}{% set top = 2 %}{{ top }}{% endblock %}{{ top }}",
  "{% for p in people %}{% block p %}{{ p.name }}{{ loop.index }}{% endblock %}{% endfor %}",
  "{{ 'quote \\' and \" and \\n new' }}{{ \"tab\\t\" }}{{ '\\\\' }}",
  "{{ people[0].tags[0] }}{{ people[four - 3].name }}{{ fields['t' ~ 'wo'] }}{{ fields[missing] }}{{ numbers[-1] }}{{ numbers['x'] }}",
  "{{ yes and not no }}{{ yes and missing is not defined }}{{ four if four > 3 and seven < 8 else 0 }}{{ (four + seven) * 2 - 1 }}{{ four * (seven - 2) // 3 }}",
];

/** Pages of several templates. */
export const pages: readonly (readonly [string, Sources])[] = [
  [
    "a block of the child takes the parent's place",
    {
      main: '{% extends "base" %}{% block a %}child {{ name }}{% endblock %}lost',
      base: "<{% block a %}parent{% endblock %}|{% block b %}b{% endblock %}>",
    },
  ],
  [
    "super() through three levels",
    {
      main: '{% extends "middle" %}{% block a %}1{{ super() }}{% endblock %}',
      middle: '{% extends "base" %}{% block a %}2{{ super() }}<{% endblock %}',
      base: "[{% block a %}3&{{ name }}{% endblock %}]",
    },
  ],
  [
    "set above extends is seen in the parent and in blocks",
    {
      main: '{% set x = "X" %}{% extends "base" %}{% set y = "Y" %}{% block a %}{{ x }}{{ y }}{% endblock %}',
      base: "{{ x }}{{ y }}{% block a %}{% endblock %}",
    },
  ],
  [
    "the parent's name is computed",
    {
      main: '{% if yes %}{% extends "ba" ~ "se" %}{% endif %}{% block a %}!{% endblock %}',
      base: "b{% block a %}{% endblock %}",
    },
  ],
  [
    "include sees loop variables and keeps its own names",
    {
      main: '{% set x = 1 %}{% for p in people %}{% include "partials/person" %}{% endfor %}{{ x }}{{ y }}',
      "partials/person": "{{ p.name }}{{ loop.index }}{% set x = 2 %}{% set y = 3 %}{{ x }}{{ y }};",
    },
  ],
  [
    "a set in a loop of an include reaches the includer",
    { main: '{% set x = 1 %}{% include "part" %}{{ x }}', part: "{% for n in numbers %}{% set x = n %}{% endfor %}{{ x }}" },
  ],
  ["a missing include may be ignored", { main: 'a{% include "nope" ignore missing %}b' }],
  [
    "an included template may extend another",
    {
      main: '{% include "part" %}{% block a %}main{% endblock %}',
      part: '{% extends "base" %}{% block a %}part{% endblock %}',
      base: "({% block a %}{% endblock %})",
    },
  ],
  [
    "import as a name and single names",
    {
      main: '{% import "forms" as f %}{% from "forms" import field, big as large %}{{ f.field("n") }}{{ field("m", type="x") }}{{ large("q") }}{{ f.version }}',
      forms:
        "{% set version = 3 %}{% macro field(name, type='text') %}<input {{ name }} {{ type }}>{% endmacro %}{% macro big(x) %}{{ x | upper }}{{ field(x) }}{% endmacro %}",
    },
  ],
  [
    "import with and without context",
    {
      main: '{% set mine = 7 %}{% import "m" as a %}{% import "m" as b with context %}{{ a.show() }}|{{ b.show() }}|{{ b.kept }}',
      m: "{% set kept = name %}{% macro show() %}{{ name }}{{ mine }}{% endmacro %}",
    },
  ],
  [
    "a call body given to an imported macro sees its own loop",
    {
      main: '{% from "m" import wrap %}{% for p in people %}{% call wrap("t") %}{{ p.name }}{{ loop.index }}{{ title }}{% endcall %}{% endfor %}',
      m: "{% macro wrap(title) %}<{{ caller() }}>{% endmacro %}",
    },
  ],
  [
    "macros and imports inside blocks",
    {
      main: '{% extends "base" %}{% from "m" import one %}{% block a %}{% macro two(x) %}2{{ x }}{% endmacro %}{{ two(1) }}{{ one(5) }}{% for n in numbers %}{{ two(n) }}{% endfor %}{% endblock %}',
      base: "{% block a %}{% endblock %}",
      m: "{% macro one(x) %}1{{ x }}{% endmacro %}",
    },
  ],
  [
    "super() sees the parent's names, not the child's loop",
    {
      main: '{% extends "base" %}{% block a %}{% for x in numbers %}{{ x }}{{ super() }}{% endfor %}{% endblock %}',
      base: "{% set x = 'base' %}{% block a %}{{ x }}{% endblock %}",
    },
  ],
  [
    "blocks in blocks across levels",
    {
      main: '{% extends "middle" %}{% block inner %}deep{% endblock %}',
      middle: '{% extends "base" %}{% block outer %}<{% block inner %}mid{% endblock %}>{% endblock %}',
      base: "{% block outer %}{% endblock %}!",
    },
  ],
];
