import test from "ava";
import { cut, encodeWav, mono, mostMinutes, rateFor, wavBytes } from "./wav.ts";

test("a WAV file says what it is, and holds what was heard", (t) => {
  const file = Buffer.from(encodeWav(Float32Array.of(0, 1, -1, 2), 22_050));
  t.is(file.length, wavBytes(4 / 22_050, 22_050));
  t.is(file.toString("latin1", 0, 4) + file.toString("latin1", 8, 16), "RIFFWAVEfmt ");
  t.deepEqual([file.readUInt16LE(22), file.readUInt32LE(24), file.readUInt16LE(34), file.readUInt32LE(40)], [1, 22_050, 16, 8]);
  t.deepEqual(
    [44, 46, 48, 50].map((at) => file.readInt16LE(at)),
    [0, 32_767, -32_767, 32_767],
  );
});

test("the rate sinks with the length, until nothing fits any more", (t) => {
  t.deepEqual(
    [60, 700, 1000, 1200].map((seconds) => rateFor(seconds, 50_000_000)),
    [44_100, 32_000, 22_050, null],
  );
  t.is(mostMinutes(50_000_000), 18);
});

test("what is cut away is gone, and a quiet take is made loud, but its noise is not blown up", (t) => {
  const take = Float32Array.of(0.25, 0.5, -0.25, 0.125);
  t.deepEqual([...cut(take, 1, { from: 1, to: 3, isLevelled: false })], [0.5, -0.25]);
  const loud = cut(take, 1, { from: 0, to: 4, isLevelled: true });
  t.true(Math.abs(loud[1]! - 0.89) < 1e-6);
  t.is(cut(Float32Array.of(0.01), 1, { from: 0, to: 1, isLevelled: true })[0]!.toFixed(2), "0.08");
  t.deepEqual([...mono([Float32Array.of(1, 0), Float32Array.of(0, 0)])], [0.5, 0]);
});
