import type { ServiceLimits } from "../crosspost/api.ts";
import { call } from "./call.ts";
import type { MastodonContext } from "./settings.ts";

/** What a server says of itself: the domain in its people's addresses, and its limits. */
export type Instance = { readonly domain: string; readonly limits: ServiceLimits };

type Part = Readonly<Record<string, unknown>>;

/** Asks a server for its limits (`/api/v2/instance`, else `/api/v1/instance`); where it names none, those of Mastodon. */
export async function instanceOf(context: MastodonContext, server: string): Promise<Instance> {
  let answer = await call(context, server, { path: "/api/v2/instance", takes: [404, 410] });
  if (answer.status >= 400) answer = await call(context, server, { path: "/api/v1/instance" });
  const { body } = answer;
  const configuration = partOf(body, "configuration");
  const [statuses, media] = [partOf(configuration, "statuses"), partOf(configuration, "media_attachments")];
  const types = Array.isArray(media.supported_mime_types) ? media.supported_mime_types.map(String) : [];
  const pictures = types.filter((type) => /^image\/[\w.+-]{1,40}$/.test(type)).slice(0, 20);
  const limits: ServiceLimits = {
    text: numberOf(statuses.max_characters ?? body.max_toot_chars, 500),
    counter: "mastodon",
    urlLength: numberOf(statuses.characters_reserved_per_url, 23, 1_000),
    images: numberOf(statuses.max_media_attachments, 4, 100),
    alt: numberOf(media.description_limit, 1500),
    imageBytes: numberOf(media.image_size_limit, 16_777_216, 1e9),
    imageSide: Math.floor(Math.sqrt(numberOf(media.image_matrix_limit, 33_177_600, 1e9))),
    imageTypes: pictures.length > 0 ? pictures : ["image/jpeg", "image/png", "image/gif", "image/webp"],
    warnings: true,
    edit: true,
    delete: true,
  };
  const isDomain = typeof body.domain === "string" && /^[a-z0-9.-]+\.[a-z0-9-]{2,}$/i.test(body.domain);
  return { domain: isDomain ? String(body.domain).toLowerCase() : new URL(server).host, limits };
}

function partOf(whole: Part, name: string): Part {
  const part = whole[name];
  return typeof part === "object" && part !== null ? (part as Part) : {};
}

function numberOf(value: unknown, usual: number, most = 1_000_000): number {
  return typeof value === "number" && Number.isInteger(value) && value > 0 ? Math.min(value, most) : usual;
}
