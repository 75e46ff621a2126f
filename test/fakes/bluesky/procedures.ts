import { Fault, invalid } from "./fault.ts";
import type { FakeAccount } from "./accounts.ts";
import type { Quota } from "./quota.ts";
import type { Repository } from "./repository.ts";
import type { Sessions } from "./sessions.ts";
import { didDocument } from "./accounts.ts";

/** A call as it reached the service. */
export type Incoming = {
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly bytes: Uint8Array;
  readonly token: string | null;
};
export type Parts = {
  readonly sessions: Sessions;
  readonly repository: Repository;
  readonly writes: Quota;
  readonly origin: string;
  now(): Date;
  account(name: string): FakeAccount | undefined;
};
type Outcome = { readonly body: object; readonly headers?: Record<string, string> };
type Procedure = { readonly method: "GET" | "POST"; run(parts: Parts, incoming: Incoming): Outcome };

/** What the service can be asked, by the name of the method. */
export const procedures: Readonly<Record<string, Procedure>> = {
  "com.atproto.identity.resolveHandle": {
    method: "GET",
    run: (parts, { query }) => {
      const found = parts.account(query.get("handle") ?? "");
      if (!found) throw invalid("Unable to resolve handle");
      return { body: { did: found.did } };
    },
  },
  "com.atproto.server.createSession": {
    method: "POST",
    run: (parts, incoming) => {
      const { identifier, password } = json(incoming);
      if (typeof identifier !== "string" || typeof password !== "string")
        throw invalid("Input must have identifier and password");
      const account = parts.account(identifier.toLowerCase());
      const { body, headers } = parts.sessions.begin(account, identifier, password);
      return { body: { ...body, didDoc: didDocument(account!, parts.origin) }, headers };
    },
  },
  "com.atproto.server.refreshSession": {
    method: "POST",
    run: (parts, { token, bytes }) => {
      if (bytes.length > 0) throw invalid("A request body was provided when none was expected");
      if (token === null) throw new Fault(401, "AuthMissing", "Authentication Required");
      return { body: parts.sessions.renew(token, (did) => parts.account(did)!) };
    },
  },
  "com.atproto.server.getSession": {
    method: "GET",
    run: (parts, { token }) => {
      const { did, handle } = parts.account(parts.sessions.holder(token))!;
      return { body: { did, handle, active: true } };
    },
  },
  "com.atproto.repo.uploadBlob": {
    method: "POST",
    run: (parts, { token, bytes, headers }) => ({
      body: parts.repository.upload(parts.sessions.holder(token), bytes, headers["content-type"]),
    }),
  },
  "com.atproto.repo.createRecord": write(3, (parts, did, input) => parts.repository.create(did, input)),
  "com.atproto.repo.putRecord": write(2, (parts, did, input) => parts.repository.put(did, input)),
  "com.atproto.repo.deleteRecord": write(1, (parts, did, input) => parts.repository.delete(did, input)),
  "com.atproto.repo.getRecord": {
    method: "GET",
    run: (parts, { query }) => {
      const [repo, collection, rkey] = ["repo", "collection", "rkey"].map((name) => query.get(name));
      if (!repo || !collection || !rkey) throw invalid("Params must have the properties repo, collection and rkey");
      const did = parts.account(repo)?.did ?? repo;
      return { body: parts.repository.get(`at://${did}/${collection}/${rkey}`) };
    },
  },
  "com.atproto.repo.listRecords": {
    method: "GET",
    run: (parts, { query }) => {
      const account = parts.account(query.get("repo") ?? "");
      const limit = Number(query.get("limit") ?? 50);
      if (!account) throw invalid("Could not find repo");
      if (!Number.isInteger(limit) || limit < 1 || limit > 100) throw invalid("Params/limit can not be greater than 100");
      return { body: parts.repository.list(account.did, query.get("collection") ?? "", limit, query.get("cursor")) };
    },
  },
};

function write(points: number, work: (parts: Parts, did: string, input: Record<string, unknown>) => object): Procedure {
  return {
    method: "POST",
    run: (parts, incoming) => {
      const did = parts.sessions.holder(incoming.token);
      const headers = parts.writes.take(did, points, parts.now());
      const input = json(incoming);
      if (parts.account(String(input.repo))?.did !== did)
        throw new Fault(401, "AuthenticationRequired", "Authentication Required");
      return { body: work(parts, did, input), headers };
    },
  };
}

function json({ bytes, headers }: Incoming): Record<string, unknown> {
  if (!/^application\/json\b/i.test(headers["content-type"] ?? "")) throw invalid("Wrong request encoding (Content-Type)");
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8")) as Record<string, unknown>;
  } catch {
    throw invalid("Unable to parse request body");
  }
}
