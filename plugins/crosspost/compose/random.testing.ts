/** Numbers that are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

const pieces = [
  ..."aZ9.,!?…-_@#&<>()[]{}\"'“”",
  " ",
  " ",
  " ",
  "\n",
  "\n\n",
  "word ",
  "A sentence. ",
  "don't ",
  "日本語の文章",
  "ไทย",
  "مرحبا ",
  "\u0600!",
  "שלום ",
  "\u202eabc\u202c",
  "e\u0301",
  "a\u0300\u0301\u0302\u0303",
  "क्षि",
  "각",
  "😀",
  "👨‍👩‍👧‍👦",
  "🇯🇵",
  "🏳️‍🌈",
  "1️⃣",
  "ﷺ",
  "\u200d",
  "\ufe0f",
  "https://lee.example/ ",
  "https://lee.example/a/very/long/path?with=a&query=1#and-more",
  "http://localhost/x",
  "(https://ana.example/b_(c)). ",
  "example.com",
  "@kim ",
  "@kim@social.example",
  "kim@kim.example",
  "*not* _emphasis_ ",
];

/** A text put together at random from what is hard to count and to cut. */
export function randomText(random: () => number): string {
  const length = Math.floor(random() ** 2 * 150);
  let text = "";
  for (let n = 0; n < length; n++) {
    const piece = pieces[Math.floor(random() * pieces.length)]!;
    text += random() < 0.03 ? piece.repeat(60) : piece;
  }
  return text;
}
