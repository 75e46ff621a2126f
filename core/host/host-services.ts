import type { Log, Scope } from "../hooks/scope.ts";
import type { ForeignImages } from "../media/foreign/foreign-images.ts";
import type { NewFile } from "../media/library.ts";
import type { PartialUploads } from "../media/resumable.ts";
import type { Media, Reply } from "../hooks/values.ts";
import type { Fit } from "../media/fitted.ts";
import type { PictureLimits, ReducedPicture } from "../media/reduced.ts";
import type { PlainMail } from "../people/mail/plain-mail.ts";
import type { Storage, Transaction } from "../storage/storage.ts";
import type { FetchOptions } from "./context.types.ts";
import type { Plugin } from "./manifest.ts";

/** What the house lends to the plugin host; the host passes it on to plugins in small pieces. */
export type HostServices = {
  readonly storage: Storage;
  fetch(url: string, init: FetchOptions): Promise<Response>;
  pluginLog(log: Log, pluginId: string): Log;
  /** A page of the scope's blog in its theme. */
  page(scope: Scope, url: URL): Promise<Reply>;
  renderTemplate(scope: Scope, plugin: Plugin, template: string, data: object): Promise<string>;
  translate(plugin: Plugin, language: string, key: string, values?: Readonly<Record<string, string | number>>): string;
  storeMedia(scope: Scope, file: NewFile): Promise<Media>;
  removeMedia(scope: Scope, id: string): Promise<boolean>;
  readonly images: ForeignImages;
  /** Files that come in parts. */
  readonly uploads: PartialUploads;
  mediaByUrl(scope: Scope, url: string): Promise<Media | null>;
  reducedPicture(scope: Scope, source: string | Uint8Array, limits: PictureLimits): Promise<ReducedPicture | null>;
  fittedPicture(scope: Scope, url: string, fit: Fit): Promise<Uint8Array | null>;
  sealSecret(place: string, value: string): Promise<string>;
  openSecret(reference: string): Promise<string>;
  eraseSecret(place: string): Promise<void>;
  mailLater(db: Transaction, mail: PlainMail, from: string): Promise<void>;
  eraseSecrets(prefix: string): Promise<void>;
};
