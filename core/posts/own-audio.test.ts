import test from "ava";
import { storeMedia } from "../media/library.ts";
import { mp3 } from "../media/sound.testing.ts";
import { createTestHost } from "../testing/test-host.ts";

test("what a file of ours is, how large and how long, is ours to say; foreign sound keeps what can be true", async (t) => {
  const host = await createTestHost(t);
  const file = await storeMedia(host.scope(), host.house.media, { bytes: mp3(10), name: "reeds.mp3" });
  t.true(Math.abs(file.seconds! - 10) < 0.1);
  const lie = { url: file.url, type: "text/html", bytes: 5, seconds: 99_999, title: " Reeds " };

  const post = await host.publish({ text: "Listen", audio: [lie] });

  const { type, bytes, seconds } = file;
  t.deepEqual(post.audio, [{ url: file.url, type, bytes, seconds: seconds!, title: "Reeds" }]);
  t.is(post.kind, "audio");

  const far = await host.publish({
    text: "Far",
    audio: [
      { url: "https://lee.example/a.m4a", type: "audio/mp4", bytes: 1234, seconds: 60 },
      { url: "https://lee.example/b.ogg?x", type: "<b>", bytes: -1, seconds: Number.NaN },
    ],
  });
  t.deepEqual(far.audio, [
    { url: "https://lee.example/a.m4a", type: "audio/mp4", bytes: 1234, seconds: 60 },
    { url: "https://lee.example/b.ogg?x", type: "audio/ogg", bytes: 0 },
  ]);

  const properties = { audio: [file.url, { value: "https://lee.example/c.mp3", alt: "x" }] };
  const told = await host.publish({ text: "As properties", properties });
  t.deepEqual(
    told.audio.map(({ url, bytes: size }) => [url, size]),
    [
      [file.url, bytes],
      ["https://lee.example/c.mp3", 0],
    ],
  );
});

test("what is no sound is refused with a sentence", async (t) => {
  const host = await createTestHost(t);
  const png = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  );
  const picture = await storeMedia(host.scope(), host.house.media, { bytes: png, name: "x.png" });
  const sound = (url: string) => [{ url, type: "audio/mpeg", bytes: 1 }];

  await t.throwsAsync(host.publish({ text: "x", audio: sound("javascript:alert(1)") }), { message: /must begin with http/ });
  await t.throwsAsync(host.publish({ text: "x", audio: sound(picture.url) }), { message: "This file is no sound." });
  await t.throwsAsync(host.publish({ text: "x", audio: Array(21).fill(sound("https://lee.example/a.mp3")[0]) }), {
    message: /20 sounds/,
  });
});

test("a note that gets a sound becomes one with sound, and a note again without", async (t) => {
  const host = await createTestHost(t);
  const { id } = await host.publish({ text: "A note" });

  const withSound = await host.publish({ id, audio: [{ url: "https://lee.example/a.mp3", type: "audio/mpeg", bytes: 1 }] });
  t.is(withSound.kind, "audio");
  const edited = await host.publish({ id, title: "Named" });
  t.is(edited.kind, "audio");
  t.is((await host.publish({ id, audio: [] })).kind, "article");
});
