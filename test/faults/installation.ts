import { type ChildProcess, type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { makeBlogWithOwner } from "../../core/blogs/blogs.ts";
import type { Blog } from "../../core/hooks/values.ts";
import { House } from "../../core/house.ts";
import { createAccount } from "../../core/people/accounts.ts";
import { readSettings } from "../../core/settings/settings.ts";

type Teardown = { teardown(work: () => unknown): void };

const command = fileURLToPath(new URL("../../core/cli/rookery.mjs", import.meta.url));
const silent = () => undefined;

/** An installation in a folder of its own with one blog, for real processes to run. */
export type Installation = {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly blog: Blog;
  /** Opens it in this process for a moment. */
  open<T>(work: (house: House) => Promise<T>): Promise<T>;
};

/** A running `rookery start`; `lines` is all it said so far, on both outputs. */
export type Running = {
  readonly child: ChildProcess;
  readonly port: number;
  readonly lines: string[];
  readonly ended: Promise<number | null>;
  /** Waits until it says something. */
  untilSaid(what: RegExp): Promise<void>;
};

/** Makes an installation; `plugins` are files of plugin folders, by id, and are switched on; `more` is environment. */
export async function install(
  t: Teardown,
  plugins: Readonly<Record<string, string>> = {},
  more: Readonly<Record<string, string>> = {},
): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), "rookery-process-"));
  t.teardown(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  for (const [id, source] of Object.entries(plugins)) {
    mkdirSync(join(folder, "plugins", id), { recursive: true });
    writeFileSync(join(folder, "plugins", id, "plugin.ts"), source);
  }
  const env = { ROOKERY_DATA: folder, ROOKERY_URL: "http://hub.example", ROOKERY_PORT: "0", ...more };
  const open = async <T>(work: (house: House) => Promise<T>): Promise<T> => {
    const house = await House.open(readSettings(env, { cwd: folder }), {
      log: { debug: silent, info: silent, warn: silent, error: silent },
    });
    try {
      return await work(house);
    } finally {
      await house.close();
    }
  };
  const blog = await open(async (house) => {
    const kim = { username: "kim", name: "Kim", role: "admin", passwordHash: null } as const;
    const made = await house.storage.write(async (db) => {
      const { id } = await createAccount(db, kim, house.clock.now());
      return makeBlogWithOwner(db, { name: "kim", title: "Kim", ownerId: id }, house.site, house.clock.now());
    });
    for (const id of Object.keys(plugins)) await house.host.enable(id);
    return made;
  });
  return { folder, env, blog, open };
}

/** Starts the program as a person would, and waits until it says where it is; `preload` runs in it first and may be sent messages. */
export async function start(t: Teardown, { folder, env }: Installation, preload?: string): Promise<Running> {
  const child = spawn(process.execPath, [...(preload ? ["--import", preload] : []), command, "start"], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe", ...(preload ? (["ipc"] as const) : [])],
  }) as ChildProcessByStdio<null, Readable, Readable>;
  t.teardown(() => child.kill("SIGKILL"));
  const ended = once(child, "exit").then(([code]) => code as number | null);
  const lines: string[] = [];
  const waits: { what: RegExp; resolve: () => void }[] = [];
  const untilSaid = (what: RegExp): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    waits.push({ what, resolve });
    if (what.test(lines.join(""))) resolve();
    return promise;
  };
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      lines.push(text);
      for (const { what, resolve } of waits) if (what.test(lines.join(""))) resolve();
    });
  const place = /Rookery is at http:\/\/localhost:(\d+)/;
  const failed = ended.then((code) => {
    throw new Error(`It ended with ${code}: ${lines.join("")}`);
  });
  await Promise.race([untilSaid(place), failed]);
  failed.catch(silent);
  return { child, port: Number(place.exec(lines.join(""))![1]), lines, ended, untilSaid };
}
