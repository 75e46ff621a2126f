import { definePlugin, type Json } from "rookery/plugin";
import { createTestHost } from "rookery/testing";
import { CrosspostError, type CrosspostService, type ServiceLimits, type ServiceRequest } from "./api.ts";
import crosspost from "./plugin.ts";

/** A service that is not there, told by a test what to do: what it holds, was asked, and answers next. */
export type Nest = {
  readonly held: Map<string, string>;
  readonly asked: { readonly what: string; readonly request: Omit<ServiceRequest, "composed"> & { composed?: unknown } }[];
  /** Thrown by the next creates: before anything is done, or (`after`) when it is. */
  errors: (CrosspostError | Error | "lost" | null)[];
  canFind: boolean;
  isConnected: boolean;
  limits: ServiceLimits;
};

/** A service that holds nothing and knows the account kim. */
export const emptyNest = (): Nest => ({
  held: new Map(),
  asked: [],
  errors: [],
  canFind: true,
  isConnected: true,
  limits: { text: 100, counter: "grapheme", images: 1, edit: true, delete: true },
});

/** The fake service as a plugin. */
export function nestPlugin(nest: Nest) {
  const service = (): CrosspostService => ({
    label: "Nest",
    accounts: async () => (nest.isConnected ? [{ id: "kim", name: "@kim@nest.example", limits: nest.limits }] : []),
    async publish(request) {
      nest.asked.push({ what: "publish", request });
      await request.progress({ chosen: request.key });
      const error = nest.errors.shift() ?? null;
      if (error instanceof Error) throw error;
      if (nest.held.has(request.key)) throw new CrosspostError("duplicate", "It is there already.");
      nest.held.set(request.key, request.composed.text);
      if (error === "lost") throw new CrosspostError("unknown", "Nest did not answer.");
      return { url: `https://nest.example/${nest.held.size}`, copy: { id: request.key } };
    },
    ...(nest.canFind && {
      async find(request: ServiceRequest) {
        nest.asked.push({ what: "find", request });
        const has = nest.held.has(request.key);
        return has ? { url: "https://nest.example/found", copy: { id: request.key } } : null;
      },
    }),
    async update(request) {
      nest.asked.push({ what: "update", request });
      nest.held.set(idIn(request.copy), request.composed.text);
      return { copy: request.copy };
    },
    async remove(request) {
      nest.asked.push({ what: "remove", request });
      nest.held.delete(idIn(request.copy));
    },
    async verify() {
      if (!nest.isConnected) throw new CrosspostError("auth", "Nest asks you to sign in.");
    },
  });
  return definePlugin({
    id: "crosspost-nest",
    name: "Nest",
    description: "Sends to a service that is not there.",
    version: "1.0.0",
    api: 1,
    requires: { plugins: { crosspost: "^1.0" } },
    services: { "crosspost.service": service },
  });
}

/** An installation with crosspost and the fake service. */
export async function openNest(
  t: Parameters<typeof createTestHost>[0],
  more: Partial<Nest> = {},
  options: Parameters<typeof createTestHost>[1] = {},
) {
  const nest: Nest = { ...emptyNest(), ...more };
  const plugins = [{ plugin: crosspost, folder: import.meta.dirname }, nestPlugin(nest)];
  const host = await createTestHost(t, { ...options, plugins });
  const later = async (minutes: number) => {
    host.clock.advance({ minutes });
    await host.runJobs();
  };
  const states = async (postId: string) =>
    (
      await host.house.storage.query("SELECT state, reason, url FROM post_targets WHERE post_id = ? ORDER BY target", [postId])
    ).map(({ state, reason, url }) => `${state} ${state === "sent" ? url : reason}`.trim());
  const whats = () => nest.asked.map(({ what }) => what);
  return { host, nest, later, states, whats };
}

const idIn = (copy: Json): string => String((copy as { id?: Json } | null)?.id ?? "");
