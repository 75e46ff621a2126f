import test from "ava";
import { contentOf } from "./content.ts";
import type { Attachment } from "./survey.ts";

const picture = (id: string, caption = ""): Attachment => ({
  id,
  url: `https://old.example/${id}.jpg`,
  title: id,
  alt: `Alt "${id}"`,
  caption,
  isImage: true,
});

function read(source: string) {
  const [unknown, dropped]: [string[], string[]] = [[], []];
  const result = contentOf(source, {
    sharedBlocks: new Map([["12", "<!-- wp:paragraph -->\n<p>Shared</p>\n<!-- /wp:paragraph -->"]]),
    picturesOf: (ids) => (ids ?? ["child"]).filter((id) => id !== "404").map((id) => picture(id)),
    onUnknownShortcode: (name) => unknown.push(name),
    onDroppedBlock: (name) => dropped.push(name),
  });
  return { ...result, unknown, dropped };
}

const classic: [string, string, string][] = [
  ["blank lines end paragraphs", "One\n\nTwo", "<p>One</p>\n<p>Two</p>"],
  ["line ends are breaks", "One\r\nTwo", "<p>One<br>\nTwo</p>"],
  ["many blank lines are one", "One\n\n \n\nTwo", "<p>One</p>\n<p>Two</p>"],
  ["a break that is there stays one", "One<br />\nTwo", "<p>One<br />\nTwo</p>"],
  ["paragraphs stay as they are", "<p>One</p>\n<p>Two</p>", "<p>One</p>\n<p>Two</p>"],
  [
    "lists are not paragraphs",
    "Before\n<ul>\n<li>One</li>\n<li>Two</li>\n</ul>\nAfter",
    "<p>Before</p>\n<ul>\n<li>One</li>\n<li>Two</li>\n</ul>\n<p>After</p>",
  ],
  ["a quotation holds paragraphs", "<blockquote>One\n\nTwo</blockquote>", "<blockquote><p>One</p>\n<p>Two</p></blockquote>"],
  ["a heading ends a paragraph", "One\n<h2>Two</h2>\nThree", "<p>One</p>\n<h2>Two</h2>\n<p>Three</p>"],
  [
    "preformatted text keeps its lines",
    "One\n<pre>a\n\nb [gallery]</pre>\nTwo",
    "<p>One</p>\n<pre>a\n\nb [gallery]</pre>\n<p>Two</p>",
  ],
  ["a tag over two lines stays one tag", 'x <a\nhref="/y">z</a>', '<p>x <a href="/y">z</a></p>'],
  [
    "an address alone on its line becomes a link",
    "One\n\nhttps://video.example/v?a=1&b=2\n\nTwo",
    '<p>One</p>\n<p><a href="https://video.example/v?a=1&amp;b=2">https://video.example/v?a=1&amp;b=2</a></p>\n<p>Two</p>',
  ],
  ["comments go", "One <!-- hidden --> two<!--nextpage-->", "<p>One  two</p>"],
  ["an unclosed pre hides nothing", "One\n<pre>two", "<p>One</p>\n<pre>two"],
  ["empty text is empty", "", ""],
];
for (const [name, source, expected] of classic) test(name, (t) => t.is(read(source).html, expected));

const shortcodes: [string, string, string][] = [
  [
    "a caption becomes a figure",
    '[caption id="attachment_1" align="alignleft" width="300"]<a href="/b.jpg"><img src="/a.jpg" alt="A" /></a> Kim <em>here</em>[/caption]',
    '<figure><a href="/b.jpg"><img src="/a.jpg" alt="A" /></a>\n<figcaption>Kim <em>here</em></figcaption>\n</figure>',
  ],
  [
    "a caption of old times has its text as an attribute",
    '[caption caption="Old"]<img src="/a.jpg" />[/caption]',
    '<figure><img src="/a.jpg" />\n<figcaption>Old</figcaption>\n</figure>',
  ],
  [
    "a gallery shows the pictures it names",
    '[gallery ids="1,404,2"]',
    '<figure><img src="https://old.example/1.jpg" alt="Alt &quot;1&quot;"></figure>\n<figure><img src="https://old.example/2.jpg" alt="Alt &quot;2&quot;"></figure>',
  ],
  [
    "a gallery without numbers shows the post's own pictures",
    "[gallery]",
    '<figure><img src="https://old.example/child.jpg" alt="Alt &quot;child&quot;"></figure>',
  ],
  ["a gallery of pictures that are not in the file stays as text", '[gallery ids="404"]', '<p>[gallery ids="404"]</p>'],
  [
    "sound gets a player",
    '[audio mp3="https://old.example/a.mp3"][/audio]',
    '<figure>\n<audio controls src="https://old.example/a.mp3"></audio>\n</figure>',
  ],
  [
    "a video of another site becomes a link",
    "[youtube=https://youtube.com/watch?v=abc]",
    '<p><a href="https://youtube.com/watch?v=abc">https://youtube.com/watch?v=abc</a></p>',
  ],
  [
    "an embed becomes a link",
    "[embed]https://lee.example/1[/embed]",
    '<p><a href="https://lee.example/1">https://lee.example/1</a></p>',
  ],
  ["a script is no address", '[audio src="javascript:alert(1)"]', '<p>[audio src="javascript:alert(1)"]</p>'],
  ["doubled brackets are text about a shortcode", "Write [[gallery]] here", "<p>Write [gallery] here</p>"],
  ["brackets are brackets", "An array[0] and [sic] and [ ]", "<p>An array[0] and [sic] and [ ]</p>"],
];
for (const [name, source, expected] of shortcodes) test(name, (t) => t.is(read(source).html.replace(/\n+/g, "\n"), expected));

test("shortcodes of plugins stay as text and are named", (t) => {
  const { html, unknown } = read('[contact-form-7 id="1"] and [box]inside[/box] and [sic]');

  t.true(html.includes('[contact-form-7 id="1"]') && html.includes("[box]inside[/box]"));
  t.deepEqual(unknown, ["contact-form-7", "box"]);
});

test("blocks leave their HTML, shared ones are put in, those of the moment are named", (t) => {
  const { html, dropped } = read(
    '<!-- wp:paragraph {"a":"b"} -->\n<p>One\ntwo</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:block {"ref":12} /-->\n<!-- wp:latest-posts {"n":3} /-->\n<!-- wp:spacer /-->',
  );

  t.is(html.replace(/\n+/g, "\n"), "<p>One\ntwo</p>\n<p>Shared</p>");
  t.deepEqual(dropped, ["latest-posts"]);
});

test("an embed block becomes a link", (t) => {
  const source =
    '<!-- wp:embed {"url":"https://v.example/1"} -->\n<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\nhttps://v.example/1\n</div></figure>\n<!-- /wp:embed -->';

  t.true(read(source).html.includes('<p><a href="https://v.example/1">https://v.example/1</a></p>'));
});

test("what stands before the more mark is the teaser", (t) => {
  const { html, teaser } = read("First <em>words</em>\n\n<!--more Read on-->\n\nThe rest");

  t.is(teaser, "First words");
  t.is(html, "<p>First <em>words</em></p>\n<p>The rest</p>");
});

test("a picture that a script would have loaded is there without it", (t) => {
  t.is(read('<p><img class="x" data-src="/a.jpg"></p>').html, '<p><img class="x" src="/a.jpg"></p>');
});

for (const piece of ["<pre", "[caption]", "<!-- wp:a {", "<p <p ", "[a b=", "\n<", "[[", "<img data-src", "\n \n"])
  test(`a megabyte of ${JSON.stringify(piece)} comes to an end`, (t) => {
    const { html } = read(piece.repeat(Math.ceil(1_000_000 / piece.length)));

    t.true(html.length < 20_000_000);
  });
