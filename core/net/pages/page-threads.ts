import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { PageQuestion } from "./page-worker.ts";

// Two read as much as two processors can; one page that takes its five seconds does not stop the others.
const most = Math.min(2, availableParallelism());
// A thread that has to start first takes its time on a busy machine; that is not the page's fault.
const [patience, starting] = [5_000, 15_000];

type Turn = { readonly question: Omit<PageQuestion, "id">; readonly done: (answer: unknown) => void };
type Thread = { worker: Worker | null; isBusy: boolean };

const waiting: Turn[] = [];
const threads: Thread[] = [];
let last = 0;

/** Has a page read by a thread of its own; null when that takes more than five seconds, or it cannot be read. */
export function askThread(question: Omit<PageQuestion, "id">): Promise<unknown> {
  return new Promise((done) => {
    waiting.push({ question, done });
    const free = threads.find(({ isBusy }) => !isBusy);
    if (free) next(free);
    else if (threads.length < most) {
      const thread = { worker: null, isBusy: false };
      threads.push(thread);
      next(thread);
    }
  });
}

function next(thread: Thread): void {
  const turn = waiting.shift();
  // A thread that waits for pages must not keep a command from ending.
  if (!turn) return void thread.worker?.unref();
  thread.isBusy = true;
  const isNew = thread.worker === null;
  const own = (thread.worker ??= new Worker(new URL("./page-worker.ts", import.meta.url), {
    // A small young generation is as fast here, and keeps 70 MB free.
    resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
  }));
  own.ref();
  const id = ++last;
  const settle = (answer: unknown, isOver: boolean) => {
    clearTimeout(timer);
    own.off("message", onMessage).off("error", onEnd).off("exit", onEnd);
    if (isOver) {
      thread.worker = null;
      // What a thread that was ended still throws is nobody's.
      own.on("error", () => undefined);
      void own.terminate();
    }
    thread.isBusy = false;
    turn.done(answer);
    next(thread);
  };
  const onMessage = (said: { id: number; answer: unknown }) => void (said.id === id && settle(said.answer, false));
  const onEnd = () => settle(null, true);
  const timer = setTimeout(onEnd, isNew ? starting + patience : patience);
  own.on("message", onMessage).on("error", onEnd).on("exit", onEnd);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  own.postMessage({ ...turn.question, id } satisfies PageQuestion);
}
