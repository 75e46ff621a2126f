import test from "ava";
import { setImmediate } from "node:timers/promises";
import sharp from "sharp";
import { cleanImage } from "./image.ts";
import { kindOfFile } from "./kinds.ts";

test("two pictures are open at a time, however many come; a broken one makes way for the next", async (t) => {
  const create = { width: 900, height: 900, channels: 3, background: "teal" } as const;
  const png = await sharp({ create }).png().toBuffer();
  const kind = kindOfFile(png)!;
  const asked = Array.from({ length: 9 }, (_, n) => cleanImage(n % 3 ? png : png.subarray(0, 200), kind));
  const done = Promise.allSettled(asked).then((results) => results.map(({ status }) => status));
  let most = 0;
  do {
    const { queue, process } = sharp.counters();
    most = Math.max(most, queue + process);
  } while ((await Promise.race([done, setImmediate(null)])) === null);

  const bad = "rejected";
  const good = "fulfilled";
  t.deepEqual(await done, [bad, good, good, bad, good, good, bad, good, good]);
  // The library counts a picture for a moment longer than it is open.
  t.true(most >= 1 && most <= 4, String(most));
});

test("a picture of 16,384 pixels a side is taken, one that is longer is not", async (t) => {
  const strip = async (width: number) => {
    const png = await sharp({ create: { width, height: 2, channels: 3, background: "teal" } })
      .png()
      .toBuffer();
    return cleanImage(png, kindOfFile(png)!);
  };
  t.is((await strip(16_384)).width, 2560);
  await t.throwsAsync(strip(16_385), { message: /16,384/ });
});
