import type { Scope } from "../hooks/scope.ts";
import type { Context } from "./context.types.ts";
import type { HostServices } from "./host-services.ts";
import { isStorageAway } from "../storage/storage-trouble.ts";

/** Secrets that a plugin is told on a blog, each under a name, sealed with the installation's key; they go when the plugin is erased. */
export function keptSecrets(
  services: Pick<HostServices, "sealSecret" | "openSecret" | "eraseSecret">,
  scope: Scope,
  pluginId: string,
): Context["secrets"] {
  const place = (name: string) => {
    if (!/^[\w.-]{1,90}$/.test(name)) throw new Error(`“${name}” cannot be the name of a secret of plugin “${pluginId}”`);
    return `plugin/${pluginId}/kept/${scope.blog?.id ?? "-"}/${name}`;
  };
  return {
    keep: async (name, value) => void (await services.sealSecret(place(name), value)),
    async read(name) {
      try {
        return (await services.openSecret(place(name))) || null;
      } catch (error) {
        if (isStorageAway(error)) throw error;
        // Sealed with a key that is not there any more: as good as lost.
        return null;
      }
    },
    forget: async (name) => services.eraseSecret(place(name)),
  };
}
