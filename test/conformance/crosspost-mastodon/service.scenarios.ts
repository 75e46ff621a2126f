import test from "ava";
import { readCrosspost, type Composed, type ServiceRequest } from "../../fakes/crosspost-api.ts";
import { createGuardedFetch } from "../../../core/net/guarded-fetch.ts";
import { listen, type FakeService } from "../../fakes/fake-server.ts";
import { disconnect } from "../../../core/host/connections/disconnect.ts";
import { FakeMastodon } from "../../fakes/mastodon/mastodon.ts";
import { bridge } from "../../fakes/bridge.ts";
import { install, type Installed } from "./installed.testing.ts";

const { CrosspostError, samples, crosspostServiceContract } = (await readCrosspost())!;

const create = "POST /api/v1/statuses";
const kim = "@kim@birds.example";

crosspostServiceContract(test, "mastodon", async (t) => {
  const { host, server, service, connect } = await install(t);
  const account = await connect("@kim@birds.example");
  const { held, forced } = server;
  const alt = (id: string) => ({ alt: held.media.find((one) => one.id === id)!.description });
  return {
    service,
    account,
    posts: () => held.statuses.map(({ text, mediaIds }) => ({ text, images: mediaIds.map(alt) })),
    faults: {
      lost: () => forced.add("timeout-after-create", create),
      busy: () => forced.add("500", create),
      rate: () => forced.add("429-reset", create),
      refused: () => server.change({ text: 5 }),
      revoked: () => held.tokens.forEach((one) => (one.isOver = true)),
      down: () => host.network.on("* https://birds.example/*", { fails: "unreachable" }),
    },
  };
});

/** Tries of one copy, with what each wrote down. */
function tries({ service }: Installed, composed: Composed = samples.text) {
  let copy: ServiceRequest["copy"] = null;
  let attempt = 0;
  const request = (): ServiceRequest => ({
    account: kim,
    composed,
    key: "01JKEY-1",
    attempt,
    copy,
    progress: async (written) => void (copy = written),
  });
  return {
    request,
    send: async () => {
      attempt += 1;
      const made = await service.publish(request());
      copy = made.copy;
      return made;
    },
  };
}

const kindOf = (error: unknown) => (error instanceof CrosspostError ? error.kind : String(error));
const failure = (work: () => Promise<unknown>) =>
  work().then(
    () => null,
    (error: unknown) => error as InstanceType<typeof CrosspostError>,
  );

test("accounts on one server share an app as long as one of them works; limits are each server's own", async (t) => {
  const { host, server, service, connect } = await install(t);
  const other = new FakeMastodon({ url: "https://toot.nest.example", accounts: ["ana"], text: 5000, images: 6, hasV2: false });
  bridge(host.network, "https://toot.nest.example", other);
  host.network.on("GET https://nest.example/.well-known/webfinger*", {
    json: { links: [{ rel: "self", href: "https://toot.nest.example/users/ana" }] },
  });
  t.is(await connect("birds.example"), kim);
  server.visitor = "lee";
  t.is(await connect("https://birds.example/@lee"), "@lee@birds.example");
  t.is(await connect("@ana@nest.example", other), "@ana@toot.nest.example");
  t.deepEqual([server.held.apps.length, other.held.apps.length], [1, 1]);
  t.deepEqual(
    (await service.accounts()).map(({ id, limits }) => [id, limits.text, limits.images, limits.counter]),
    [
      [kim, 500, 4, "mastodon"],
      ["@lee@birds.example", 500, 4, "mastodon"],
      ["@ana@toot.nest.example", 5000, 6, "mastodon"],
    ],
  );

  for (const token of server.held.tokens) token.isOver = true;
  server.visitor = "kim";
  await connect("birds.example");
  t.is(server.held.apps.length, 2, "an app that nobody uses may be forgotten there");
  await host.runJobs();
  server.change({ text: 11_000 });
  host.clock.advance({ hours: 25 });
  await host.runJobs();
  t.is((await service.accounts()).find(({ id }) => id === kim)?.limits.text, 11_000);
  server.change({ text: 700 });
  await service.verify!(kim);
  t.is((await service.accounts()).find(({ id }) => id === kim)?.limits.text, 700);
});

test("visibility, language and warning go along; a copy is changed with its pictures", async (t) => {
  const installed = await install(t, { processing: 2 });
  const { host, server, service, connect } = installed;
  await connect("birds.example");
  await host.set("crosspost-mastodon", { visibility: "unlisted" });
  const composed = { ...samples.photo, warning: "Birds", language: "pt-BR" };
  const { send, request } = tries(installed, composed);
  const { url } = await send();
  t.regex(url!, /^https:\/\/birds\.example\/@kim\/\d+$/);
  t.like(server.held.statuses[0], { visibility: "unlisted", language: "pt", spoiler: "Birds" });

  const [image] = samples.photos.images.slice(1);
  const images = [{ ...composed.images[0]!, alt: "Better words" }, image!];
  await service.update!({ ...request(), composed: { ...composed, text: "Changed", images, warning: "" } });
  t.like(server.held.statuses[0], { text: "Changed", spoiler: "" });
  t.deepEqual(
    server.held.media.map(({ description }) => description),
    ["Better words", image!.alt],
  );
  server.held.statuses.length = 0;
  t.is(kindOf(await failure(() => service.update!(request()))), "permanent");
  await service.remove!(request());
});

test("a lost answer ends with one copy: within the hour, after it, and when nothing had arrived", async (t) => {
  const installed = await install(t);
  const { host, server, connect } = installed;
  await connect("birds.example");
  for (const [fault, hours] of [
    ["timeout-after-create", 0],
    ["timeout-after-create", 2],
    ["cut", 0],
    ["cut", 30],
    ["502", 0],
  ] as const) {
    server.held.statuses.length = 0;
    server.held.keys.clear();
    const { send } = tries(installed, samples.photo);
    server.forced.add(fault, create);
    t.is(kindOf(await failure(send)), "unknown", fault);
    if (hours > 0) host.clock.advance({ hours });
    const { url } = await send();
    t.is(server.held.statuses.length, 1, `${fault} after ${hours} hours`);
    t.true(url!.endsWith(server.held.statuses[0]!.id));
  }
});

test("what looks like the copy but is older, or another's picture, is not taken for it; too many to look through is said", async (t) => {
  const installed = await install(t);
  const { host, server, service, connect } = installed;
  await connect("birds.example");
  await tries(installed).send();
  host.clock.advance({ hours: 1 });
  const second = tries(installed);
  server.forced.add("cut", create);
  await failure(second.send);
  t.is(await service.find!({ ...second.request(), attempt: 2 }), null);
  await tries(installed, samples.photo).send();
  const twin = tries(installed, samples.photo);
  server.forced.add("cut", create);
  await failure(twin.send);
  t.is(await service.find!({ ...twin.request(), attempt: 2 }), null);

  const template = server.held.statuses[0]!;
  for (let at = 0; at < 240; at++)
    server.held.statuses.push({
      ...template,
      id: server.held.nextId(),
      text: `Busy ${at}`,
      createdAt: host.clock.now().toISOString(),
    });
  t.is(kindOf(await failure(() => service.find!({ ...second.request(), attempt: 2 }))), "unknown");

  // What is no list says nothing, and a yes without a status is none.
  host.network.on("GET https://birds.example/api/v1/accounts/*", { json: {} });
  t.is(kindOf(await failure(() => service.find!({ ...second.request(), attempt: 2 }))), "transient");
  host.network.on("POST https://birds.example/api/v1/statuses", { json: { url: "https://birds.example/@kim/1" } });
  t.is(kindOf(await failure(tries(installed).send)), "unknown");
});

test("a token that ends in the middle parks the copy; connected again, it goes on with the pictures that are there", async (t) => {
  const installed = await install(t);
  const { host, server, service, connect } = installed;
  await connect("birds.example");
  const { send } = tries(installed, samples.photo);
  server.forced.add("expire-token", create);
  t.is(kindOf(await failure(send)), "auth");
  await connect("birds.example");
  for (const name of ["403-scope", "403-suspended"]) {
    server.forced.add(name, "GET /api/v1/accounts/verify_credentials");
    t.is(kindOf(await failure(() => service.verify!(kim))), "auth", name);
  }
  await send();
  t.deepEqual([server.held.statuses.length, server.held.media.length], [1, 1]);

  const parts = { host: host.house.host, secrets: host.house.secrets };
  const place = { pluginId: "crosspost-mastodon", setting: "accounts", blog: host.blog, account: kim };
  t.true(await disconnect(parts, host.scope(), place));
  t.true(server.held.tokens.every(({ isOver }) => isOver));
  t.deepEqual(await service.accounts(), []);
  t.is(kindOf(await failure(tries(installed).send)), "auth");
});

test("every way of saying “too many” gives the moment to come again; trouble passes, what is refused does not", async (t) => {
  const installed = await install(t);
  const { server, connect } = installed;
  await connect("birds.example");
  for (const spelling of ["reset", "epoch", "seconds", "date", "bare"]) {
    server.forced.add(`429-${spelling}`, create);
    const error = await failure(tries(installed).send);
    t.is(kindOf(error), "rate", spelling);
    t.is(error!.retryAt, `2026-05-01T12:${spelling === "bare" ? "05" : "10"}:00.000Z`, spelling);
  }
  const { send } = tries(installed, samples.photo);
  server.forced.add("503", "GET /api/v1/media");
  server.change({ processing: 2 });
  t.is(kindOf(await failure(send)), "transient");
  await send();
  t.deepEqual([server.held.statuses.length, server.held.media.length], [1, 1], "what was uploaded is not sent again");

  server.forced.add("break-media", "POST /api/v2/media");
  const refused = await failure(tries(installed, { ...samples.photo, url: "https://kim.example/2" }).send);
  t.deepEqual([kindOf(refused), /Error processing/.test(refused!.message)], ["permanent", true]);
  server.forced.add("html", create);
  t.is(kindOf(await failure(tries(installed).send)), "unknown");
  server.forced.add("huge", create);
  t.is(kindOf(await failure(tries(installed).send)), "unknown");
});

test("a hostile address gets nowhere: private hosts, redirects to them, 50 MB, no JSON, made-up people", async (t) => {
  const { host, service, connect } = await install(t);
  const [open, secret] = [new FakeMastodon(), new FakeMastodon()];
  const [near, inner] = [await listen(open), await listen(secret)];
  const leading: FakeService = {
    forced: open.forced,
    state: () => null,
    answer: () => ({ status: 307, headers: { location: `${inner.url}/api/v2/instance` } }),
  };
  const away = await listen(leading);
  t.teardown(() => Promise.all([near.close(), inner.close(), away.close()]));
  const allow = [near.url, away.url].map((url) => new URL(url).host);
  const guarded = createGuardedFetch({ userAgent: "Rookery test", allow });
  host.network.on("* http*", async ({ method, url, headers, bytes }) => {
    const answer = await guarded(url, { method, headers, ...(bytes.length > 0 && { body: bytes as Uint8Array<ArrayBuffer> }) });
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      bytes: new Uint8Array(await answer.arrayBuffer()),
    };
  });

  for (const typed of [inner.url, away.url, "https://10.0.0.1", "@kim@192.168.1.1", "https://[fd00::1].example"])
    t.like(await failure(() => connect(typed)), { name: "PublicError", status: 422 }, typed);
  t.deepEqual(secret.held.calls, []);
  for (const forced of ["huge", "html", "500", "cut"]) {
    open.forced.add(forced, "GET /api/v2/instance");
    t.like(await failure(() => connect(near.url)), { name: "PublicError", status: 422 }, forced);
  }
  open.forced.add("html", "POST /oauth/token");
  t.like(await failure(() => connect(near.url, open)), { name: "PublicError", status: 422 });
  const liar = new FakeMastodon({ url: "https://birds.example", accounts: ["<b>kim</b>"] });
  bridge(host.network, "https://birds.example", liar);
  t.like(await failure(() => connect("birds.example", liar)), { name: "PublicError", status: 422 });
  t.deepEqual(await service.accounts(), []);

  const { host: place } = new URL(near.url);
  t.is(await connect(`@kim@${place}`, open), `@kim@${place}`);
  const { composed, ...request } = tries({ service } as Installed, samples.photo).request();
  const made = await service.publish({ ...request, composed, account: `@kim@${place}`, attempt: 1 });
  t.true(made.url!.startsWith(`${near.url}/@kim/`));
  t.is(open.held.media[0]!.description, samples.photo.images[0]!.alt);
});
