/** A file for somebody's archive: a text, rows that become a JSON list as they are read, or pieces of text or bytes as they come. */
export type ExportFile = { readonly name: string } & (
  { readonly text: string } | { readonly rows: AsyncIterable<unknown> } | { readonly chunks: AsyncIterable<string | Uint8Array> }
);

/** Whose archive is made, and the language they read. */
export type ExportedPerson = { readonly accountId: string; readonly language: string };

/** A plugin that keeps something of people. */
export type Keeper = {
  readonly pluginId: string;
  /** What is inside, as a sentence; empty when it cannot say. */
  about(language: string): Promise<string>;
  /** Has `write` read its files, for a limited time; throws what it threw, or that it took too long, once `write` has ended. */
  files(
    person: ExportedPerson,
    write: (files: AsyncIterable<ExportFile>, signal: AbortSignal) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void>;
};
