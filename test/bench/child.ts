import { type ChildProcess, fork, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const patience = 300_000;

/** A process of the suite that answers questions. */
export class Child {
  readonly process: ChildProcess;
  #asked: Promise<unknown> = Promise.resolve();

  private constructor(process: ChildProcess) {
    this.process = process;
  }

  /** Starts a file of this folder in a process of its own, and waits until it says that it is ready. */
  static async start<Ready>(
    file: string,
    settings: unknown,
    options: { flags?: readonly string[]; env?: NodeJS.ProcessEnv } = {},
  ): Promise<{ child: Child; ready: Ready }> {
    const path = fileURLToPath(new URL(file, import.meta.url));
    const forked = fork(path, [JSON.stringify(settings)], {
      execArgv: [...(options.flags ?? [])],
      env: options.env ?? process.env,
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    const child = new Child(forked);
    return { child, ready: (await answerOf(forked)) as Ready };
  }

  /** Sends a question and gives the answer; questions wait for each other. */
  ask<Answer>(question: unknown): Promise<Answer> {
    const answer = this.#asked.then(() => {
      const coming = answerOf(this.process);
      this.process.send(question as object);
      return coming;
    });
    this.#asked = answer.catch(() => undefined);
    return answer as Promise<Answer>;
  }

  /** Ends the process and waits for its end. */
  async stop(): Promise<void> {
    await stop(this.process);
  }
}

/** Answers questions in a child: what `answer` gives or throws goes back. Call it once, with the answer to the start. */
export function answerQuestions<Question>(ready: unknown, answer: (question: Question) => unknown): void {
  process.on("message", (question) => {
    Promise.resolve()
      .then(() => answer(question as Question))
      .then(
        (value) => process.send!({ value: value ?? null }),
        (error: unknown) => process.send!({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
      );
  });
  process.on("disconnect", () => process.exit());
  process.send!({ value: ready });
}

/** Runs a program and gives what it printed; throws what it said when it fails. */
export async function run(
  program: string,
  parameters: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; input?: string } = {},
): Promise<string> {
  const child = spawn(program, parameters, { cwd: options.cwd, env: options.env, stdio: ["pipe", "pipe", "pipe"] });
  const printed: Buffer[] = [];
  child.stdout.on("data", (part: Buffer) => printed.push(part));
  child.stderr.on("data", (part: Buffer) => printed.push(part));
  child.stdin.end(options.input ?? "");
  const code = await new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
  const output = Buffer.concat(printed).toString();
  if (code !== 0) throw new Error(`${program} ${parameters.join(" ")} ended with ${code}: ${output}`);
  return output;
}

/** Ends a process we started, kindly at first. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGTERM");
  const force = setTimeout(() => child.kill("SIGKILL"), 12_000);
  await ended;
  clearTimeout(force);
}

/** Memory of a process in MB: its own pages and its share of those it shares (Linux). */
export function pssOf(pid: number): number {
  const line = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"));
  return Number(line![1]) / 1000;
}

/** Processor time of a process so far, in milliseconds (Linux, 10 ms steps). */
export function processorTimeOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function answerOf(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const end = (work: () => void) => {
      clearTimeout(timer);
      child.off("message", onMessage).off("exit", onExit).off("error", onError);
      work();
    };
    const onMessage = (message: unknown) => {
      const { value, failure } = message as { value?: unknown; failure?: string };
      end(() => (failure === undefined ? resolve(value) : reject(new Error(failure))));
    };
    const onExit = (code: number | null) => end(() => reject(new Error(`A process of the suite ended with ${code}`)));
    const onError = (error: Error) => end(() => reject(error));
    const timer = setTimeout(() => end(() => reject(new Error("A process of the suite does not answer"))), patience);
    child.on("message", onMessage).on("exit", onExit).on("error", onError);
  });
}
