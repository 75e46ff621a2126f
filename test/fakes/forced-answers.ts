type Forced = { readonly name: string; readonly on: string };

/** What tests want a fake service to answer next, in order; each once. */
export class ForcedAnswers {
  #queue: Forced[] = [];
  #held: (() => unknown)[] = [];

  /** `name` is the service's own word for it; `on` (`POST /api/v1/statuses`) keeps it for requests that begin so. */
  add(name: string, on = ""): void {
    this.#queue.push({ name, on });
  }

  /** The next one meant for this request, taken out of the queue; undefined when there is none. */
  take(request: { readonly method: string; readonly path: string }): string | undefined {
    const at = this.#queue.findIndex(({ on }) => `${request.method} ${request.path}`.startsWith(on));
    return at < 0 ? undefined : this.#queue.splice(at, 1)[0]!.name;
  }

  /** Keeps a request back that its sender has given up: it is done when somebody says so, as by a server that was stuck. */
  hold(work: () => unknown): void {
    this.#held.push(work);
  }

  /** Does what was held back; gives how much it was. */
  async release(): Promise<number> {
    const all = this.#held.splice(0);
    for (const work of all) await work();
    return all.length;
  }

  /** Names still waiting. */
  get waiting(): readonly string[] {
    return this.#queue.map(({ name }) => name);
  }
}
