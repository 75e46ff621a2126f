import type { Json, PageLink } from "rookery/plugin";
import type { Own } from "../settings.ts";
import { withoutFragment } from "../web-url.ts";
import { vouchFor } from "../vouch.ts";
import { discover, secondsIn } from "./discover.ts";
import { handOver } from "./hand-over.ts";
import { noteSent, sentById, type Sent } from "./sent.ts";

type Pair = Pick<Sent, "source" | "target">;

/** What became of one try; `later` carries the seconds to wait when the other side said so. */
export type Outcome = Partial<Pick<Sent, "endpoint" | "status" | "answer" | "statusUrl">> & {
  readonly state: "sent" | "none" | "failed" | "later";
  readonly after?: number | null;
};

/** Seconds before another try: 5 minutes, half an hour, 3 and 12 hours (indieweb.md §6.3). */
export const waits = [300, 1_800, 10_800, 43_200] as const;

/** Tells one page: finds its endpoint anew and sends the address of the post there; a job. Tried again while it may help. */
export async function deliver(data: Json, context: Own): Promise<void> {
  const sent = await sentById(context, (data as { id: string }).id);
  if (sent?.state !== "waiting") return;
  const { state, after, ...said } = (await handOver(context, sent)) ?? (await overTheWeb(context, sent));
  const attempts = sent.attempts + 1;
  const wait = state === "later" ? waits[sent.attempts] : undefined;
  const known = { ...sent, endpoint: "", status: null, answer: "", statusUrl: "", ...said, attempts };
  if (wait !== undefined) {
    await noteSent(context, { ...known, state: "waiting" });
    await context.enqueue("send", { id: sent.id }, { key: `send ${sent.id}`, in: { seconds: Math.max(after ?? 0, wait) } });
    return;
  }
  await noteSent(context, {
    ...known,
    state: state === "later" ? "failed" : state,
    times: sent.times + (state === "sent" ? 1 : 0),
  });
}

/** One try over the network; the page is asked for its endpoint anew. */
export async function overTheWeb(context: Own, sent: Pair): Promise<Outcome> {
  try {
    const found = await discover(context, sent.target);
    if (found.state === "none") return { state: "none" };
    if (found.state === "later") return { state: "later", after: found.after, answer: context.t("answer.busy") };
    return await post(context, sent, found);
  } catch (error) {
    return outcomeOf(error);
  }
}

type Found = { readonly endpoint: string; readonly links: readonly PageLink[] };

async function post(context: Own, sent: Pair, { endpoint, links }: Found, vouch?: string): Promise<Outcome> {
  // A parameter more than these two is only sent to who asked for it (Webmention §3.1.3).
  const body = new URLSearchParams({ source: sent.source, target: sent.target, ...(vouch !== undefined && { vouch }) });
  const response = await context.fetch(endpoint, {
    method: "POST",
    headers: {
      accept: "text/html, application/json;q=0.9, text/plain;q=0.8, */*;q=0.1",
      "content-type": "application/x-www-form-urlencoded",
    },
    body: body.toString(),
    redirect: "manual",
    timeout: 15_000,
    stream: true,
    product: "Webmention",
  });
  const { status, headers } = response;
  const answer = status === 201 ? (await response.body?.cancel(), "") : await shortBody(response);
  const said = { endpoint, status, answer };
  if (status >= 200 && status < 300) {
    const location = headers.get("location");
    const statusUrl = location === null ? "" : (URL.parse(location, endpoint)?.href ?? "");
    return { ...said, state: "sent", statusUrl: /^https?:/.test(statusUrl) ? statusUrl : "" };
  }
  if (status === 449 && vouch === undefined) {
    const found = await vouchFor(context, links, withoutFragment(sent.target));
    if (found !== null) return post(context, sent, { endpoint, links }, found);
  }
  if (status === 429 || status >= 500) return { ...said, state: "later", after: secondsIn(headers.get("retry-after"), context) };
  return { ...said, state: "failed" };
}

// A sentence for the owner to read; markup says nothing there.
async function shortBody(response: Response): Promise<string> {
  const isText = /^text\/plain|json/.test(response.headers.get("content-type") ?? "");
  if (!isText || !response.body) return (await response.body?.cancel(), "");
  const { value } = await response.body.getReader().read();
  return new TextDecoder().decode((value as Uint8Array | undefined)?.subarray(0, 1_000));
}

// What the guard refuses stays refused; what the network could not do may go another time.
function outcomeOf(error: unknown): Outcome {
  const reason = (error as { reason?: string }).reason;
  const answer = error instanceof Error ? error.message : String(error);
  const isFinal = reason === "scheme" || reason === "address" || reason === "port" || reason === "redirects" || reason === "type";
  return { state: isFinal ? "failed" : "later", answer, after: null };
}
