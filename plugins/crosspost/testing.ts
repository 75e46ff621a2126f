import type { ExecutionContext, TestFn } from "ava";
import type { Json } from "rookery/plugin";
import type { Composed, CrosspostErrorKind, CrosspostService, ServiceRequest } from "./api.ts";
import { CrosspostError } from "./api.ts";
import { samples } from "./samples.testing.ts";

/** A post as the fake server holds it. */
export type HeldPost = {
  readonly text: string;
  readonly images: readonly { readonly alt: string }[];
  /** Addresses of links and cards that are not in the text. */
  readonly links?: readonly string[];
};

/** What a fake server can be told to do to the next request it concerns, once (`revoked` and `down` last). */
export type Fault =
  /** The create is done, its answer never arrives. */
  | "lost"
  /** The create answers 5xx and is not done. */
  | "busy"
  /** The create answers that there were too many; the service says when to come again. */
  | "rate"
  /** The create is refused because of its content. */
  | "refused"
  /** The token is over and can be renewed by the service itself. Left out where tokens never end. */
  | "expired"
  /** The account took its permission back. */
  | "revoked"
  /** Nothing answers. */
  | "down";

/** A service with one connected account on a fake server. */
export type ServiceOnFake = {
  readonly service: CrosspostService;
  readonly account: string;
  /** What the fake holds now, oldest first. */
  posts(): readonly HeldPost[] | Promise<readonly HeldPost[]>;
  /** How each fault is brought about; those left out are not tried. */
  readonly faults: { readonly [name in Fault]?: () => void | Promise<void> };
};

/**
 * What every service of crosspost keeps, as tests against a fake server: what arrives is what was composed, errors are told in the
 * classes that decide what happens next, and no way of failing makes a second copy.
 * @since 1
 */
export function crosspostServiceContract(
  test: TestFn,
  name: string,
  open: (t: ExecutionContext) => Promise<ServiceOnFake>,
): void {
  const scenario = (title: string, run: (t: ExecutionContext, fake: ServiceOnFake, tries: Tries) => Promise<unknown>) =>
    test(`${name}: ${title}`, async (t) => {
      const fake = await open(t);
      await run(t, fake, triesOf(fake));
    });

  scenario("its account is listed with limits", async (t, { service, account }) => {
    const found = (await service.accounts()).find(({ id }) => id === account);
    t.truthy(found);
    t.regex(found!.id, /^[\x21-\x7e]{1,80}$/);
    t.true(found!.limits.text > 0 && found!.limits.images >= 0 && found!.name !== "");
    await service.verify?.(account);
  });

  for (const [what, composed] of Object.entries(samples))
    scenario(`${what} arrives as it was composed`, async (t, fake, { send }) => {
      const { limits } = (await fake.service.accounts()).find(({ id }) => id === fake.account)!;
      const fitting = { ...composed, images: composed.images.slice(0, limits.images) };
      const sent = await send(fitting);
      if (sent.url !== undefined) t.regex(sent.url, /^https?:\/\//);
      const [post, ...more] = await fake.posts();
      t.is(more.length, 0);
      t.is(post!.text, fitting.text);
      if (limits.alt !== undefined)
        t.deepEqual(
          post!.images.map(({ alt }) => alt),
          fitting.images.map(({ alt }) => alt),
        );
      for (const { url } of limits.facets ? fitting.facets : []) t.true(post!.links?.includes(url), `${url} is a link`);
    });

  scenario("the same copy asked for twice is one", async (t, fake, { send, last }) => {
    const sent = await send(samples.text);
    const found = await fake.service.find?.({ ...last(), attempt: 2, copy: last().copy ?? sent.copy });
    if (fake.service.find) t.truthy(found);
    t.is((await fake.posts()).length, 1);
  });

  scenario("a create whose answer was lost is found, or nobody claims to know", async (t, fake, { send, last }) => {
    if (!fake.faults.lost) return t.pass("not tried");
    await fake.faults.lost();
    const error = await t.throwsAsync(() => send(samples.text).then(() => Promise.reject(new Found())));
    t.is((await fake.posts()).length, 1);
    if (error instanceof Found) return;
    t.is(kindOf(error), "unknown");
    if (!fake.service.find) return;
    const found = await fake.service.find({ ...last(), attempt: 2 });
    t.truthy(found, "it is there, so find gives it");
    t.is((await fake.posts()).length, 1);
  });

  const refusal = (fault: Fault, kinds: readonly CrosspostErrorKind[]) =>
    scenario(`${fault} is told as ${kinds.join(" or ")}, and leaves nothing behind`, async (t, fake, { send, last }) => {
      const make = fake.faults[fault];
      if (!make) return t.pass("not tried");
      await make();
      const error = await t.throwsAsync(() => send(samples.text));
      t.true(kinds.includes(kindOf(error)!), `${kindOf(error)}: ${error.message}`);
      t.regex(error.message, /\S+ \S+/, "a sentence for the owner");
      if (fault === "rate") t.false(Number.isNaN(Date.parse((error as CrosspostError).retryAt ?? "")));
      if (fault === "revoked" || fault === "down") return;
      t.is((await fake.posts()).length, 0);
      if (fake.service.find) t.is(await fake.service.find({ ...last(), attempt: 2 }), null);
      if (fault === "refused") return;
      await send(samples.text, last().copy, 2);
      t.is((await fake.posts()).length, 1);
    });
  refusal("busy", ["transient", "unknown"]);
  refusal("rate", ["rate"]);
  refusal("refused", ["permanent"]);
  refusal("revoked", ["auth"]);
  refusal("down", ["transient"]);

  scenario("a token that is over is renewed without a word", async (t, fake, { send }) => {
    if (!fake.faults.expired) return t.pass("not tried");
    await fake.faults.expired();
    await send(samples.photo);
    t.is((await fake.posts()).length, 1);
  });

  scenario("a copy is changed where the service can, and removed, twice in peace", async (t, fake, { send, last }) => {
    const { copy } = await send(samples.text);
    const request = { ...last(), copy };
    const { limits } = (await fake.service.accounts()).find(({ id }) => id === fake.account)!;
    t.is(limits.edit === true, fake.service.update !== undefined);
    t.is(limits.delete === true, fake.service.remove !== undefined);
    if (fake.service.update) {
      await fake.service.update({ ...request, composed: { ...samples.text, text: "Changed" } });
      t.deepEqual(
        (await fake.posts()).map(({ text }) => text),
        ["Changed"],
      );
    }
    if (!fake.service.remove) return;
    await fake.service.remove(request);
    await fake.service.remove(request);
    t.deepEqual(await fake.posts(), []);
  });
}

type Tries = {
  /** One try; what it wrote down by `progress` is kept for the next. */
  send(composed: Composed, copy?: Json, attempt?: number): ReturnType<CrosspostService["publish"]>;
  /** The request of the last try, with its progress. */
  last(): ServiceRequest;
};

function triesOf({ service, account }: ServiceOnFake): Tries {
  let request: ServiceRequest | undefined;
  return {
    send(composed, copy = null, attempt = 1) {
      const progress = async (written: Json) => void (request = { ...request!, copy: written });
      request = { account, composed, key: "01JKEY-1", attempt, copy, progress };
      return service.publish(request);
    },
    last: () => request!,
  };
}

class Found extends Error {}

const kindOf = (error: unknown): CrosspostErrorKind | undefined => (error instanceof CrosspostError ? error.kind : undefined);
