import { ask, refusal, type Answer, type Asked, type Dialect } from "../crosspost/kit.ts";
import type { MastodonContext } from "./settings.ts";

/** What is asked of a server, by the path of the address. */
export type Call = Omit<Asked, "url" | "isMaking"> & {
  readonly path: string;
  /** Sent as Idempotency-Key: the request makes something. */
  readonly key?: string;
  /** Statuses that are no errors besides those of success. */
  readonly takes?: readonly number[];
};

const dialect: Dialect = {
  said: (body) => body.error_description ?? body.error,
  kindOf({ status }, said) {
    if (status === 403 && /scope|login|suspend|disabled|confirm|moved|approv/i.test(said)) return "auth";
    return status === 422 && /not finished|try again/i.test(said) ? "transient" : undefined;
  },
};

/** Asks a server. Throws CrosspostError of the kind that decides what happens next. */
export async function call(context: MastodonContext, server: string, { path, key, takes = [], ...asked }: Call): Promise<Answer> {
  const making = key === undefined ? {} : { isMaking: true, headers: { "idempotency-key": key } };
  const answer = await ask(context, { ...asked, ...making, url: server + path });
  if (answer.isOk || takes.includes(answer.status)) return answer;
  throw refusal(context, answer, dialect);
}
