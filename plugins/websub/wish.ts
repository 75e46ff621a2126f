import { PublicError } from "rookery/plugin";

/** What a subscriber asks for (WebSub §5.1), checked; `lease` in seconds, `secret` empty without one. */
export type Wish = {
  readonly mode: "subscribe" | "unsubscribe";
  readonly topic: string;
  readonly callback: string;
  readonly lease: number;
  readonly secret: string;
};

/** Seconds: ten days unless asked for, thirty at most, and never so short that it ends before it begins. */
export const leases = { usual: 864_000, longest: 2_592_000, shortest: 60 } as const;
const longest = { address: 1000, secret: 200 } as const;

/** Reads a subscription request; unknown parameters are ignored. PublicError 400 with a sentence for what is wrong. */
export function wishOf(fields: URLSearchParams): Wish {
  const twice = ["mode", "topic", "callback", "lease_seconds", "secret"].find((name) => fields.getAll(`hub.${name}`).length > 1);
  if (twice) throw refused("twice", `hub.${twice} is there more than once.`);
  const mode = fields.get("hub.mode");
  if (mode !== "subscribe" && mode !== "unsubscribe")
    throw refused("mode", "hub.mode must be “subscribe”, “unsubscribe” or “publish”.");
  return {
    mode,
    topic: topicOf(fields.get("hub.topic")),
    callback: callbackOf(fields.get("hub.callback")),
    lease: leaseOf(fields.get("hub.lease_seconds")),
    secret: secretOf(fields.get("hub.secret")),
  };
}

function topicOf(topic: string | null): string {
  if (!topic) throw refused("topic", "hub.topic is missing.");
  if (topic.length > longest.address || !URL.canParse(topic)) throw refused("topic", "hub.topic is no address.");
  return topic;
}

function callbackOf(text: string | null): string {
  if (!text) throw refused("callback", "hub.callback is missing.");
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) throw refused("callback", "hub.callback must be an http or https address.");
  if (url.username || url.password) throw refused("callback", "hub.callback must not hold a name or password.");
  if (url.hash) throw refused("callback", "hub.callback must not have a fragment.");
  if (url.href.length > longest.address) throw refused("callback", "hub.callback is longer than 1,000 characters.");
  return url.href;
}

function leaseOf(text: string | null): number {
  if (text === null || text === "") return leases.usual;
  if (!/^\d{1,15}$/.test(text)) throw refused("lease", "hub.lease_seconds must be a whole number of seconds.");
  return Math.min(leases.longest, Math.max(leases.shortest, Number(text)));
}

function secretOf(text: string | null): string {
  if (Buffer.byteLength(text ?? "") >= longest.secret) throw refused("secret", "hub.secret must be shorter than 200 bytes.");
  return text ?? "";
}

const refused = (what: string, sentence: string) => new PublicError(`websub.${what}`, sentence, 400);
