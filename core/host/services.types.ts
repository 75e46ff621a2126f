import type { Draft, Json } from "../hooks/values.ts";
import type { ExportedPerson, ExportFile } from "../residents/export/export-file.ts";
import type { TargetService } from "./targets/target-service.types.ts";

/** A file that somebody brings, read as often as needed, never whole in memory. */
export type ImportFile = { readonly name: string; readonly bytes: number; stream(): AsyncIterable<Uint8Array> };

/**
 * Something an import cannot place, or places with a loss; ends up in the report by name. `why` is English; with `key` and `values`, as
 * errors have them, readers of other languages are told in theirs.
 */
export type ImportNote = {
  readonly what: string;
  readonly title: string;
  readonly why: string;
  readonly key?: string;
  readonly values?: Readonly<Record<string, string | number>>;
};

/** A comment that comes with an imported post. */
export type ImportedComment = {
  readonly sourceId: string;
  readonly parentSourceId?: string;
  readonly author: { readonly name: string; readonly url?: string };
  readonly html: string;
  readonly publishedAt: string;
  readonly isApproved: boolean;
};

/** A file of the old site that posts may show. */
export type ImportedMedia = { readonly sourceId: string; readonly url: string; readonly title: string; readonly alt?: string };

/**
 * Where an importer puts what it reads. Each call may wait until the batch before is stored, so memory stays flat.
 * `sourceId` is the source's own id: a second run skips what it has seen.
 */
export interface ImportSink {
  post(item: {
    sourceId: string;
    draft: Draft;
    comments?: readonly ImportedComment[];
    oldPaths?: readonly string[];
    /** Where it stood, in full: links of other posts to that host's imported posts are taken along. */
    oldUrl?: string;
  }): Promise<void>;
  category(category: { name: string; slug: string; description: string }): Promise<void>;
  media(item: ImportedMedia): Promise<void>;
  /** Counts something of a kind without storing it, for the report. */
  count(what: string): void;
  /** Names something that has no home here. */
  skip(note: ImportNote): void;
  /** Names something that came in with a loss or a doubt. */
  warn(note: ImportNote): void;
  /** How many bytes of the file are done. */
  progress(bytes: number): void;
}

/** A way to bring content in from elsewhere. */
export interface Importer {
  readonly label: string;
  /** One sentence: what it brings. */
  readonly help: string;
  /** File endings with the dot. */
  readonly accepts: readonly string[];
  /** True when the first 4 KB look like this kind of file. */
  detect(head: string): boolean;
  /** Reads the whole file into the sink; throws an error with a sentence for the person when the file cannot be read. */
  run(file: ImportFile, sink: ImportSink, signal: AbortSignal): Promise<void>;
}

/** What a way of signing in keeps between going away and coming back; `redirectUri` is where people come back to, `state` what comes along. */
export type AuthStart = {
  readonly redirectUri: string;
  readonly state: string;
  readonly codeVerifier: string;
  /** Of method S256. */
  readonly codeChallenge: string;
};

/**
 * A way to sign in by proving elsewhere who one is. The core keeps which account an identity opens, asks for the second step,
 * binds the way there and back to one browser (ten minutes, once), and refuses a `state` that is not its own.
 */
export interface AuthMethod {
  /** Small letters and hyphens; unique within the plugin, never changes. */
  readonly id: string;
  /** What the button says, in English; the key `auth.<id>.label` of the plugin's locales. */
  readonly label: string;
  /** What somebody types to begin (key `auth.<id>.field`); without it there is only the button. */
  readonly field?: { readonly label: string; readonly type: "url" | "email" | "text"; readonly placeholder?: string };
  /** Where to send somebody. PublicError for what they can put right. `data` comes back in `finish` and lies sealed meanwhile. */
  begin(value: string, start: AuthStart): Promise<{ readonly url: string; readonly data?: Json }>;
  /** Who they are, as a name that never changes and nobody else can have. PublicError when nothing was proved. */
  finish(query: URLSearchParams, start: AuthStart & { readonly data: Json }): Promise<{ readonly identity: string }>;
}

/** What a plugin keeps of people, for the archive that somebody asks for of all that is theirs; asked on the hub. */
export interface AccountExport {
  /** One sentence in that language: what is inside. Shown before an archive is made, and in its README. */
  about(language: string): string;
  /**
   * The person's files, one after the other, each read while the archive is written. No secrets, and nothing that is others'.
   * Names are cleaned and lie in the plugin's own folder; 100 MB and 30 minutes in all.
   */
  files(person: ExportedPerson): AsyncIterable<ExportFile>;
}

/** What a plugin keeps of a blog besides its posts and settings, for the archive of the blog; asked there. */
export interface BlogExport {
  about(language: string): string;
  /** As `AccountExport.files` gives a person's. */
  files(): AsyncIterable<ExportFile>;
}

/** A dated fact of a page that asks for its own structured data; offered services are named here. */
export interface Services {
  /** Ways to bring content in; the core runs them with dry run, progress and undo. */
  importer: Importer;
  /** Somewhere else that posts can go; the core shows it in the composer and keeps what became of each copy. */
  target: TargetService;
  /** Ways to sign in by proving elsewhere who one is; asked on the hub. */
  "auth.method": AuthMethod;
  /** What a plugin keeps of one person, for their archive. */
  "account.export": AccountExport;
  /** What a plugin keeps of a blog, for its archive. */
  "blog.export": BlogExport;
  /** More facts in the self-check than one sentence: name and JSON. */
  "status.report": { report(): Promise<Json> };
}
export type ServiceName = keyof Services & string;
