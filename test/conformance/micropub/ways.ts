import type { IncomingHttpHeaders } from "node:http";
import type { Answered, Sent, Wrong } from "./double.ts";

/** A way to be wrong by what it does, the cases that must see it (by how their names begin), and how it is done. */
export type WrongWay = readonly [does: string, seenBy: readonly string[], wrong: Wrong];

/** What a JSON body says, as loosely as these changes need it. */
export type Said = {
  [name: string]: unknown;
  properties?: Record<string, unknown[]>;
  replace?: Record<string, unknown>;
  add?: Record<string, unknown>;
  delete?: unknown;
};

type Change<T> = (said: T, sent: Sent) => Answered | void;

const isOf = (headers: IncomingHttpHeaders, type: string): boolean => (headers["content-type"] ?? "").startsWith(type);
const read = (body: string) => JSON.parse(Buffer.from(body, "latin1").toString());
const written = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("latin1");

/** Changes the fields of urlencoded forms. */
export const inForms = (change: Change<URLSearchParams>): Wrong => ({
  asks: (sent) => {
    if (!isOf(sent.headers, "application/x-www-form-urlencoded")) return;
    const fields = new URLSearchParams(sent.body);
    const answered = change(fields, sent);
    sent.body = fields.toString();
    return answered;
  },
});

/** Changes JSON bodies; with an action, those of that action only. */
export const inJson = (action: string | undefined, change: Change<Said>): Wrong => ({
  asks: (sent) => {
    if (!isOf(sent.headers, "application/json") || sent.body === "") return;
    const said = read(sent.body) as Said;
    if (said.action !== action) return;
    const answered = change(said, sent);
    sent.body = written(said);
    return answered;
  },
});

/** Changes the properties that posts are made of by JSON. */
export const inProperties = (change: (properties: Record<string, unknown[]>) => void): Wrong =>
  inJson(undefined, ({ properties }) => {
    if (properties) change(properties);
  });

/** Changes what a query is answered with. */
export const inAnswersTo = (q: string, change: (said: Record<string, unknown[]>) => void): Wrong => ({
  answers: (answered, { method, path }) => {
    if (method !== "GET" || new URLSearchParams(path.split("?")[1]).get("q") !== q || answered.status !== 200) return;
    const said = read(answered.body);
    change(q === "source" ? said.properties : said);
    answered.body = written(said);
  },
});

/** Changes the pages that readers get. */
export const inPages = (change: (html: string) => string): Wrong => ({
  answers: (answered) => {
    if (isOf(answered.headers, "text/html")) answered.body = change(answered.body);
  },
});

/** Answers one status with another. */
export const insteadOf = (status: number, other: number, isMeant: (sent: Sent) => boolean = () => true): Wrong => ({
  answers: (answered, sent) => {
    if (answered.status === status && isMeant(sent)) answered.status = other;
  },
});

/** Refuses what was marked, though it was done. */
export const refusing: Pick<Wrong, "answers"> = {
  answers: (answered, { isMarked }) => {
    if (isMarked) Object.assign(answered, saying(400, { error: "invalid_request" }));
  },
};

/** An answer in the server's place. */
export const saying = (status: number, json: object = {}): Answered => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(json),
});
