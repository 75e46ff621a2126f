import type { Json } from "rookery/plugin";
import type { Composed, CrosspostService, ServiceCopy, ServiceRequest } from "../crosspost/api.ts";
import { CrosspostError } from "../crosspost/kit.ts";
import { callAs, listAccounts, refreshLimits } from "./accounts.ts";
import { copyAnswered, copyIn } from "./copy.ts";
import { find } from "./find.ts";
import { uploadAll } from "./media.ts";
import type { MastodonContext } from "./settings.ts";

const statuses = "/api/v1/statuses";

/** Mastodon, and what speaks like it, as crosspost knows services. */
export function mastodonService(context: () => MastodonContext): CrosspostService {
  return {
    label: "Mastodon",
    accounts: () => listAccounts(context()),
    publish: (request) => publish(context(), request),
    find: (request) => find(context(), request),
    update: (request) => update(context(), request),
    async remove({ account, copy }) {
      const { id } = copyIn(copy);
      if (id !== null) await callAs(context(), account, () => ({ method: "DELETE", path: pathOf(id), takes: [404, 410] }));
    },
    async verify(account) {
      await callAs(context(), account, () => ({ path: "/api/v1/accounts/verify_credentials" }));
      await refreshLimits(context(), account);
    },
  };
}

// Servers keep an Idempotency-Key for an hour, some not at all: before a second try the copy is looked for.
async function publish(context: MastodonContext, request: ServiceRequest): Promise<ServiceCopy> {
  const before = request.attempt > 1 ? await find(context, request) : null;
  if (before) return before;
  const uploaded = await uploadAll(context, request);
  const { texts } = uploaded;
  const { text } = request.composed;
  const copy = texts.includes(text) ? uploaded : { ...uploaded, texts: [...texts, text].slice(-5) };
  await request.progress(copy as unknown as Json);
  const json = { ...bodyOf(request.composed, copy.media), visibility: context.settings.visibility };
  const { account, key } = request;
  const made = await callAs(context, account, () => ({ method: "POST", path: statuses, json, key }));
  return copyAnswered(context, made, copy);
}

async function update(context: MastodonContext, request: ServiceRequest): Promise<ServiceCopy> {
  const { id } = copyIn(request.copy);
  if (id === null) throw new CrosspostError("permanent", context.t("error.gone"));
  const { account, composed } = request;
  const copy = await uploadAll(context, { ...request, progress: async () => undefined });
  // Pictures keep their place in the list; their descriptions may have changed.
  const described = composed.images.map(({ alt }, at) => ({ id: copy.media[at]!.id, description: alt }));
  const json = { ...bodyOf(composed, copy.media), ...(described.length > 0 && { media_attributes: described }) };
  const changed = await callAs(context, account, () => ({ method: "PUT", path: pathOf(id), json, takes: [404, 410] }));
  if (!changed.isOk) throw new CrosspostError("permanent", context.t("error.gone"));
  return copyAnswered(context, changed, copy);
}

function bodyOf({ text, language, warning }: Composed, media: readonly { readonly id: string }[]) {
  const [short] = language.toLowerCase().split("-");
  return {
    status: text,
    media_ids: media.map(({ id }) => id),
    sensitive: warning !== "",
    spoiler_text: warning,
    ...(/^[a-z]{2,3}$/.test(short!) && { language: short! }),
  };
}

const pathOf = (id: string): string => `${statuses}/${encodeURIComponent(id)}`;
