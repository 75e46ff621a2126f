import test from "ava";
import { createTestHost } from "../testing/test-host.ts";
import { storeMedia } from "./library.ts";
import { pictures } from "./picture-slots.ts";
import { reducedPicture } from "./reduced.ts";

async function noise(width: number, height: number, kind: "jpeg" | "png") {
  const sharp = await pictures();
  const raw = Buffer.alloc(width * height * 3, 0);
  for (let at = 0; at < raw.length; at++) raw[at] = (at * 7919 + ((at >> 3) % 251) * 31) & 255;
  const picture = sharp(raw, { raw: { width, height, channels: 3 } }).withExif({ IFD0: { Make: "Cam of kim" } });
  return new Uint8Array(await (kind === "png" ? picture.png() : picture.jpeg({ quality: 95 })).toBuffer());
}

test("a picture of the library goes as it is where it fits, else smaller, in a type that is taken", async (t) => {
  const host = await createTestHost(t);
  const scope = host.scope();
  const media = await storeMedia(scope, host.house.media, { bytes: await noise(900, 600, "png"), name: "nest.png" });
  const reduced = (limits: Parameters<typeof reducedPicture>[3], source: string | Uint8Array = media.url) =>
    reducedPicture(scope, host.house.media, source, limits);

  t.like(await reduced({}), { type: "image/png", width: 900, height: 600 });
  t.like(await reduced({ types: ["image/png", "image/jpeg"], side: 900 }), { type: "image/png", width: 900 });
  t.like(await reduced({ types: ["image/jpeg"], side: 300 }), { type: "image/jpeg", width: 300, height: 200 });
  const small = await reduced({ types: ["image/jpeg"], bytes: 20_000 });
  t.true(small!.bytes.byteLength <= 20_000 && small!.width >= 100);
  t.is(await reduced({ types: ["image/jpeg"], bytes: 10 }), null);
  t.is(await reduced({ types: ["video/mp4"] }), null);
  t.is(await reduced({}, "https://lee.example/nest.png"), null);
  t.is(await reduced({}, new Uint8Array(100)), null);

  const foreign = await noise(300, 200, "jpeg");
  t.true(Buffer.from(foreign).includes("Cam of kim"));
  const clean = await reduced({}, foreign);
  t.like(clean, { type: "image/jpeg", width: 300, height: 200 });
  t.false(Buffer.from(clean!.bytes).includes("Cam of kim"));
});
