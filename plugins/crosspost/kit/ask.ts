import type { Context, Json } from "rookery/plugin";
import { CrosspostError } from "../crosspost-error.ts";
import { mayHaveArrived } from "../may-have-arrived.ts";

/** What of a context asking a service takes. */
export type Asking = Pick<Context, "fetch" | "clock" | "t">;

/** One request to a service; JSON, a form or bytes are its body. */
export type Asked = {
  readonly url: string;
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Sent as `Authorization: Bearer`. */
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: Json;
  readonly form?: FormData | URLSearchParams;
  readonly bytes?: { readonly bytes: Uint8Array; readonly type: string };
  /** The request makes something: where no answer says so, nobody knows whether it did. */
  readonly isMaking?: boolean;
};

/** What a service answered, whatever its status; `body` is empty for what is no JSON object or list. */
export type Answer = {
  readonly server: string;
  readonly status: number;
  readonly isOk: boolean;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
  readonly isMaking: boolean;
};

const limits = { maxBytes: 1_000_000, timeout: 20_000 } as const;

/** Asks a service. What kept an answer away is a CrosspostError `transient`, or `unknown` where the request may have made something. */
export async function ask(context: Asking, asked: Asked): Promise<Answer> {
  const { url, method = "GET", token, json, form, bytes, isMaking = false } = asked;
  const server = new URL(url).host;
  const body = bytes?.bytes ?? form ?? (json === undefined ? undefined : JSON.stringify(json));
  const type = bytes?.type ?? (json === undefined ? undefined : "application/json");
  const headers = {
    accept: "application/json",
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(type !== undefined && { "content-type": type }),
    ...asked.headers,
  };
  try {
    // A redirect would hand what is secret to whoever stands there.
    const redirect = token === undefined && body === undefined ? "follow" : "error";
    const init = { method, headers, redirect, ...limits, ...(body !== undefined && { body: body as BodyInit }) } as const;
    const response = await context.fetch(url, init);
    const text = await response.text();
    const found = objectIn(text);
    // Some say nothing but that it is done; of what was made there is something to say.
    if (response.ok && !found && (isMaking || text !== "")) throw nonsense(context, server, isMaking);
    return { server, status: response.status, isOk: response.ok, headers: response.headers, body: found ?? {}, isMaking };
  } catch (error) {
    if (error instanceof CrosspostError) throw error;
    const isUnsure = isMaking && mayHaveArrived(error);
    throw new CrosspostError(
      isUnsure ? "unknown" : "transient",
      context.t(`service.${isUnsure ? "unsure" : "unreachable"}`, { server }),
    );
  }
}

/** What is said of an answer that is none of the service. */
export function nonsense(context: Pick<Context, "t">, server: string, isMaking = false): CrosspostError {
  return new CrosspostError(isMaking ? "unknown" : "transient", context.t("service.nonsense", { server }));
}

/** A text of an answer; what is missing, none or longer than 10,000 letters is nonsense. */
export function textIn(context: Pick<Context, "t">, { server, body, isMaking }: Answer, name: string): string {
  const value = body[name];
  if (typeof value === "string" && value !== "" && value.length <= 10_000) return value;
  throw nonsense(context, server, isMaking);
}

function objectIn(text: string): Answer["body"] | null {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === "object" ? (value as Answer["body"] | null) : null;
  } catch {
    return null;
  }
}
