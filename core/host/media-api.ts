import { PublicError } from "../errors.ts";
import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Media } from "../hooks/values.ts";
import { describeFile } from "../media/change-file.ts";
import { filesByUrls, findFilesAt, libraryFile } from "../media/find-files.ts";
import { sizesOf, type LibraryFile } from "../media/media-row.ts";
import { largestPart, uploadId, type PartialUpload, unknownUpload } from "../media/resumable.ts";
import type { Rights } from "./acting.ts";
import type { MediaApi, MediaFile, MediaParts } from "./context.types.ts";
import type { HostServices } from "./host-services.ts";

type Parts = {
  readonly scope: Scope;
  readonly services: HostServices;
  readonly pluginId: string;
  need(capability: string): void;
  readonly rights: Rights;
};

/** Media of the scope's blog, for a plugin that may read or write them, as far as whoever acts may. */
export function mediaApi({ scope, services, pluginId, need, rights }: Parts): MediaApi {
  const shown = (file: LibraryFile | null) => file && fileOf(scope, file);
  return {
    byUrl: (url) => (need("media:read"), services.mediaByUrl(scope, url)),
    fitted: (url, fit) => (need("media:read"), services.fittedPicture(scope, url, fit)),
    reduced: (source, limits) => (need("media:read"), services.reducedPicture(scope, source, limits)),
    async byUrls(urls) {
      need("media:read");
      const found = await filesByUrls(scope, urls);
      return new Map([...found].map(([url, file]) => [url, fileOf(scope, file)]));
    },
    byId: async (id) => (need("media:read"), shown(await libraryFile(scope, id))),
    async list({ search, skip = 0, limit = 30, ...filter } = {}) {
      need("media:read");
      const own = rights.isActing && !(await rights.may("media.upload", { authorId: "" })) ? scope.principal.accountId : null;
      const wanted = { ...filter, limit: Math.min(limit, 200), ...(search && { text: search }), ...(own && { accountId: own }) };
      return (await findFilesAt(scope, wanted, Math.max(0, Math.trunc(skip)))).map((file) => fileOf(scope, file));
    },
    async store(file) {
      need("media:write");
      await rights.need("media.upload");
      return services.storeMedia(scope, file);
    },
    async setAlt(id, alt) {
      need("media:write");
      const file = await libraryFile(scope, id);
      if (!file) return null;
      await rights.need("media.upload", { authorId: file.accountId });
      await describeFile(scope, file, { alt, isDecorative: false }, async () => undefined);
      return shown(await libraryFile(scope, id));
    },
    async remove(id) {
      need("media:write");
      const file = await libraryFile(scope, id);
      if (!file) return false;
      await rights.need("media.delete", { authorId: file.accountId });
      return services.removeMedia(scope, id);
    },
    parts: partsApi({ scope, services, pluginId, need, rights }),
  };
}

function partsApi({ scope, services, pluginId, need, rights }: Parts): MediaParts {
  const { uploads } = services;
  const uploader = () => ({ accountId: scope.principal.accountId ?? blogOf(scope).ownerId, blogId: blogOf(scope).id });
  const keyOf = (key: string) => `${pluginId} ${key}`;
  const mayUpload = async () => {
    need("media:write");
    await rights.need("media.upload");
  };
  const find = (key: string) => uploads.find(uploader(), uploadId(uploader(), keyOf(key)));
  const known = async (key: string): Promise<PartialUpload> => {
    const upload = await find(key);
    if (!upload) throw unknownUpload();
    return upload;
  };
  return {
    async begin({ key, name, size }) {
      await mayUpload();
      const upload = await uploads.begin(uploader(), { key: keyOf(key), name, size }, scope.clock.now());
      return { received: await uploads.received(upload) };
    },
    async append(key, bytes, from) {
      await mayUpload();
      if (bytes.byteLength > largestPart)
        throw new PublicError("upload.large-part", "A part of an upload has 8 MB at most.", 413);
      return uploads.append(await known(key), from ?? null, bytes);
    },
    async finish(key, told = {}) {
      await mayUpload();
      const upload = await known(key);
      const id = await uploads.finish(upload, async (path) => {
        const file = { path, name: told.name ?? upload.name, ...(told.alt !== undefined && { alt: told.alt }) };
        return (await services.storeMedia(scope, file)).id;
      });
      const media = await mediaOf(scope, id);
      if (!media) throw unknownUpload();
      return media;
    },
    async state(key) {
      await mayUpload();
      const upload = await find(key);
      if (!upload) return null;
      const media = upload.mediaId === null ? null : await mediaOf(scope, upload.mediaId);
      return { received: await uploads.received(upload), media };
    },
  };
}

const mediaOf = async (scope: Scope, id: string): Promise<Media | null> => {
  const file = await libraryFile(scope, id);
  return file && fileOf(scope, file);
};

function fileOf(scope: Scope, file: LibraryFile): MediaFile {
  const { accountId: _by, address: _at, revision: _number, variants: _made, ...rest } = file;
  return { ...rest, sizes: sizesOf(file, blogOf(scope)) };
}
