/** A recording on this device, as long as the library does not have it. */
export type KeptRecording = {
  readonly id: string;
  readonly account: string;
  readonly type: string;
  readonly startedAt: number;
  /** How long it is so far. */
  readonly seconds: number;
};

let opened: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  return (opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("rookery-recordings", 1);
    request.addEventListener("upgradeneeded", () => {
      request.result.createObjectStore("recordings", { keyPath: "id" });
      request.result.createObjectStore("pieces", { autoIncrement: true }).createIndex("of", "of");
    });
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error!));
  }));
}

type Stores = (name: "recordings" | "pieces") => IDBObjectStore;

async function run<T>(mode: IDBTransactionMode, work: (stores: Stores) => IDBRequest<T>): Promise<T> {
  const transaction = (await open()).transaction(["recordings", "pieces"], mode);
  const request = work((name) => transaction.objectStore(name));
  return new Promise((resolve, reject) => {
    transaction.addEventListener("complete", () => resolve(request.result));
    transaction.addEventListener("abort", () => reject(transaction.error ?? request.error!));
  });
}

/** Keeps the next piece of a recording; false when this browser keeps nothing. */
export function keepPiece(recording: KeptRecording, piece: Blob): Promise<boolean> {
  const both = (stores: Stores) => {
    stores("recordings").put(recording);
    return stores("pieces").add({ of: recording.id, piece });
  };
  return run("readwrite", both).then(
    () => true,
    () => false,
  );
}

/** The recordings of somebody on this device that no open page holds, latest first. */
export async function keptRecordings(account: string): Promise<KeptRecording[]> {
  const all = await run<KeptRecording[]>("readonly", (stores) => stores("recordings").getAll()).catch(() => []);
  const held = new Set((await navigator.locks?.query())?.held?.map(({ name }) => name));
  const free = all.filter((one) => one.account === account && !held.has(lockOf(one.id)));
  return free.sort((a, b) => b.startedAt - a.startedAt);
}

/** Whether this device has a recording that no library has, in this page and others too. */
export async function isAnythingKept(): Promise<boolean> {
  return run<number>("readonly", (stores) => stores("recordings").count()).then(
    (count) => count > 0,
    () => false,
  );
}

/** What there is of a recording, as one file. */
export async function soundOf({ id, type }: KeptRecording): Promise<Blob> {
  const pieces = await run<{ piece: Blob }[]>("readonly", (stores) => stores("pieces").index("of").getAll(id));
  return new Blob(
    pieces.map(({ piece }) => piece),
    { type },
  );
}

/** Forgets a recording; without an id, all of them. */
export async function forgetRecording(id?: string): Promise<void> {
  const work = (stores: Stores) => {
    if (id === undefined) {
      stores("pieces").clear();
      return stores("recordings").clear() as IDBRequest<unknown>;
    }
    const pieces = stores("pieces").index("of").openCursor(IDBKeyRange.only(id));
    pieces.addEventListener("success", () => {
      pieces.result?.delete();
      pieces.result?.continue();
    });
    return stores("recordings").delete(id) as IDBRequest<unknown>;
  };
  await run("readwrite", work).catch(() => undefined);
}

/** Says that this page works on a recording, until it is closed. */
export function holdRecording(id: string): void {
  void navigator.locks?.request(lockOf(id), () => new Promise(() => undefined));
}

const lockOf = (id: string) => `rk-recording ${id}`;
