import { join } from "node:path";
import { pssOf } from "./child.ts";
import { hangUp } from "./get.ts";
import { median, type Measure } from "./measure.ts";
import { Site } from "./site.ts";
import { idleMemory } from "./start.ts";
import { writeWxr } from "./wxr-file.ts";

/** Memory (PSS) of a server that was just started, and of one that has worked. */
export const measure: Measure = {
  name: "memory",
  about: "Memory of an idle server, and after pages, publishes and an import.",
  async run({ isQuick, say }) {
    const idle: number[] = [];
    for (let round = 0; round < (isQuick ? 1 : 3); round++) idle.push(await idleMemory());
    say("under load …");
    const { after, peak, steps } = await underLoad(isQuick ? 2 : 10);
    return [
      {
        name: "memory, idle",
        value: median(idle),
        unit: "MB",
        target: { atMost: 140 },
        note: "of `rookery start`, first start's page shown",
      },
      { name: "memory, after load", value: after, unit: "MB", target: { atMost: 200 }, note: steps },
      { name: "memory, highest under load", value: peak, unit: "MB", note: "of all these steps" },
    ];
  },
};

async function underLoad(megabytes: number) {
  const site = await Site.open(0);
  const pid = site.server.process.pid!;
  let peak = 0;
  const steps: string[] = [];
  const watch = setInterval(() => (peak = Math.max(peak, pssOf(pid))), 100);
  const step = (name: string) => void steps.push(`${name} ${pssOf(pid).toFixed(0)}`);
  try {
    step("start");
    await site.ask({ ask: "seed", from: 0, until: 2000 });
    step("2,000 posts");
    await site.load({ path: "/", milliseconds: 5000, connections: 64 });
    step("cached");
    await site.load({ path: "/?bench", milliseconds: 5000, connections: 64 });
    step("uncached");
    for (let round = 0; round < 500; round++) await site.ask({ ask: "publish", text: `Heron number ${round} by the weir` });
    step("500 publishes");
    const file = join(site.installation.folder, "export.xml");
    await writeWxr(file, megabytes * 1_000_000);
    await site.ask({ ask: "import", file });
    step("import");
    // A quiet spell: the server gives back what it no longer needs.
    await new Promise((resolve) => setTimeout(resolve, 12_000));
    return { after: pssOf(pid), peak, steps: `MB: ${steps.join(", ")}` };
  } finally {
    clearInterval(watch);
    hangUp();
    await site.close();
  }
}
