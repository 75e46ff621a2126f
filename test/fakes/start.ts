import { listen, type FakeService } from "./fake-server.ts";
import { FakeBluesky } from "./bluesky/fake-bluesky.ts";
import { FakeMastodon } from "./mastodon/mastodon.ts";
import { MovableClock } from "./movable-clock.ts";

const makers: Readonly<Record<string, (options: object) => FakeService>> = {
  bluesky: (options) => new FakeBluesky(options),
  mastodon: (options) => new FakeMastodon(options),
};

// node test/fakes/start.ts mastodon '{"text":5000}' — prints the address it listens on, one line, and stays until it is ended.
const [name = "", options = "{}"] = process.argv.slice(2);
const make = makers[name];
if (!make) throw new Error(`There is no fake “${name}”; there are: ${Object.keys(makers).join(", ")}`);
const clock = new MovableClock();
const { url } = await listen(make({ now: clock.now, ...(JSON.parse(options) as object) }), 0, clock);
process.stdout.write(`${url}\n`);
