import test from "ava";
import { isNoTitle } from "./no-title.ts";
import { shownOf, type Said } from "./shown.ts";

const url = "https://kim.example/2026/05/01/herons.html";
const say = (said: Partial<Said>) => shownOf({ title: "", html: "", url, photos: [], ...said });
const long = "Herons stand in the water. ".repeat(20);
const link = '<a href="https://kim.example/2026/05/01/herons.html">kim.example</a>';

test("short ones are shown whole, longer ones cut between words with a link to the post", (t) => {
  t.is(say({ html: "<p>Herons &amp; <em>reeds</em>.</p>" }).html, "<p>Herons &amp; <em>reeds</em>.</p>");
  t.is(say({ html: `<p>${"ä".repeat(300)}</p>` }).html, `<p>${"ä".repeat(300)}</p>`, "letters count, not bytes or markup");
  t.regex(say({ html: `<p>${"🦢".repeat(300)}</p>` }).html, /^<p>🦢+<\/p>$/u);

  t.is(say({ html: "<p> </p>" }).html, `<p>${link}</p>`, "one without a word is a link");

  const cut = say({ html: `<p>${long}</p>` });
  t.regex(cut.html, /^<p>Herons stand .{200,290}… <a href="[^"]+">kim\.example<\/a><\/p>$/);
  t.regex(cut.html, /(?:Herons|stand|in|the|water\.)… /);
  t.true(cut.text.length > 500, "all of its words can be muted");
  t.is(
    say({ html: `<blockquote>${long}</blockquote>` }).html,
    `<blockquote>${long}</blockquote>`,
    "a quotation has twice the room",
  );
  t.regex(say({ html: `<p>${"x".repeat(5_000)}</p>` }).html, /^<p>x{280}… /);
  t.regex(
    say({ html: `<p>${long}</p><img src="https://kim.example/h.jpg" alt="H">` }).html,
    /<\/p><p><img src="https:\/\/kim\.example\/h\.jpg" alt="H"/,
  );
});

test("titled ones are title and link, titled photos title and photo; dates and numbers are no titles", (t) => {
  t.deepEqual(say({ title: "Herons <b>", html: `<p>${long}</p>` }), {
    html: `<p>Herons &lt;b&gt; ${link}</p>`,
    isLink: true,
    title: "Herons <b>",
    whole: `<p>${long}</p>`,
    text: long.trim(),
  });
  const photo = say({ title: "Heron", photos: [{ url: "https://kim.example/h.jpg", alt: 'A "heron"' }] });
  t.is(photo.html, '<p>Heron</p><p><img src="https://kim.example/h.jpg" alt="A &quot;heron&quot;"></p>');
  t.false(photo.isLink);
  for (const none of [
    "",
    " ",
    "12",
    "2026-05-01",
    "May 1, 2026",
    "Friday, 1 May 2026 at 3:38 pm",
    "1. Mai 2026",
    "٢٠٢٦/٥/١",
    "#12",
    "20260501T1200Z",
  ])
    t.true(isNoTitle(none), none);
  for (const title of ["Herons", "May", "1984 and after", "¿Qué?", "🦢", "Day 12"]) t.false(isNoTitle(title), title);
  t.is(say({ title: "May 1, 2026", html: "<p>Reeds.</p>" }).html, "<p>Reeds.</p>");
});

test("only what apps draw comes out, whatever came in", (t) => {
  const html = say({
    html: `<h3 onclick="x()">Head</h3><table><tr><td>a</td><td>b</td></tr></table><script>alert(1)</script><p class="h-entry" style="position:fixed"><a href="javascript:x">j</a> <a href="/about" rel="me">About</a> <mark>m</mark></p><iframe src="https://x.example"></iframe><figure><img src="https://x.example/a.jpg" onerror="x()" alt="A"></figure>`,
  }).html;
  t.notRegex(html, /script|onclick|onerror|javascript|style=|iframe|<h3|<td|<mark|class=|rel=/);
  t.regex(html, /<p>Head<\/p>/);
  t.regex(html, /<a href="https:\/\/kim\.example\/about">About<\/a>/);
  t.regex(html, /<img src="https:\/\/x\.example\/a\.jpg" alt="A"/);
  t.is(say({ html: "\u202Eevil" }).html, "\u202Eevil", "direction is the page's business: it isolates each item");
  t.notThrows(() => say({ title: "\uD800", html: "\uD800<p>".repeat(2_000), url: "javascript:alert(1)" }));
  t.notRegex(say({ title: "T", url: "javascript:alert(1)" }).html, /javascript/);
  t.notThrows(() => say({ html: "<div>".repeat(20_000), title: "x".repeat(100_000) }));
});

test("what is folded away as a whole stays so: its sentence and a link", (t) => {
  const folded = "<details><summary>Sensitive <b>& loud</b></summary><p>Blood</p><img src='https://x.example/a.jpg'></details>";
  const photos = [{ url: "https://x.example/b.jpg", alt: "" }];
  const { html, text } = say({ html: folded, photos });
  t.regex(html, /^<p>Sensitive &amp; loud <a href="https:\/\/kim\.example\/[^"]*">kim\.example<\/a><\/p>$/);
  t.regex(text, /Blood/, "words that are muted are still found");
  t.regex(say({ html: `<p>Before</p>${folded}` }).html, /Blood/);
});
