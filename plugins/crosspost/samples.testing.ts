import type { Composed, ComposedImage } from "./api.ts";

const plain: Composed = {
  text: "Hello from the nest.",
  facets: [],
  isTruncated: false,
  images: [],
  url: "https://kim.example/2026/11/24/hello",
  language: "en",
  publishedAt: "2026-11-24T09:30:00.000Z",
  warning: "",
};
const link = "https://lee.example/a/long/way?to=go";
const linked = `We wrote down how: ${link} (three pages)`;

// A picture of one white pixel.
const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==",
  "base64",
);

const photo = (number: number): ComposedImage => ({
  url: `https://kim.example/media/2026/${number}.png`,
  alt: `Nest number ${number}, “woven” — 🪺`,
  width: 1,
  height: 1,
  bytes: async () => ({ bytes: new Uint8Array(pixel), type: "image/png", width: 1, height: 1 }),
});

/** Composed posts that every service must take, within the limits of the smallest. */
export const samples = {
  text: plain,
  emoji: { ...plain, text: "A family 👨‍👩‍👧‍👦 lives in 🇯🇵, é and ﷺ 日本語.\n\nSecond paragraph." },
  title: { ...plain, text: `How nests are made ${plain.url}`, facets: facet(`How nests are made ${plain.url}`, plain.url) },
  long: {
    ...plain,
    text: `${"nest ".repeat(20)}… ${plain.url}`,
    isTruncated: true,
    facets: facet(`${"nest ".repeat(20)}… ${plain.url}`, plain.url),
  },
  link: { ...plain, text: linked, facets: facet(linked, link) },
  photo: { ...plain, images: [photo(1)] },
  photos: { ...plain, images: [1, 2, 3, 4, 5].map(photo) },
} as const satisfies Readonly<Record<string, Composed>>;

function facet(text: string, url: string) {
  const start = text.indexOf(url);
  return [{ start, end: start + url.length, url }];
}
