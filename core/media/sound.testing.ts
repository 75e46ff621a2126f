/** A WAV of silence, 8 kHz, 8 bits, mono: 8,000 bytes a second, all of them below 128 so that text can carry them. */
export function wav(seconds: number): Buffer {
  const samples = Math.round(seconds * 8000);
  const bytes = Buffer.alloc(44 + samples, 64);
  bytes.write("RIFF", 0, "latin1");
  bytes.writeUInt32LE(36 + samples, 4);
  bytes.write("WAVEfmt ", 8, "latin1");
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(8000, 24);
  bytes.writeUInt32LE(8000, 28);
  bytes.writeUInt16LE(1, 32);
  bytes.writeUInt16LE(8, 34);
  bytes.write("data", 36, "latin1");
  bytes.writeUInt32LE(samples, 40);
  return bytes;
}

/** An MP3 of silence: MPEG 2.5 at 8 kbit/s and 8 kHz, frames of 72 ms and 72 bytes. A `claim` is what its Xing header says, in frames. */
export function mp3(seconds: number, claim?: number): Buffer {
  const frame = Buffer.alloc(72);
  frame.set([0xff, 0xe3, 0x18, 0xc0]);
  const frames = Buffer.alloc(Math.round(seconds / 0.072) * 72, frame);
  if (claim === undefined) return frames;
  const info = Buffer.from(frame);
  info.write("Xing", 13, "latin1");
  info.writeUInt32BE(1, 17);
  info.writeUInt32BE(claim, 21);
  return Buffer.concat([info, frames]);
}

/** An M4A without samples to hear: its header claims one length, its table of samples says another. */
export function m4a(seconds: number, claimed = seconds): Buffer {
  const number = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
  };
  const box = (type: string, ...inside: Buffer[]) => {
    const body = Buffer.concat(inside);
    return Buffer.concat([number(body.length + 8), Buffer.from(type, "latin1"), body]);
  };
  const rate = 8000;
  const sample = Buffer.alloc(20);
  sample.writeUInt16BE(1, 8);
  sample.writeUInt16BE(16, 10);
  sample.writeUInt32BE(rate * 65_536, 16);
  const entry = box("mp4a", Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]), sample);
  const table = box(
    "stbl",
    box("stsd", number(0), number(1), entry),
    box("stts", number(0), number(1), number(seconds), number(rate)),
    box("stsz", number(0), number(100), number(seconds)),
  );
  const handler = box("hdlr", number(0), number(0), Buffer.from("soun"), Buffer.alloc(13));
  const header = box("mdhd", number(0), number(0), number(0), number(rate), number(claimed * rate), number(0));
  const movie = box("mvhd", number(0), number(0), number(0), number(1000), number(claimed * 1000), Buffer.alloc(80));
  const track = box("trak", box("mdia", header, handler, box("minf", table)));
  return Buffer.concat([
    box("ftyp", Buffer.from("M4A "), number(0)),
    box("moov", movie, track),
    box("mdat", Buffer.alloc(seconds * 100)),
  ]);
}

/** A WebM as a browser records it, without a length: one track (1 film, 2 sound) and a block at each second. */
export function webm(track: 1 | 2, seconds: number): Buffer {
  const unknown = Buffer.from("01ffffffffffffff", "hex");
  const element = (id: string, body: Buffer) => Buffer.concat([Buffer.from(id, "hex"), Buffer.from([0x80 | body.length]), body]);
  const head = element("1a45dfa3", element("4282", Buffer.from("webm")));
  const tracks = element("1654ae6b", element("ae", element("83", Buffer.from([track]))));
  const clusters = Array.from({ length: seconds + 1 }, (_, second) => {
    const time = Buffer.alloc(4);
    time.writeUInt32BE(second * 1000);
    return [
      Buffer.from("1f43b675", "hex"),
      unknown,
      element("e7", time),
      element("a3", Buffer.from([0x81, 0, 0, 0x80, 1, 2, 3])),
    ];
  });
  return Buffer.concat([head, Buffer.from("18538067", "hex"), unknown, tracks, ...clusters.flat()]);
}
