import module from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";
import { answerQuestions } from "./child.ts";
import type { ServerQuestion } from "./questions.ts";

// A server like `rookery start`, web and worker in one process, that also publishes on request: that is how the suite reaches
// the publish door of a running server without signing in.
module.enableCompileCache(join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "rookery", "compiled"));
const { openBenchHouse } = await import("./house.ts");
const { makeWeb, work } = await import("../../core/start.ts");
const { adminRoutes } = await import("../../admin/routes.ts");
const { giveBackMemory } = await import("../../core/cli/give-back.ts");

const house = await openBenchHouse();
giveBackMemory();
const web = makeWeb(house, await adminRoutes(house));
const port = await web.listen(0, "127.0.0.1");
const stop = new AbortController();
// Without a worker when the suite runs the jobs itself.
const { hasWorker } = JSON.parse(process.argv[2]!) as { hasWorker: boolean };
const working = hasWorker ? work(house, stop.signal) : undefined;

process.on("SIGTERM", async () => {
  stop.abort();
  await web.close();
  await working;
  await house.close();
  process.exit(0);
});

answerQuestions<ServerQuestion>(port, async (question) => {
  const { answer } = await import("./questions.ts");
  return answer(house, question);
});
