import type { Log, Scope } from "../hooks/scope.ts";
import type { Media } from "../hooks/values.ts";
import type { Fit } from "../media/fitted.ts";
import type { Storage } from "../storage/storage.ts";
import type { Plugin } from "./manifest.ts";

/** What the house lends to the plugin host; the host passes it on to plugins in small pieces. */
export type HostServices = {
  readonly storage: Storage;
  fetch(url: string, init: RequestInit & { timeout?: number; maxBytes?: number; purpose?: string }): Promise<Response>;
  pluginLog(log: Log, pluginId: string): Log;
  renderTemplate(scope: Scope, plugin: Plugin, template: string, data: object): Promise<string>;
  translate(plugin: Plugin, language: string, key: string, values?: Readonly<Record<string, string | number>>): string;
  storeMedia(scope: Scope, file: { bytes: Uint8Array; name: string; alt?: string; source?: string }): Promise<Media>;
  mediaByUrl(scope: Scope, url: string): Promise<Media | null>;
  fittedPicture(scope: Scope, url: string, fit: Fit): Promise<Uint8Array | null>;
  sealSecret(place: string, value: string): Promise<string>;
  openSecret(reference: string): Promise<string>;
  eraseSecret(place: string): Promise<void>;
  eraseSecrets(prefix: string): Promise<void>;
};
