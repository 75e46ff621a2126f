import { Child } from "./child.ts";
import { makeInstallation, type Installation } from "./installation.ts";
import type { Load, LoadResult } from "./load.ts";
import type { ServerQuestion } from "./questions.ts";
// @ts-expect-error plain JavaScript, because it runs on the machine's own Node
import { servingFlags } from "../../core/cli/serving-flags.mjs";

/** A running Rookery of the suite's own, with the load generator beside it. */
export class Site {
  readonly installation: Installation;
  readonly server: Child;
  readonly port: number;
  readonly #load: Child;

  private constructor(installation: Installation, server: Child, port: number, load: Child) {
    this.installation = installation;
    this.server = server;
    this.port = port;
    this.#load = load;
  }

  /** Starts one with that many posts on its blog; `flags` are for Node, besides those that serving processes have; `env` are settings. */
  static async open(
    posts: number,
    { flags = [] as readonly string[], hasWorker = true, env = {} as NodeJS.ProcessEnv } = {},
  ): Promise<Site> {
    const installation = await makeInstallation(env);
    const { child, ready } = await Child.start<number>(
      "server.ts",
      { hasWorker },
      { flags: [...servingFlags, ...flags], env: installation.env },
    );
    const { child: load } = await Child.start<null>("load.ts", null);
    const site = new Site(installation, child, ready, load);
    if (posts > 0) await site.ask({ ask: "seed", from: 0, until: posts });
    return site;
  }

  ask<Answer>(question: ServerQuestion): Promise<Answer> {
    return this.server.ask<Answer>(question);
  }

  /** Loads an address of the blog, or of another server on that port. */
  load(wanted: Pick<Load, "path" | "milliseconds"> & Partial<Load>): Promise<LoadResult> {
    return this.#load.ask<LoadResult>({ port: this.port, host: this.installation.host, connections: 16, ...wanted });
  }

  async close(): Promise<void> {
    await this.#load.stop();
    await this.server.stop();
    this.installation.remove();
  }
}
