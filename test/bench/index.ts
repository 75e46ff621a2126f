import { PublicError } from "../../core/errors.ts";
import { isKept, type BenchOptions, type Measure, type Reading } from "./measure.ts";
import { json, table } from "./report.ts";
import { measure as cached } from "./cached-page.ts";
import { measure as dashboard } from "./dashboard.ts";
import { measure as install } from "./install.ts";
import { measure as memory } from "./memory.ts";
import { measure as micropub } from "./micropub.ts";
import { measure as photo } from "./photo-upload.ts";
import { measure as publish } from "./publish.ts";
import { measure as rendering } from "./rendering.ts";
import { measure as sources } from "./sources.ts";
import { measure as start } from "./start.ts";
import { measure as themes } from "./themes.ts";
import { measure as timeline } from "./timeline.ts";
import { measure as uncached } from "./uncached-page.ts";
import { measure as webmentions } from "./webmentions.ts";
import { measure as wordpressImport } from "./wordpress-import.ts";

const measures: readonly Measure[] = [
  cached,
  uncached,
  publish,
  micropub,
  webmentions,
  timeline,
  sources,
  wordpressImport,
  photo,
  dashboard,
  memory,
  start,
  rendering,
  themes,
  install,
];

/**
 * Runs the suite, or the measures named, and prints a table, or with `--json` an array; `--quick` is for a look, `--install`
 * adds the one that needs the registry. Gives 1 when a measure could not be taken; falling short of a target is told, not an error.
 */
export async function runBench(parameters: readonly string[]): Promise<number> {
  const has = (name: string) => parameters.includes(`--${name}`);
  const unknown = parameters.find((word) => word.startsWith("--") && !["--json", "--quick", "--install"].includes(word));
  if (unknown) throw new PublicError("bench.option", `There is no option ${unknown}: --json, --quick and --install are all.`);
  const options: BenchOptions = { isQuick: has("quick"), say: (line) => console.error(line) };
  const { readings, failures } = await take(
    chosen(
      parameters.filter((word) => !word.startsWith("--")),
      has("install"),
    ),
    options,
  );
  console.log(has("json") ? json(readings) : table(readings));
  const short = readings.filter((reading) => isKept(reading) === false).length;
  if (failures > 0) options.say(`${failures} could not be measured.`);
  options.say(short === 0 ? "Every target measured is kept." : `${short} of ${readings.length} fall short.`);
  return failures > 0 ? 1 : 0;
}

function chosen(names: readonly string[], withInstall: boolean): readonly Measure[] {
  const unknown = names.find((name) => !measures.some((measure) => measure.name === name));
  if (unknown) {
    const list = measures.map(({ name, about }) => `  ${name.padEnd(10)} ${about}`);
    throw new PublicError("bench.unknown", `There is no measure “${unknown}”. There are:\n${list.join("\n")}`);
  }
  if (names.length > 0) return measures.filter(({ name }) => names.includes(name));
  return measures.filter(({ isOnDemand }) => !isOnDemand || withInstall);
}

async function take(wanted: readonly Measure[], options: BenchOptions): Promise<{ readings: Reading[]; failures: number }> {
  const readings: Reading[] = [];
  let failures = 0;
  for (const measure of wanted) {
    options.say(`${measure.name}: ${measure.about}`);
    try {
      readings.push(...(await measure.run(options)));
    } catch (error) {
      // One measure that cannot be taken does not cost the others.
      failures++;
      options.say(
        `${measure.name} could not be measured: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
    }
  }
  return { readings, failures };
}
