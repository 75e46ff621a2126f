import test from "ava";
import { sanitise } from "../../net/sanitise.ts";
import { mapPictures } from "./map-pictures.ts";

const address = (url: string) => (url.includes("bad") ? "" : `/p/${url.replace("https://lee.example/", "")}`);

for (const [what, html, mapped] of [
  [
    "a picture",
    '<img src="https://lee.example/a.jpg?b=1&amp;c=2" alt="A &quot;nest&quot;" />',
    '<img src="/p/a.jpg?b=1&amp;c=2" alt="A &quot;nest&quot;" />',
  ],
  ["one that cannot be shown", '<img src="https://bad.example/" alt="Nest">', '<img alt="Nest">'],
  ["words about an attribute", '<p>Write src="https://lee.example/"</p>', '<p>Write src="https://lee.example/"</p>'],
  ["a link to a picture", '<a href="https://lee.example/a.jpg">a</a>', '<a href="https://lee.example/a.jpg">a</a>'],
  [
    "sizes",
    '<img srcset="https://lee.example/a,b.jpg 1x,https://lee.example/b.jpg 2x, https://bad.example/ 3x">',
    '<img srcset="/p/a,b.jpg 1x, /p/b.jpg 2x">',
  ],
  [
    "a film",
    '<video src="https://lee.example/f.mp4" poster="https://lee.example/f.jpg" autoplay="" preload="auto" controls=""></video>',
    '<video src="https://lee.example/f.mp4" poster="/p/f.jpg" controls="" preload="none"></video>',
  ],
  [
    "sound with a source",
    '<audio controls=""><source src="https://lee.example/s.mp3" type="audio/mpeg"></audio>',
    '<audio controls="" preload="none"><source src="https://lee.example/s.mp3" type="audio/mpeg"></audio>',
  ],
] as const)
  test(`pictures in clean HTML get other addresses: ${what}`, (t) => t.is(mapPictures(html, address), mapped));

test("a name in an address cannot leave its attribute", (t) => {
  const hostile = sanitise('<img src="https://lee.example/&quot; onerror=alert(1) x=&quot;" alt="x">', "reader");
  const mapped = mapPictures(hostile, () => '"><script>');
  t.notRegex(mapped, /<script|"\s*onerror/);
  t.is((mapped.match(/"/g) ?? []).length % 2, 0);
});
