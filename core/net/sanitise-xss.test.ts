import test from "ava";
import { type DefaultTreeAdapterMap, parseFragment } from "parse5";
import { markdownToHtml } from "./markdown.ts";
import { RULES } from "./sanitise-policies.ts";
import { sanitise } from "./sanitise.ts";

const POLICIES = ["untrusted", "reader", "own"] as const;
type Cleaned = (typeof POLICIES)[number];
type Node = DefaultTreeAdapterMap["node"];

const corpus = String.raw`<script>alert(1)</script>
<SCRIPT SRC=//ana.example/x.js></SCRIPT>
<scr<script>ipt>alert(1)</scr</script>ipt>
<script/x>alert(1)</script/x>
<script>/*</script><img src=x onerror=alert(1)>*/
<img src=x onerror=alert(1)>
<img src=x onerror="alert(1)"//
<img/src="x"/onerror=alert(1)>
<img src=x:alert(1) onerror=eval(src)>
<img src="x${"`"}<script>alert(1)</script>"${"`"}>
<img """><script>alert(1)</script>">
<img src='javascript:alert(1)'>
<img srcset="javascript:alert(1) 1x, data:text/html,x 2x">
<img src="data:image/svg+xml,<svg onload=alert(1)>">
<a href="javascript:alert(1)">x</a>
<a href=" javascript:alert(1)">x</a>
<a href="java&#10;script:alert(1)">x</a>
<a href="java&Tab;script:alert(1)">x</a>
<a href="&#106;&#97;vascript&colon;alert(1)">x</a>
<a href="&#x6A&#x61&#x76&#x61script:alert(1)">x</a>
<a href="&#1;javascript:alert(1)">x</a>
<a href="JaVaScRiPt:alert(1)">x</a>
<a href="javascript%3Aalert(1)">x</a>
<a href="vbscript:msgbox(1)">x</a>
<a href="data:text/html;base64,PHNjcmlwdD4=">x</a>
<a href="blob:https://ana.example/x">x</a>
<a href="view-source:javascript:alert(1)">x</a>
<a href="feed:javascript:alert(1)">x</a>
<a href="\\ana.example">x</a>
<a href=https:javascript:alert(1)>x</a>
<a href="#" onclick="alert(1)" style="position:fixed;inset:0" target=_top ping="https://ana.example/">x</a>
<svg onload=alert(1)>
<svg><script>alert(1)</script></svg>
<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>
<svg><animate attributeName=href values=javascript:alert(1)></svg>
<svg><style><img src=x onerror=alert(1)></style></svg>
<svg><p><style><g title="</style><img src=x onerror=alert(1)>">
<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">
<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>
<math href="javascript:alert(1)">x</math>
<math><annotation-xml encoding="text/html"><img src=x onerror=alert(1)></annotation-xml></math>
<noscript><p title="</noscript><img src=x onerror=alert(1)>">
<textarea><img title="</textarea><img src=x onerror=alert(1)>"></textarea>
<title><img title="</title><img src=x onerror=alert(1)>"></title>
<xmp><img title="</xmp><img src=x onerror=alert(1)>"></xmp>
<plaintext><img src=x onerror=alert(1)>
<noembed><img title="</noembed><img src=x onerror=alert(1)>"></noembed>
<template><img src=x onerror=alert(1)></template>
<select><template><img src=x onerror=alert(1)></template></select>
<select><style></select><img src=x onerror=alert(1)></style>
<iframe src="javascript:alert(1)"></iframe>
<iframe srcdoc="<script>alert(1)</script>"></iframe>
<iframe src="https://video.example.ana.example/"><img src=x onerror=alert(1)></iframe>
<iframe><img title="</iframe><img src=x onerror=alert(1)>"></iframe>
<object data="javascript:alert(1)"></object>
<embed src="javascript:alert(1)">
<applet code=x></applet>
<frameset><frame src="javascript:alert(1)"></frameset>
<base href="https://ana.example/"><a href="x">x</a>
<meta http-equiv="refresh" content="0;url=javascript:alert(1)">
<link rel=stylesheet href="https://ana.example/x.css">
<style>@import "https://ana.example/x.css"; *{color:red}</style>
<div style="background:url(javascript:alert(1))">x</div>
<form action="javascript:alert(1)"><button formaction="javascript:alert(1)">x</button><input autofocus onfocus=alert(1)></form>
<isindex action="javascript:alert(1)" type=submit>
<keygen autofocus onfocus=alert(1)>
<video><source onerror="alert(1)"></video>
<video poster="javascript:alert(1)" src="javascript:alert(1)" onloadstart=alert(1)></video>
<audio src=x onerror=alert(1)>
<details open ontoggle=alert(1)><summary>x</summary></details>
<marquee onstart=alert(1)>x</marquee>
<body onload=alert(1)>
<table background="javascript:alert(1)"><tr><td background="javascript:alert(1)">x</table>
<p onmouseover=alert(1)//>x</p>
<b/onclick=alert(1)>x</b>
<x onclick=alert(1)>x</x>
<custom-element is=x contenteditable onblur=alert(1) tabindex=1 autofocus>x</custom-element>
<!--><img src=x onerror=alert(1)>-->
<!-- --!><img src=x onerror=alert(1)> -->
<![CDATA[<img src=x onerror=alert(1)>]]>
<?xml version="1.0"?><?php echo 1 ?><img src=x onerror=alert(1)>
<!DOCTYPE html><img src=x onerror=alert(1)>
</p></div></article></main><img src=x onerror=alert(1)>
<p id="__proto__" class="h-card u-url" name="body">x</p>
<a id=location name=cookie href=#x>x</a>
<dialog open>x</dialog><slot name=x></slot><portal src="https://ana.example/"></portal>
&lt;script&gt;alert(1)&lt;/script&gt;
&amp;lt;script&amp;gt;
<<script>alert(1)//<</script>
<a href="https://ana.example/&quot; onmouseover=alert(1) x=&quot;">x</a>
<a title='"><img src=x onerror=alert(1)>' href=https://ana.example/>x</a>
<q cite="javascript:alert(1)">x</q><blockquote cite="data:text/html,x">y</blockquote>
<img usemap=#m><map name=m><area href="javascript:alert(1)"></map>
<p dir="x&quot; onclick=alert(1)" lang="&quot;><script>">x</p>`.split("\n");

const DANGEROUS = /^(?:on|style$|srcdoc$|formaction$|ping$|target$|action$|background$|xlink|is$|name$)/;
const SAFE_URL = /^(?:https?:\/\/|mailto:|tel:|(?![a-z][a-z0-9+.-]*:)[^\s])/i;

/** Reads clean HTML as a browser does and names everything in it that should not be there. */
function offences(html: string, policy: Cleaned): string[] {
  const found: string[] = [];
  const visit = (node: Node): void => {
    if (node.nodeName === "#comment") found.push("comment");
    if ("tagName" in node) {
      // A browser adds `tbody` by itself where a table lacks it.
      if (!RULES[policy].elements.has(node.tagName)) found.push(`<${node.tagName}>`);
      for (const { name, value } of node.attrs) {
        if (DANGEROUS.test(name)) found.push(name);
        if (["href", "src", "cite", "poster"].includes(name) && !SAFE_URL.test(value)) found.push(`${name}=${value}`);
        if (name === "srcset" && /(?:javascript|data):/i.test(value)) found.push(value);
        if (name === "class" && /(?:^|\s)(?:h|p|u|e|dt)-/.test(value)) found.push(value);
        if (name === "id" && !value.startsWith("user-content-")) found.push(`id=${value}`);
      }
    }
    if ("childNodes" in node) node.childNodes.forEach(visit);
  };
  visit(parseFragment(html));
  return found;
}

for (const policy of POLICIES) {
  for (const payload of corpus) {
    test(`H1, ${policy}: harmless and stable: ${payload.slice(0, 90)}`, (t) => {
      const clean = sanitise(payload, policy, { embedHosts: ["video.example"] });

      t.deepEqual(offences(clean, policy), []);
      t.is(sanitise(clean, policy, { embedHosts: ["video.example"] }), clean);
      t.deepEqual(offences(markdownToHtml(payload, policy), policy), []);
    });
  }
}

/** The same sequence of numbers below `limit` every time: a failure can be run again. */
function numbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

const pieces = [
  ..."p div b i a li ul ol table tr td th tbody caption dl dt dd figure img br hr h1 h2 h3 span font center section blockquote pre code svg math style script noscript textarea title select option iframe video audio source ruby rt details summary template form button strike"
    .split(" ")
    .flatMap((name) => [
      `<${name}>`,
      `</${name}>`,
      `<${name} href="#a" id=b class="c h-d" src="https://ana.example/e" title='"<f>' onclick=g>`,
    ]),
  ..."text &lt; &amp;lt; &#0; > < \" ' <!-- --> <![CDATA[ ]]> </ <? / = \u00a0 \0 \u2028".split(" "),
  " ",
];

for (const policy of POLICIES) {
  test(`${policy}: any soup of tags comes out harmless, and cleaning it again changes nothing`, (t) => {
    const next = numbers(7);
    for (let document = 0; document < 1_500; document++) {
      const soup = Array.from({ length: 1 + next(14) }, () => pieces[next(pieces.length)]).join("");
      const clean = sanitise(soup, policy);
      const again = sanitise(clean, policy);
      if (again !== clean) return t.is(again, clean, soup);
      const found = offences(clean, policy);
      if (found.length > 0) return t.deepEqual(found, [], `${soup}\n${clean}`);
    }
    t.pass();
  });
}
