import test from "ava";
import type { Context, Post } from "rookery/plugin";
import type { ServiceLimits } from "../api.ts";
import { compose, leftOut } from "./compose.ts";
import { samplePost } from "./post.testing.ts";

const limits: ServiceLimits = {
  text: 300,
  counter: "grapheme",
  images: 2,
  alt: 10,
  imageBytes: 1000,
  imageSide: 800,
  imageTypes: ["image/jpeg"],
  facets: true,
  card: true,
};

function composed(
  own: Partial<Post> & { text?: string },
  reduced: Context["media"]["reduced"] = async () => null,
  fetched = 200,
) {
  const context = {
    blog: { title: "Kim", language: "en", url: "https://kim.example/" },
    media: { reduced },
    t: (key: string) => key,
    fetch: async () => new Response(new Uint8Array([1, 2, 3]), { status: fetched }),
  } as unknown as Context;
  const post = samplePost(own);
  return { made: compose(context, post, limits), left: leftOut(post, limits) };
}

test("a card leads to the post where a link stands and no picture goes along", (t) => {
  const { made } = composed({ title: "Nests", text: "How they are made" });
  t.deepEqual(made.card, { url: made.url, title: "Nests", description: "How they are made" });
  t.is(composed({ text: "Short" }).made.card, undefined, "a note needs none");
  const photos = [{ url: "/media/1.jpg", alt: "" }];
  t.is(composed({ title: "Nests", photos }).made.card, undefined, "pictures win");
  const kept = composed({ title: "Nests", text: "Blood", photos, properties: { "content-warning": "Injury" } });
  t.deepEqual([kept.made.card, kept.made.images, kept.left], [{ url: made.url, title: "Injury", description: "" }, [], 0]);
  t.like(composed({ title: "Nests", photos }).made, { images: { length: 1 }, language: "en", warning: "" });
});

test("as many pictures go along as there is room for, with as much of their descriptions", (t) => {
  const photos = ["Three herons", "👨‍👩‍👧‍👦👨‍👩‍👧‍👦", ""].map((alt, n) => ({ url: `/media/${n}.jpg`, alt }));
  const { made, left } = composed({ photos });
  t.deepEqual(
    made.images.map(({ url, alt }) => [url, alt]),
    [
      ["https://kim.example/media/0.jpg", "Three her…"],
      ["https://kim.example/media/1.jpg", "👨‍👩‍👧‍👦…"],
    ],
  );
  t.is(left, 1);
});

test("a picture comes within the limits, of the library or from elsewhere; one that cannot says so", async (t) => {
  const asked: unknown[] = [];
  const jpeg = { bytes: new Uint8Array([9]), type: "image/jpeg", width: 1, height: 1 };
  const photos = [{ url: "https://lee.example/1.png", alt: "" }];
  const reduced: Context["media"]["reduced"] = async (source, fit) => {
    asked.push([source, fit]);
    return typeof source === "string" ? null : jpeg;
  };
  t.is(await composed({ photos }, reduced).made.images[0]!.bytes(), jpeg);
  t.deepEqual(asked[0], ["https://lee.example/1.png", { types: ["image/jpeg"], bytes: 1000, side: 800 }]);
  t.deepEqual((asked[1] as unknown[])[0], new Uint8Array([1, 2, 3]));
  const bad = { name: "CrosspostError", message: "error.picture" };
  t.like(await t.throwsAsync(() => composed({ photos }).made.images[0]!.bytes()), { ...bad, kind: "permanent" });
  t.like(await t.throwsAsync(() => composed({ photos }, async () => null, 404).made.images[0]!.bytes()), {
    ...bad,
    kind: "permanent",
  });
});
