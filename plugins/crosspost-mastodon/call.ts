import type { Json } from "rookery/plugin";
import { CrosspostError, mayHaveArrived } from "../crosspost/api.ts";
import { refusalOf, saidBy } from "./errors.ts";
import type { MastodonContext } from "./settings.ts";

/** What is asked of a server. */
export type Asked = {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly token?: string;
  readonly json?: Json;
  readonly form?: FormData | URLSearchParams;
  /** Sent as Idempotency-Key: the request makes something. */
  readonly key?: string;
  /** Statuses that are no errors besides those of success. */
  readonly takes?: readonly number[];
};

export type Answer = { readonly status: number; readonly body: Readonly<Record<string, unknown>> };

const [mostBytes, timeout] = [1_000_000, 20_000];

/** Asks a server; its JSON as an object. Throws CrosspostError of the kind that decides what happens next. */
export async function call(context: MastodonContext, server: string, asked: Asked): Promise<Answer> {
  const { method = "GET", path, token, json, form, key, takes = [] } = asked;
  const headers = {
    accept: "application/json",
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(json !== undefined && { "content-type": "application/json" }),
    ...(key !== undefined && { "idempotency-key": key }),
  };
  const body = json === undefined ? form : JSON.stringify(json);
  const init = { method, headers, timeout, maxBytes: mostBytes, ...(body && { body }) };
  const told = { server: new URL(server).host };
  const isMaking = key !== undefined;
  let response: Response;
  let text: string;
  try {
    response = await context.fetch(server + path, init);
    text = await response.text();
  } catch (error) {
    if (isMaking && mayHaveArrived(error)) throw new CrosspostError("unknown", context.t("error.unsure", told));
    throw new CrosspostError("transient", context.t("error.unreachable", told));
  }
  const found = objectIn(text);
  if (!response.ok && !takes.includes(response.status))
    throw refusalOf(context, { ...told, response, said: saidBy(found), isMaking });
  if (found || !response.ok) return { status: response.status, body: found ?? {} };
  throw new CrosspostError(isMaking ? "unknown" : "transient", context.t("error.nonsense", told));
}

function objectIn(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === "object" ? (value as Readonly<Record<string, unknown>> | null) : null;
  } catch {
    return null;
  }
}
