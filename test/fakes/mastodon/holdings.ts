/** What a server can be told about itself when it is made. */
export type MastodonOptions = {
  /** How its own addresses begin; without a slash at the end. */
  readonly url?: string;
  readonly text?: number;
  readonly images?: number;
  readonly perUrl?: number;
  readonly descriptions?: number;
  readonly imageBytes?: number;
  /** How often a picture is asked for until it is processed; 0: at once. */
  readonly processing?: number;
  readonly accounts?: readonly string[];
  /** The page of permission sends people on by itself. */
  readonly isApproving?: boolean;
  /** Older servers and some others have only `/api/v1/instance`. */
  readonly hasV2?: boolean;
  /** Requests of one token in five minutes. */
  readonly requests?: number;
  readonly now?: () => Date;
};

export type App = {
  readonly id: string;
  readonly name: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUris: readonly string[];
  readonly scopes: readonly string[];
};

export type Grant = {
  readonly code: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly accountId: string;
  readonly challenge: string | null;
  readonly expiresAt: number;
};

export type Token = {
  readonly token: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly accountId: string;
  isOver: boolean;
};

export type Account = { readonly id: string; readonly username: string };

export type Media = {
  readonly id: string;
  readonly accountId: string;
  readonly type: string;
  readonly size: number;
  description: string;
  /** How often it will still be “processing”. */
  polls: number;
  isBroken: boolean;
  statusId: string | null;
};

export type Status = {
  readonly id: string;
  readonly accountId: string;
  readonly application: string;
  readonly createdAt: string;
  text: string;
  spoiler: string;
  visibility: string;
  language: string | null;
  mediaIds: readonly string[];
  editedAt: string | null;
};

/** Everything the server holds, and every call it was asked. */
export class Holdings {
  readonly apps: App[] = [];
  readonly grants: Grant[] = [];
  readonly tokens: Token[] = [];
  readonly accounts: readonly Account[];
  readonly media: Media[] = [];
  readonly statuses: Status[] = [];
  /** Key of Idempotency-Key and account → status and when. */
  readonly keys = new Map<string, { readonly statusId: string; readonly at: number }>();
  readonly calls: { readonly method: string; readonly path: string; readonly status: number }[] = [];
  #last = 109_000_000_000_000_000n;

  constructor(names: readonly string[]) {
    this.accounts = names.map((username, at) => ({ id: String(108_000 + at), username }));
  }

  /** Ids rise with time, as those of the service do. */
  nextId(): string {
    return String((this.#last += 65_536n));
  }
}
