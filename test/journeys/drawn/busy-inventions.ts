import type { InventedBlog } from "./invented-blog.ts";

const bookmark = (url: string, name: string) => ({
  "bookmark-of": [{ type: ["h-cite"], properties: { url: [url], name: [name] } }],
});

/** Links and code, for Teletype. */
export const log: InventedBlog = {
  theme: "teletype",
  url: "https://ana.example/",
  title: "ana.log",
  description: "What I read, broke and mended.",
  author: { name: "Ana Example", bio: "Keeps small servers alive." },
  face: ["town", 150, 400, 400, "Drawn roofs at night"],
  settings: { design: { showAuthor: false } },
  posts: [
    {
      at: "2026-05-19T18:42Z",
      text: "Moved the last cron job into the queue. The crontab is empty, and so is my calendar.",
      categories: ["ops"],
    },
    {
      at: "2026-05-19T09:15Z",
      kind: "bookmark",
      text: "Why a file system is a promise and not a database. Read it twice.",
      properties: bookmark("https://lee.example/fsync", "The long way to disk"),
      categories: ["storage"],
    },
    {
      at: "2026-05-18T21:03Z",
      title: "Counting lines without reading them",
      text: "Fast enough for a log of 40 GB, and short enough to remember:\n\n```js\nlet lines = 0;\nfor await (const piece of input)\n  for (const byte of piece) lines += byte === 10;\nconsole.log(lines);\n```",
      categories: ["code"],
    },
    { at: "2026-05-18T07:58Z", text: "Three nines of tea. One kettle, no fail-over." },
    {
      at: "2026-05-17T16:20Z",
      kind: "bookmark",
      text: "A tiny parser explained by drawing it.",
      properties: bookmark("https://kim.example/parsers", "Parsing with a pencil"),
      categories: ["code"],
    },
    {
      at: "2026-05-16T11:31Z",
      text: "Restored the backup on purpose today. It worked. I checked it a second time, out of distrust.",
      categories: ["ops"],
    },
    { at: "2026-05-15T22:10Z", text: "TIL: `git log -L` follows one function through its whole life.", categories: ["code"] },
    { at: "2026-05-14T08:12Z", text: "Renamed everything that was called manager. Nothing was managed any worse." },
  ],
};

/** A bit of everything, for Almanac. */
export const paper: InventedBlog = {
  theme: "almanac",
  url: "https://kim.example/",
  title: "The Harbour Almanac",
  description: "Walks, books and weather from a small port.",
  author: { name: "Kim Example", bio: "Edits this almanac at the kitchen table." },
  face: ["lighthouse", 200, 400, 400, "A drawn lighthouse"],
  posts: [
    { at: "2026-05-19T08:00Z", text: "Low water at six. The mussel pickers were out with lanterns.", categories: ["Harbour"] },
    {
      at: "2026-05-18T18:00Z",
      title: "The lighthouse keeper’s last winter",
      text: `For thirty-one years somebody climbed the hundred and twelve steps each evening. ${"From the first of June a small grey box will do it, and we went up once more to see what the box will not. ".repeat(12)}`,
      summary:
        "For thirty-one years somebody climbed the hundred and twelve steps each evening. From June a small grey box will do it. We went up once more, to see what the box will not.",
      shots: [["lighthouse", 205, 1600, 1000, "A lighthouse on its rock, its beam to the right"]],
      categories: ["Harbour"],
    },
    { at: "2026-05-18T07:30Z", text: "Wind from the north-west, laundry from everywhere." },
    {
      at: "2026-05-17T17:00Z",
      kind: "audio",
      title: "Foghorns, recorded from the pier",
      text: "Seven minutes.",
      audio: "Foghorns",
      categories: ["Sound"],
    },
    {
      at: "2026-05-17T10:00Z",
      shots: [["sea", 200, 1500, 1100, "A small boat on calm water"]],
      text: "First sail of the year.",
      categories: ["Harbour"],
    },
    {
      at: "2026-05-16T19:00Z",
      title: "Two circular walks with a bakery on each",
      text: "Both can be done in shoes. The first goes along the dyke and is best in the morning, when the light comes from behind and the buns from the oven.",
      categories: ["Walks"],
    },
    { at: "2026-05-16T08:00Z", text: "The bakery has the long loaves again." },
    {
      at: "2026-05-14T20:00Z",
      title: "A History of Ropes",
      text: "Chapter three: knots that nobody needs any more, and why we should keep them.",
      shots: [["table", 200, 900, 1200, "A cup and a pear on a table"]],
      categories: ["Books"],
    },
    { at: "2026-05-13T09:00Z", text: "Counted nine herons and one plastic flamingo.", categories: ["Walks"] },
  ],
};

/** Cheerful and loud, for Zine. */
export const fair: InventedBlog = {
  theme: "zine",
  url: "https://lee.example/",
  title: "Sock Drawer Radio",
  description: "Odd pairs, good songs, loud colours.",
  author: { name: "Lee Example", bio: "Draws badly, dances worse, means it." },
  face: ["hills", 320, 400, 400, "Drawn pink hills"],
  posts: [
    {
      at: "2026-05-19T18:00Z",
      title: "How to fold a zine from one sheet",
      text: "One cut, seven folds, eight pages. You need no stapler and no permission.\n\n1. Fold it long\n2. Fold it short\n3. Cut the middle, push, done!",
      categories: ["Paper"],
    },
    { at: "2026-05-18T12:00Z", text: "Today’s forecast: glitter, later confetti.", categories: ["Weather"] },
    {
      at: "2026-05-17T15:00Z",
      text: "The hills after the rain, in the colours I had left.",
      shots: [["hills", 300, 1400, 1000, "Purple hills under a yellow sun"]],
      categories: ["Drawings"],
    },
    { at: "2026-05-16T15:00Z", text: "> Make the thing. Then make the next thing.\n\nPinned over the printer since March." },
    {
      at: "2026-05-15T15:00Z",
      kind: "bookmark",
      text: "Riso colours, side by side, on real paper.",
      properties: bookmark("https://ana.example/inks", "Forty inks"),
      categories: ["Paper"],
    },
    {
      at: "2026-05-14T10:00Z",
      title: "Swap table on Saturday",
      text: "Bring a zine, take a zine. There will be soup. There is always soup.",
      categories: ["Dates"],
    },
    {
      at: "2026-05-13T15:00Z",
      text: "Town at night, from memory.",
      shots: [["town", 275, 1200, 1200, "Roofs at night with lit windows"]],
      categories: ["Drawings"],
    },
    { at: "2026-05-12T09:00Z", text: "Found my left sock. It had started a band." },
  ],
};
