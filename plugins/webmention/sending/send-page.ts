import type { Json } from "rookery/plugin";
import { hashOf } from "../row-id.ts";
import type { Own } from "../settings.ts";
import { webUrl } from "../web-url.ts";
import { overTheWeb, waits } from "./deliver.ts";

/** The service `webmention.sender`: for plugins whose pages are no posts. */
export type WebmentionSender = {
  /** Tells a page elsewhere that a page here links to it, changed, or is gone. By a job, tried again as for posts; the same pair once at a time. */
  send(told: { readonly source: string; readonly target: string }): Promise<void>;
};

type Told = { readonly source: string; readonly target: string; readonly attempts: number };

declare module "rookery/plugin" {
  interface Services {
    "webmention.sender": WebmentionSender;
  }
}

export function webmentionSender(context: () => Own): WebmentionSender {
  return {
    async send({ source, target }) {
      if (webUrl(source) && webUrl(target)) await later(context(), { source, target, attempts: 0 });
    },
  };
}

/** The job. */
export async function sendPage(data: Json, context: Own): Promise<void> {
  const told = data as Told;
  // What stands here is told by whoever wrote it.
  if (await context.blogAt(told.target)) return;
  const { state, after, status = null, answer = "" } = await overTheWeb(context, told);
  const wait = state === "later" ? waits[told.attempts] : undefined;
  if (wait !== undefined) return later(context, { ...told, attempts: told.attempts + 1 }, Math.max(after ?? 0, wait));
  if (state === "failed" || state === "later") context.log.info("a page was not told", { target: told.target, status, answer });
}

async function later(context: Own, told: Told, seconds = 0): Promise<void> {
  const key = `page ${hashOf(`${told.source} ${told.target}`)}`;
  await context.enqueue("send-page", told, { key, ...(seconds > 0 && { in: { seconds } }) });
}
