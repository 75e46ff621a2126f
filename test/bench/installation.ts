import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../../core/testing/free-port.ts";
import { run } from "./child.ts";

/** The command `rookery`. */
export const rookery = fileURLToPath(new URL("../../core/cli/rookery.mjs", import.meta.url));

/** An installation in a folder of its own, set up as the wizard would: kim, her blog, the usual plugins. */
export type Installation = {
  readonly folder: string;
  readonly port: number;
  readonly env: NodeJS.ProcessEnv;
  /** What a browser sends as Host to reach the blog. */
  readonly host: string;
  remove(): void;
};

/** Makes an installation with nothing on its blog; `more` are settings. */
export async function makeInstallation(more: NodeJS.ProcessEnv = {}): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), "rookery-bench-"));
  const port = await freePort();
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(ROOKERY_|DATABASE_URL|REDIS_URL|MEDIA_URL|PORT$|NODE_OPTIONS)/.test(name),
  );
  const env: NodeJS.ProcessEnv = {
    ...Object.fromEntries(kept),
    ROOKERY_DATA: folder,
    ROOKERY_PORT: String(port),
    ROOKERY_URL: `http://localhost:${port}`,
    LOG_LEVEL: "warn",
    ...more,
  };
  const parameters = [rookery, "init", "--title", "Kim on birds", "--username", "kim", "--password-stdin"];
  await run(process.execPath, parameters, { env, input: "a long walk at dawn" });
  return { folder, port, env, host: `kim.localhost:${port}`, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
