import { spawn } from "node:child_process";
import dns from "node:dns";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../../../core/testing/free-port.ts";
import { endThread } from "../../journeys/end-thread.ts";
import { startServer, type RunningServer } from "../../journeys/server.ts";

endThread();

type Teardown = { teardown(work: () => unknown): void };

/** A real server with kim and her blog, set up by the commands an operator uses. */
export type ConformServer = {
  readonly server: RunningServer;
  /** Address of the blog's home page, where every test begins. */
  readonly page: string;
  /** Keys of apps, in the order of the scopes asked for. */
  readonly tokens: readonly string[];
  /** Runs a command beside the server, as its operator would. */
  rookery(words: readonly string[]): Promise<string>;
};

const command = fileURLToPath(new URL("../../../core/cli/rookery.mjs", import.meta.url));

/**
 * Starts one, with a key for each text of scopes; `plugins` are switched on besides those of the usual set, `env` is for the server,
 * `prepare` may change its data before, `before` sets something before it, as a proxy stands, and gives the port that others know.
 * Names under localhost lead to this machine from here on.
 */
export async function conformServer(
  t: Teardown,
  scopes: readonly string[],
  more: {
    plugins?: readonly string[];
    env?: Record<string, string>;
    prepare?: (data: string) => void;
    before?: (port: number) => Promise<number>;
  } = {},
): Promise<ConformServer> {
  reachLocalhost();
  const data = mkdtempSync(join(tmpdir(), "rookery-conform-"));
  t.teardown(() => rmSync(data, { recursive: true, force: true }));
  const port = await freePort();
  const url = `http://localhost:${more.before ? await more.before(port) : port}`;
  const env = { ROOKERY_DATA: data, ROOKERY_URL: url, ROOKERY_PORT: String(port), LOG_LEVEL: "error" };
  const init = ["init", "--title", "Kim", "--username", "kim", "--password-stdin"];
  const page = (await rookery(init, env, "correct horse battery 9")).trim().split("\n").at(-1)!;
  const tokens: string[] = [];
  for (const scope of scopes)
    tokens.push((await rookery(["token", "create", "--username", "kim", "--scope", scope], env)).trim());
  for (const id of more.plugins ?? []) await rookery(["plugin", "enable", id, "--yes"], env);
  more.prepare?.(data);
  const server = await startServer(t, { data, port, env: { ROOKERY_URL: url, ...more.env } });
  return { server, page, tokens, rookery: (words) => rookery(words, env) };
}

function rookery(words: readonly string[], env: Record<string, string>, input = ""): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [command, ...words], { env: { ...process.env, ...env } });
    let [said, wrong] = ["", ""];
    child.stdout.on("data", (piece: Buffer) => (said += piece.toString()));
    child.stderr.on("data", (piece: Buffer) => (wrong += piece.toString()));
    child.once("error", reject);
    child.once("exit", (code) => (code === 0 ? resolve(said) : reject(new Error(`rookery ${words[0]}: ${wrong || said}`))));
    child.stdin.end(`${input}\n`);
  });
}

// Browsers know them by themselves (RFC 6761); what else asks through the system may not.
function reachLocalhost(): void {
  const usual = dns.lookup;
  const ours = (name: string, ...rest: unknown[]) =>
    (usual as (...all: unknown[]) => void)(name.endsWith(".localhost") ? "127.0.0.1" : name, ...rest);
  dns.lookup = ours as typeof dns.lookup;
}
