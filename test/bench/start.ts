import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { pssOf, stop } from "./child.ts";
import { get, hangUp } from "./get.ts";
import { makeInstallation, rookery, type Installation } from "./installation.ts";
import { median, type Measure } from "./measure.ts";

/** From the command to the first page, the second time on. */
export const measure: Measure = {
  name: "start",
  about: "Start the server a second time, until the blog's home page is there.",
  async run({ isQuick }) {
    const installation = await makeInstallation();
    try {
      const first = await timeOf(installation, process.execPath, [rookery, "start"]);
      const again: number[] = [];
      for (let round = 0; round < (isQuick ? 3 : 7); round++)
        again.push(await timeOf(installation, process.execPath, [rookery, "start"]));
      const npm = await timeOf(installation, "npm", ["start", "--silent"]);
      return [
        {
          name: "second start to first page",
          value: median(again),
          unit: "s",
          target: { atMost: 1 },
          note: `the first ${first.toFixed(2)} s`,
        },
        { name: "npm start to first page", value: npm, unit: "s", note: "npm itself takes its part" },
      ];
    } finally {
      installation.remove();
    }
  },
};

async function timeOf(installation: Installation, program: string, parameters: readonly string[]): Promise<number> {
  const from = performance.now();
  const { child, end } = startServer(installation, program, parameters);
  await firstPage(installation, child);
  const seconds = (performance.now() - from) / 1000;
  hangUp();
  await end();
  return seconds;
}

/** Starts a server by its command, as a person would; a process group of its own, for npm puts a shell in between. */
export function startServer(installation: Installation, program: string, parameters: readonly string[]) {
  const cwd = fileURLToPath(new URL("../../", import.meta.url));
  const child = spawn(program, parameters, { cwd, env: installation.env, stdio: "ignore", detached: true });
  const end = async () => {
    const ended = stop(child);
    if (child.exitCode === null && child.pid) process.kill(-child.pid, "SIGTERM");
    await ended;
  };
  return { child, end };
}

/** Waits for the first 200 of the blog's home page. */
export async function firstPage(installation: Installation, child: ReturnType<typeof spawn>): Promise<void> {
  const where = { port: installation.port, host: installation.host, path: "/" };
  const giveUp = performance.now() + 30_000;
  for (;;) {
    const answer = await get(where).catch((error: NodeJS.ErrnoException) =>
      error.code === "ECONNREFUSED" ? null : Promise.reject(error),
    );
    if (answer?.status === 200) return;
    if (child.exitCode !== null || performance.now() > giveUp)
      throw new Error(`The server does not come up (exit code ${child.exitCode})`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Memory of a server that was just started by its command and has shown one page, in MB. */
export async function idleMemory(): Promise<number> {
  const installation = await makeInstallation();
  const { child, end } = startServer(installation, process.execPath, [rookery, "start"]);
  try {
    await firstPage(installation, child);
    await new Promise((resolve) => setTimeout(resolve, 3000));
    return pssOf(child.pid!);
  } finally {
    hangUp();
    await end();
    installation.remove();
  }
}
