import { join } from "node:path";
import sharp from "sharp";
import { median, type Measure } from "./measure.ts";
import { Site } from "./site.ts";

type Kept = { readonly milliseconds: number; readonly stored: number; readonly stall: number; readonly busy: number };

/** A photo of a camera: from the bytes on disk to every size in the library, while the same process serves. */
export const measure: Measure = {
  name: "photo",
  about: "Keep a photo of 12 megapixels and make its sizes, and see how long the server stands still meanwhile.",
  async run({ isQuick, say }) {
    const site = await Site.open(0);
    try {
      const file = join(site.installation.folder, "photo.jpg");
      const bytes = await makePhoto(file);
      say(`a photo of ${(bytes / 1e6).toFixed(1)} MB …`);
      const all: Kept[] = [];
      for (let round = 0; round < (isQuick ? 3 : 8); round++) all.push(await site.ask<Kept>({ ask: "photo", file }));
      const [first, ...rest] = all as [Kept, ...Kept[]];
      const took = median(rest.map(({ milliseconds }) => milliseconds));
      const answered = median(rest.map(({ stored }) => stored));
      const note = `answered after ${answered.toFixed(0)} ms; the first one, which loads the library, ${first.milliseconds.toFixed(0)} ms`;
      const stall = Math.max(...all.map((one) => one.stall));
      // What other programs on the machine take is a standstill, too; this is what the photo itself takes of that thread.
      const busy = `the serving thread worked ${median(rest.map((one) => one.busy)).toFixed(0)} ms on it, ${first.busy.toFixed(0)} ms on the first`;
      return [
        { name: "12 megapixels to every size", value: took, unit: "ms", target: { atMost: 2000 }, note },
        { name: "longest standstill meanwhile", value: stall, unit: "ms", target: { atMost: 50 }, note: busy },
      ];
    } finally {
      await site.close();
    }
  },
};

// Soft shapes with the grain of a sensor: about as many bytes as a telephone's photo of that size.
async function makePhoto(file: string): Promise<number> {
  const [width, height] = [4000, 3000];
  const grain = { type: "gaussian", mean: 128, sigma: 24 } as const;
  const shapes = await sharp({
    create: { width: 40, height: 30, channels: 3, background: "#888", noise: { ...grain, sigma: 60 } },
  })
    .resize(width, height, { kernel: "cubic" })
    .png({ compressionLevel: 1 })
    .toBuffer();
  const noise = await sharp({ create: { width, height, channels: 3, background: "#888", noise: grain } })
    .blur(0.7)
    .png({ compressionLevel: 1 })
    .toBuffer();
  const photo = sharp(shapes)
    .composite([{ input: noise, blend: "soft-light" }])
    .jpeg({ quality: 88 });
  return (await photo.toFile(file)).size;
}
