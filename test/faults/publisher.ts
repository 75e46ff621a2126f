// A process for kill.test.ts, which kills it: `node publisher.ts FOLDER DATABASE_URL RUN`. It works on jobs and publishes as
// fast as it can; a line of JSON on stdout says what was acknowledged.
import { listBlogs } from "../../core/blogs/blogs.ts";
import { publish } from "../../core/posts/publish.ts";
import { trash } from "../../core/posts/remove.ts";
import { work } from "../../core/start.ts";
import { openWitnessed } from "./witness.ts";

const [folder = "", databaseUrl = "", run = ""] = process.argv.slice(2);
const house = await openWitnessed(folder, databaseUrl);
const [blog] = await listBlogs(house.storage, house.site, { limit: 1 });
const principal = { accountId: blog!.ownerId, role: "admin", scopes: null } as const;
const scope = () => house.scope({ blog: blog!, via: "test", principal });
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

const stopper = new AbortController();
const worked = work(house, stopper.signal);
// Ends by itself, should the killer be late.
await Promise.all([0, 1, 2].map((lane) => publishOn(`${run}-${lane}`)));
stopper.abort();
await worked;
await house.close();

async function publishOn(lane: string): Promise<void> {
  for (let n = 0; n < 300; n++) {
    const key = `${lane}-${n}`;
    const categories = [`even ${n % 2}`, "all"];
    const made = await publish(scope(), { key, content: `Post ${key}`, title: `About ${n % 7}`, categories });
    if (!made.ok) throw new Error(made.refusal.refuse);
    const { id } = made.post;
    say({ key, id, did: "published" });
    if (n % 5 === 1 && (await publish(scope(), { id, content: `Post ${key} better`, categories: ["all"] })).ok)
      say({ key, id, did: "edited" });
    if (n % 5 === 3 && (await trash(scope(), id))) say({ key, id, did: "trashed" });
  }
}
