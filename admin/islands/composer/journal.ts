import type { Fields } from "./snapshot.ts";

/** What one opened composer held last, on this device. */
export type Entry = {
  /** Which opened composer. */
  readonly page: string;
  readonly account: string;
  readonly draftKey: string;
  readonly blog: string;
  /** The post, once the server has made one. */
  readonly id: string;
  /** Where its form goes. */
  readonly action: string;
  readonly fields: Fields;
  readonly updatedAt: number;
  readonly baseVersion: string;
  /** The server has all of it, or somebody did not want it back. */
  readonly isSettled: boolean;
};

const week = 7 * 86_400_000;
let opened: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  return (opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("rookery", 1);
    request.addEventListener("upgradeneeded", () => request.result.createObjectStore("drafts", { keyPath: "page" }));
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error!));
  }));
}

async function run<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const transaction = (await open()).transaction("drafts", mode);
  const request = work(transaction.objectStore("drafts"));
  return new Promise((resolve, reject) => {
    transaction.addEventListener("complete", () => resolve(request.result));
    transaction.addEventListener("abort", () => reject(transaction.error ?? request.error!));
  });
}

/** Writes an entry; false when this browser keeps nothing. */
export function write(entry: Entry): Promise<boolean> {
  return run("readwrite", (store) => store.put(entry)).then(
    () => true,
    () => false,
  );
}

/** What is kept on this device, latest first; what the server has had for a week is thrown away. */
export async function entries(): Promise<Entry[]> {
  const all = await run<Entry[]>("readonly", (store) => store.getAll()).catch(() => []);
  const isOld = (entry: Entry) => entry.isSettled && entry.updatedAt < Date.now() - week;
  for (const entry of all.filter(isOld)) void run("readwrite", (store) => store.delete(entry.page));
  return all.filter((entry) => !isOld(entry)).sort((a, b) => b.updatedAt - a.updatedAt);
}

/** Forgets everything. */
export async function forget(): Promise<void> {
  await run("readwrite", (store) => store.clear()).catch(() => undefined);
}
