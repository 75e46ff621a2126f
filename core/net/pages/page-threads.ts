import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { PageQuestion } from "./page-worker.ts";

// Two read as much as two processors can; one page that takes its five seconds does not stop the others.
const most = Math.min(2, availableParallelism());
// Processor time is counted, in milliseconds, for what else a busy machine does is not the page's fault; the clock has the last word.
const [patience, atMost] = [5_000, 30_000];

type Turn = { readonly question: Omit<PageQuestion, "id">; readonly done: (answer: unknown) => void };
type Thread = { worker: Worker | null; isBusy: boolean; asked: number };

const waiting: Turn[] = [];
const threads: Thread[] = [];
let last = 0;

/**
 * Has a page read by a thread of its own; null when that takes more than five seconds of a
 * processor, or it cannot be read.
 */
export function askThread(question: Omit<PageQuestion, "id">): Promise<unknown> {
  return new Promise((done) => {
    waiting.push({ question, done });
    const free = threads.find(({ isBusy }) => !isBusy);
    if (free) next(free);
    else if (threads.length < most) {
      const thread = { worker: null, isBusy: false, asked: 0 };
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
  const own = (thread.worker ??= new Worker(new URL("./page-worker.ts", import.meta.url), {
    // A small young generation is as fast here, and keeps 70 MB free.
    resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
  }));
  own.ref();
  const id = (thread.asked = ++last);
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
  const began = { clock: performance.now(), used: usedBy(own) };
  let timer = setTimeout(look, patience);
  async function look() {
    const used = await Promise.all([usedBy(own), began.used]).then(([now, then]) => now - then);
    if (!thread.isBusy || thread.worker !== own || id !== thread.asked) return;
    if (used >= patience || performance.now() - began.clock >= atMost) onEnd();
    else timer = setTimeout(look, Math.max(500, patience - used));
  }
  own.on("message", onMessage).on("error", onEnd).on("exit", onEnd);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  own.postMessage({ ...turn.question, id } satisfies PageQuestion);
}

// In milliseconds; a thread that is ending has used none.
async function usedBy(worker: Worker): Promise<number> {
  const { user, system } = await worker.cpuUsage().catch(() => ({ user: 0, system: 0 }));
  return (user + system) / 1000;
}
