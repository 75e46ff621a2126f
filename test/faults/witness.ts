import type { Clock } from "../../core/clock.ts";
import type { Plugin } from "../../core/host/manifest.ts";
import { House } from "../../core/house.ts";
import { definePlugin } from "../../core/plugin.ts";
import { readSettings } from "../../core/settings/settings.ts";

/** A plugin that writes one document for each published post, durably, however often it is told. */
export const witness = definePlugin({
  id: "witness",
  name: "Witness",
  description: "Notes every published post.",
  version: "1.0.0",
  api: 1,
  capabilities: ["posts:read"],
  collections: { seen: {} },
  hooks: {
    "post.published": {
      durable: true,
      run: async ({ post }, context) => {
        await context.collection<{ source: string }>("seen").put(post.id, { source: post.source });
      },
    },
  },
});

/** Opens an installation in a folder with that plugin; complaints go to stderr. */
export function openWitnessed(folder: string, databaseUrl: string, clock?: Clock): Promise<House> {
  const silent = () => undefined;
  const complain = (message: string) => console.error(message);
  const env = { ROOKERY_DATA: folder, ROOKERY_URL: "http://hub.example", DATABASE_URL: databaseUrl };
  return House.open(readSettings(env, { cwd: folder }), {
    log: { debug: silent, info: silent, warn: complain, error: complain },
    bundled: `${folder}/none`,
    plugins: [{ plugin: witness as unknown as Plugin, folder: `${folder}/witness`, isBundled: true }],
    ...(clock && { clock }),
  });
}
