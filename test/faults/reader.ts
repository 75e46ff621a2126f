import { Agent, request } from "node:http";

/** One whole answer to a reader. */
export type Read = {
  readonly status: number;
  readonly etag: string;
  readonly text: string;
  readonly retryAfter: string | undefined;
};

/** Where a reader reads, and over which connection. */
export type ReadFrom = { readonly port: number; readonly host: string; readonly agent?: Agent };

/** Reads one page; fails on a broken connection and on a body that is shorter than was said. */
export function read(from: ReadFrom, path: string, headers: Record<string, string> = {}): Promise<Read> {
  return new Promise((resolve, reject) => {
    const { port, host, agent } = from;
    const asked = request({ host: "127.0.0.1", port, path, headers: { host, ...headers }, agent: agent ?? false }, (response) => {
      const pieces: Buffer[] = [];
      response.on("data", (piece: Buffer) => pieces.push(piece));
      response.on("error", reject);
      response.on("end", () => {
        const body = Buffer.concat(pieces);
        const said = response.headers["content-length"];
        if (!response.complete || (said !== undefined && Number(said) !== body.byteLength && response.statusCode !== 304))
          return reject(new Error(`${path}: ${body.byteLength} bytes of ${said}`));
        resolve({
          status: response.statusCode!,
          etag: response.headers.etag ?? "",
          text: body.toString("utf8"),
          retryAfter: response.headers["retry-after"],
        });
      });
    });
    asked.on("error", reject);
    asked.end();
  });
}

/** Several readers who never stop reading until `stop`; `check` looks at every answer and says what is wrong with it, or null. */
export class Readers {
  readonly failures: string[] = [];
  count = 0;
  readonly #waits: { count: number; resolve: () => void }[] = [];
  #isStopped = false;
  readonly #work: Promise<unknown>;
  readonly #agents: Agent[] = [];

  constructor(from: ReadFrom, paths: readonly string[], check: (path: string, answer: Read) => string | null, connections = 4) {
    const reading: Promise<void>[] = [];
    for (let number = 0; number < connections; number++) {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      this.#agents.push(agent);
      reading.push(this.#run({ ...from, agent }, { paths, check, number }));
    }
    this.#work = Promise.all(reading);
  }

  /** Waits until that many more answers came. */
  async more(answers: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waits.push({ count: this.count + answers, resolve });
    await promise;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#work;
    for (const agent of this.#agents) agent.destroy();
  }

  async #run(
    from: ReadFrom,
    plan: { paths: readonly string[]; check: (path: string, answer: Read) => string | null; number: number },
  ): Promise<void> {
    const etags = new Map<string, string>();
    for (let turn = plan.number; !this.#isStopped; turn++) {
      const path = plan.paths[turn % plan.paths.length]!;
      const etag = etags.get(path);
      const headers: Record<string, string> = turn % 3 === 0 && etag ? { "if-none-match": etag } : {};
      try {
        const answer = await read(from, path, headers);
        if (answer.etag) etags.set(path, answer.etag);
        const wrong = plan.check(path, answer);
        if (wrong !== null) this.failures.push(`${path}: ${wrong}`);
      } catch (error) {
        this.failures.push(`${path}: ${String(error)}`);
      }
      this.count++;
      for (const wait of this.#waits) if (this.count >= wait.count) wait.resolve();
    }
  }
}
