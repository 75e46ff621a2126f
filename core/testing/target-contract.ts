import type { TestFn } from "ava";
import { listTargets, previewOf, ruleOf } from "../host/targets/list-targets.ts";
import type { Post } from "../hooks/values.ts";
import { askCopies } from "../posts/targets/follow-post.ts";
import { copiesOf } from "../posts/targets/target-rows.ts";
import { open, type ContractOptions } from "./contract/contract-host.ts";
import type { TestHost, TestHostOptions } from "./test-host.ts";

/** How the test drives the service that copies go to. */
export type TargetContractOptions = ContractOptions & {
  /** Plugins that require it and without which it has no target: there and switched on in every host. */
  readonly dependents?: NonNullable<TestHostOptions["plugins"]>;
  /** Connects an account and scripts the service; gives the target's id as drafts choose it: `plugin/account`. */
  prepare(host: TestHost): string | Promise<string>;
  /** How many copies the service holds now. */
  copies(host: TestHost): number | Promise<number>;
  /** Makes the service fail the next try: for now (a 503), or for good (a 422). */
  failNext(host: TestHost, how: "for now" | "for good"): void | Promise<void>;
};

/**
 * What every target for copies keeps, as tests: what it says of itself is sound; a copy is made once, when the time for Undo is
 * over, however often it is tried and wherever the process ends; failures are told apart; a copy is changed and removed with
 * its post; off, nothing is sent.
 * @since 1
 */
export function crosspostTargetContract(test: TestFn, folder: string, options: TargetContractOptions): void {
  const id = folder.replace(/\/+$/, "").split("/").at(-1)!;
  const begin = async (t: Parameters<typeof open>[0]) => {
    const { dependents = [] } = options;
    const host = await open(t, folder, options, { isWatched: false, dependents });
    for (const one of [id, ...dependents.map(idOf)]) await host.house.host.enable(one);
    const target = await options.prepare(host);
    return { host, target, publish: () => host.publish({ text: "Hello from the garden", targets: [{ target }] }) };
  };

  test(`${id}: its targets, rules and previews are sound`, async (t) => {
    const { host, target } = await begin(t);
    const found = (await listTargets(host.scope())).find((one) => one.uid === target)!;
    t.truthy(found, `${target} is among the targets`);
    t.regex(found.uid.slice(found.uid.indexOf("/") + 1), /^[!-~]{1,100}$/, "an id of printable ASCII");
    t.true(found.service !== "" && found.account !== "", "it has names");
    const long = await host.publish({ text: "A long text with words. ".repeat(200) });
    t.is(typeof (await ruleOf(host.scope(), found, long)).isOn, "boolean");
    const preview = await previewOf(host.scope(), found, long);
    const { chars } = found.limits;
    if (chars !== undefined) t.true([...(preview?.text ?? "")].length <= chars, "a preview keeps the limit");
    t.deepEqual(host.failures(), []);
  });

  test(`${id}: a copy is made once, when the time for Undo is over; what is undone is never sent`, async (t) => {
    const { host, publish } = await begin(t);
    const undone = await publish();
    await host.undoPublish(undone);
    const post = await publish();
    await host.runJobs();
    t.is(await options.copies(host), 0, "nothing leaves before the time for Undo is over");
    t.deepEqual(await states(host, post), ["waiting"]);
    await later(host);
    await later(host);
    t.deepEqual(await states(host, post), ["sent"]);
    t.is(await options.copies(host), 1);
    const [copy] = await copiesOf(host.scope(), [post.id]);
    if (copy!.url) t.deepEqual((await host.stored(post))!.properties.syndication, [copy!.url]);
    t.deepEqual(host.failures(), []);
  });

  test(`${id}: what fails for now is tried again; what fails for good says why, until somebody presses Retry`, async (t) => {
    const { host, publish } = await begin(t);
    await options.failNext(host, "for now");
    const post = await publish();
    await later(host);
    t.deepEqual(await states(host, post), ["waiting"]);
    t.not((await copiesOf(host.scope(), [post.id]))[0]!.reason, "", "it says what is the matter");
    await later(host, { hours: 3 });
    t.deepEqual(await states(host, post), ["sent"]);
    t.is(await options.copies(host), 1);

    await options.failNext(host, "for good");
    const refused = await publish();
    await later(host);
    t.deepEqual(await states(host, refused), ["failed"]);
    t.not((await copiesOf(host.scope(), [refused.id]))[0]!.reason, "", "it says why");
    await later(host, { days: 2 });
    t.is(await options.copies(host), 1, "nothing is tried again by itself");
    await act(host, refused, "send");
    t.deepEqual(await states(host, refused), ["sent"]);
    t.is(await options.copies(host), 2);
  });

  test(`${id}: a process that ends after the service took the copy, and before that was written down, makes no second one`, async (t) => {
    const { host, publish } = await begin(t);
    const post = await publish();
    const progressOf = watchProgress(host, post);
    await later(host);
    t.is(await options.copies(host), 1);
    // What the row says when the process ended in the middle of the first try: what the try had written down is there.
    await host.house.storage.write((db) =>
      db.run("UPDATE post_targets SET state = 'waiting', attempts = 1, url = '', copy = ? WHERE post_id = ?", [
        progressOf(),
        post.id,
      ]),
    );
    await act(host, post, "send");
    t.is(await options.copies(host), 1, "still one copy");
    t.true(["sent", "unknown"].includes((await states(host, post))[0]!), "it is found again, or says that nobody knows");
  });

  test(`${id}: a copy is changed and removed with its post, twice as well as once; off, nothing is sent`, async (t) => {
    const { host, target, publish } = await begin(t);
    const { limits } = (await listTargets(host.scope())).find((one) => one.uid === target)!;
    const post = await publish();
    await later(host);
    if (limits.edit) {
      await host.edit(post, { text: "Hello again" });
      await act(host, post, "update");
      t.deepEqual(await states(host, post), ["sent"]);
      t.is(await options.copies(host), 1);
    }
    if (limits.delete) {
      await act(host, post, "remove");
      t.deepEqual(await states(host, post), ["removed"]);
      t.is(await options.copies(host), 0);
      await host.house.storage.write((db) => db.run("UPDATE post_targets SET state = 'sent' WHERE post_id = ?", [post.id]));
      await act(host, post, "remove");
      t.deepEqual(await states(host, post), ["removed"], "a copy that is gone counts as removed");
    }
    const before = await options.copies(host);
    const silent = await publish();
    for (const one of [...(options.dependents ?? []).map(idOf), id]) await host.house.host.disable(one);
    await later(host, { hours: 1 });
    t.is(await options.copies(host), before, "off, it sends nothing");
    t.notDeepEqual(await states(host, silent), ["sent"]);
  });
}

async function later(host: TestHost, by: Temporal.DurationLike = { minutes: 2 }): Promise<void> {
  host.clock.advance(by);
  await host.runJobs();
}

// The last that a try wrote down of a copy before the service's answer was known.
function watchProgress({ house: { storage } }: TestHost, { id }: Post): () => string {
  let last = "null";
  const write = storage.write.bind(storage);
  storage.write = async (work) => {
    const done = await write(work);
    const rows = await storage.query("SELECT copy FROM post_targets WHERE post_id = ? AND state = 'waiting'", [id]);
    if (rows[0]) last = String(rows[0].copy);
    return done;
  };
  return () => last;
}

const idOf = (one: NonNullable<TargetContractOptions["dependents"]>[number]) => ("plugin" in one ? one.plugin : one).id;

async function states(host: TestHost, post: Post): Promise<string[]> {
  return (await copiesOf(host.scope(), [post.id])).map((copy) => copy.state);
}

async function act(host: TestHost, post: Post, action: "send" | "update" | "remove"): Promise<void> {
  const scope = host.scope();
  await scope.storage.write(async (db) => askCopies(scope, db, await copiesOf(scope, [post.id]), action));
  await host.runJobs();
}
