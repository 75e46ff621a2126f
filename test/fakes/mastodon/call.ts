import type { FakeReply, FakeRequest } from "../fake-server.ts";
import type { Holdings, MastodonOptions, Token } from "./holdings.ts";
import { Refused } from "./refused.ts";

/** One request with all that answers it. */
export type Call = {
  readonly request: FakeRequest;
  readonly held: Holdings;
  readonly rules: Required<MastodonOptions>;
  /** Parts of the path that the route names. */
  readonly params: Readonly<Record<string, string>>;
  /** Who is signed in at the service, in the browser of whoever gives permission. */
  readonly visitor: string;
};

export type Route = {
  readonly method: string;
  /** `:name` stands for one segment. */
  readonly path: string;
  run(call: Call): FakeReply | Promise<FakeReply>;
};

/** The token a request carries. 401 when it is none, 403 when it may not do that. */
export function tokenFor({ request, held }: Call, scope: string): Token {
  const given = /^Bearer (\S+)$/.exec(request.headers.authorization ?? "")?.[1];
  const token = held.tokens.find((one) => one.token === given);
  if (!token || token.isOver) throw new Refused(401, "The access token is invalid");
  const may = token.scopes.some((one) => one === scope || one === scope.split(":")[0]);
  if (!may) throw new Refused(403, "This action is outside the authorized scopes");
  return token;
}
