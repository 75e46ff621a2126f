import type { Context, Json } from "rookery/plugin";
import type { CrosspostService, ServiceCopy, ServiceLimits, ServiceRequest } from "../crosspost/api.ts";
import { nonsense, textIn, type Answer } from "../crosspost/kit.ts";
import { imageBytes, imageSide, postRecord } from "./record.ts";
import { recordKey } from "./record-key.ts";
import { accountsOf, callAs } from "./session.ts";
import { errorIn } from "./xrpc.ts";

const collection = "app.bsky.feed.post";

const limits: ServiceLimits = {
  text: 300,
  counter: "grapheme",
  bytes: 3000,
  images: 4,
  alt: 2000,
  imageBytes,
  imageSide,
  imageTypes: ["image/jpeg", "image/png", "image/webp"],
  facets: true,
  card: true,
  delete: true,
};

/** Bluesky as crosspost knows services. */
export function blueskyService(context: () => Context): CrosspostService {
  return {
    label: "Bluesky",
    accounts: async () => accountsOf(context()).map(({ did, handle }) => ({ id: did, name: `@${handle}`, limits })),
    publish: (request) => publish(context(), request),
    find: (request) => find(context(), request),
    async remove({ account, copy }) {
      const rkey = keyIn(copy);
      if (rkey !== null) await callAs(context(), account, procedure("deleteRecord", { repo: account, collection, rkey }));
    },
    async verify(account) {
      await callAs(context(), account, { method: "com.atproto.server.getSession", query: {} });
    },
  };
}

// The key of the record follows from the copy's own and is written down before the record leaves: a second try names the same one,
// so there is never a second copy, and whether the first arrived can be looked up.
async function publish(context: Context, request: ServiceRequest): Promise<ServiceCopy> {
  const { account, composed, progress } = request;
  const before = request.attempt > 1 || keyIn(request.copy) !== null ? await find(context, request) : null;
  if (before) return before;
  const upload = async (bytes: Uint8Array, type: string) => {
    const call = { method: "com.atproto.repo.uploadBlob", bytes: { bytes, type } };
    const { server, body } = await callAs(context, account, call);
    if (!body.blob) throw nonsense(context, server);
    return body.blob as Json;
  };
  const record = await postRecord(context, composed, upload);
  const rkey = keyOf(request);
  await progress({ rkey });
  const create = { ...procedure("createRecord", { repo: account, collection, rkey, record }), isMaking: true };
  return copyOf(context, account, rkey, await callAs(context, account, create));
}

async function find(context: Context, request: ServiceRequest): Promise<ServiceCopy | null> {
  const [account, rkey] = [request.account, keyOf(request)];
  // Older servers have no name of its own for it.
  const isGone = (answer: Answer) =>
    errorIn(answer) === "RecordNotFound" || String(answer.body.message).startsWith("Could not locate record");
  const call = { method: "com.atproto.repo.getRecord", query: { repo: account, collection, rkey } };
  const found = await callAs(context, account, call, isGone);
  return found.isOk ? copyOf(context, account, rkey, found) : null;
}

const procedure = (name: string, json: Json) => ({ method: `com.atproto.repo.${name}`, json });

const keyOf = ({ copy, key, composed }: ServiceRequest) => keyIn(copy) ?? recordKey(key, new Date(composed.publishedAt));

function keyIn(copy: Json): string | null {
  const rkey = (copy as { rkey?: unknown } | null)?.rkey;
  return typeof rkey === "string" ? rkey : null;
}

// A yes without a record is no yes.
function copyOf(context: Context, did: string, rkey: string, answer: Answer): ServiceCopy {
  const { cid } = answer.body;
  const refs = { rkey, uri: textIn(context, answer, "uri"), cid: typeof cid === "string" ? cid : null };
  return { url: `https://bsky.app/profile/${did}/post/${rkey}`, copy: refs };
}
