import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ForcedAnswers } from "./forced-answers.ts";
import type { MovableClock } from "./movable-clock.ts";

/** A request as a fake service sees it. */
export type FakeRequest = {
  readonly method: string;
  /** Path without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** In lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
};

/** What a fake service answers. */
export type FakeReply = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly html?: string;
  readonly bytes?: Uint8Array;
  /** The connection is cut without an answer, whatever was done before. */
  readonly isCut?: boolean;
  /** Comes this many milliseconds later. */
  readonly delay?: number;
};

/** A service that is not there: strict, its state in memory. `forced` is what tests want to go wrong next. */
export interface FakeService {
  readonly forced: ForcedAnswers;
  answer(request: FakeRequest): FakeReply | Promise<FakeReply>;
  /** What it holds, as JSON, for tests in another process. */
  state(): unknown;
  /** Told where it listens, for the addresses it gives of itself. */
  at?(url: string): void;
}

/** A fake service that listens: its origin, and the end of it. */
export type RunningFake = { readonly url: string; close(): Promise<void> };

/**
 * Lets a fake service listen on loopback, on a free port unless told. Besides its own addresses there are `/__state` (what it holds),
 * `/__fail?next=500,slow&on=POST /api/v1/statuses` (what to answer to the next requests, of that kind where `on` is given),
 * `/__release` (does what was held back) and, with a `clock`, `/__clock?ahead=60000` (milliseconds).
 */
export async function listen(service: FakeService, port = 0, clock?: MovableClock): Promise<RunningFake> {
  const server = createServer((request, response) => {
    handle({ service, clock }, request, response).catch((error: unknown) => {
      // A fault of the fake must not look like one of the service.
      process.stderr.write(`fake: ${String(error instanceof Error ? error.stack : error)}\n`);
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  service.at?.(url);
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url, close };
}

type Stage = { readonly service: FakeService; readonly clock: MovableClock | undefined };

async function handle(stage: Stage, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(incoming.url ?? "/", "http://fake.example");
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece as Buffer);
  const request: FakeRequest = {
    method: incoming.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    headers: Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])),
    bytes: Buffer.concat(pieces),
  };
  const reply = (await controlled(stage, request)) ?? (await stage.service.answer(request));
  if (reply.delay) await new Promise((resolve) => setTimeout(resolve, reply.delay));
  if (reply.isCut) return void response.destroy();
  const { body, headers, status } = wireOf(reply);
  response.writeHead(status, headers).end(body);
}

async function controlled({ service, clock }: Stage, { path, query }: FakeRequest): Promise<FakeReply | null> {
  const { forced } = service;
  if (path === "/__state") return { json: service.state() };
  if (path === "/__release") return { json: { released: await forced.release() } };
  if (path === "/__clock" && clock) return { json: { ahead: (clock.ahead = Number(query.get("ahead"))) } };
  if (path !== "/__fail") return null;
  for (const name of (query.get("next") ?? "").split(",").filter(Boolean)) forced.add(name, query.get("on") ?? "");
  return { json: { waiting: forced.waiting } };
}

/** An answer as it goes over the wire. */
export function wireOf(reply: FakeReply): { status: number; headers: Record<string, string>; body: Uint8Array } {
  const type =
    reply.json !== undefined ? "application/json" : reply.html !== undefined ? "text/html" : "application/octet-stream";
  const text = reply.json !== undefined ? JSON.stringify(reply.json) : (reply.html ?? "");
  const body = reply.bytes ?? new TextEncoder().encode(text);
  return { status: reply.status ?? 200, headers: { "content-type": `${type}; charset=utf-8`, ...reply.headers }, body };
}
