/** A named collection of pictures of a blog's library, in the order their owner gave them. */
export type PhotoCollection = {
  /** Its own, for good: the last part of its address. */
  readonly slug: string;
  readonly name: string;
  /** Its public page. */
  readonly url: string;
  /** Addresses of its pictures. */
  readonly photos: readonly string[];
  readonly createdAt: string;
};

/**
 * The service `photo.collections`, for plugins that require `photos`: ask it with `context.ask("photo.collections", "photos", …)`.
 * Collections are named by `slug` or by address. Whoever asks has seen to the rights of the person. Throws PublicError 404 (no
 * such collection), 409 (the name is taken) or 422 (a name or a picture that cannot be taken).
 */
export interface PhotoCollections {
  list(): Promise<readonly PhotoCollection[]>;
  create(name: string): Promise<PhotoCollection>;
  /** Old names go on working in posts. */
  rename(collection: string, name: string): Promise<PhotoCollection>;
  /** Pictures stay in the library. */
  remove(collection: string): Promise<void>;
  /** Adds pictures of the library by their addresses, at the end; those that are in it stay where they are. */
  add(collection: string, photos: readonly string[]): Promise<PhotoCollection>;
  removePhoto(collection: string, photo: string): Promise<PhotoCollection>;
}

declare module "rookery/plugin" {
  interface Services {
    "photo.collections": PhotoCollections;
  }
}
