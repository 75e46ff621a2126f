import { connect, type Socket } from "node:net";
import { answerQuestions } from "./child.ts";
import { median } from "./measure.ts";

// The load generator, in a process of its own: keep-alive connections that ask again as soon as they were answered. It counts
// bytes instead of parsing HTTP, so that it is never the slower side.

/** What is asked for, and for how long. */
export type Load = {
  readonly port: number;
  readonly host: string;
  readonly path: string;
  readonly connections: number;
  readonly milliseconds: number;
  readonly headers?: readonly string[];
};

/** What came back. */
export type LoadResult = { readonly perSecond: number; readonly count: number; readonly medianMs: number };

type Round = { readonly request: Buffer; readonly load: Load; until: number; count: number; readonly times: number[] };

answerQuestions<Load>(null, async (load): Promise<LoadResult> => {
  const request = Buffer.from(
    [`GET ${load.path} HTTP/1.1`, `Host: ${load.host}`, ...(load.headers ?? []), "Connection: keep-alive", "", ""].join("\r\n"),
  );
  const round: Round = { request, load, until: performance.now() + load.milliseconds, count: 0, times: [] };
  const from = performance.now();
  await Promise.all(Array.from({ length: load.connections }, () => one(round)));
  const perSecond = (round.count / (performance.now() - from)) * 1000;
  return { perSecond, count: round.count, medianMs: median(round.times) };
});

function one(round: Round): Promise<void> {
  return new Promise((resolve, reject) => {
    const buffer = Buffer.allocUnsafe(65_536);
    let length = 0; // of a whole answer; 0 until the first one told
    let got = 0;
    let askedAt = 0;
    const ask = (socket: Socket) => {
      got = 0;
      askedAt = performance.now();
      socket.write(round.request);
    };
    const socket = connect({
      port: round.load.port,
      host: "127.0.0.1",
      noDelay: true,
      onread: {
        buffer,
        callback: (size) => {
          if (got === 0) {
            // "HTTP/1.1 200": anything but a 200 would make a number that means nothing.
            if (buffer.toString("latin1", 9, 12) !== "200") {
              reject(new Error(`The server answered ${buffer.toString("latin1", 0, Math.min(size, 300))}`));
              socket.destroy();
              return false;
            }
            // Pages that change in length (a time in them) are measured anew each time: it costs little.
            length = lengthOf(buffer.toString("latin1", 0, Math.min(size, 4096)));
          }
          got += size;
          if (got < length) return true;
          const now = performance.now();
          round.count++;
          if (round.times.length < 20_000) round.times.push(now - askedAt);
          if (now < round.until) ask(socket);
          else {
            socket.end();
            resolve();
          }
          return true;
        },
      },
    });
    socket.once("error", reject);
    socket.once("connect", () => ask(socket));
  });
}

function lengthOf(head: string): number {
  const end = head.indexOf("\r\n\r\n");
  const at = head.search(/content-length: /i);
  if (end < 0 || at < 0) throw new Error(`An answer without its length: ${head}`);
  return end + 4 + Number.parseInt(head.slice(at + 16, at + 26), 10);
}
