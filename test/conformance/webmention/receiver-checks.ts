import { parseLinkHeader } from "../../../core/net/pages/link-header.ts";
import { ask, until } from "./installed.testing.ts";
import type { Rocks } from "./rocks.ts";

/** A receiver under test: a page of it that takes webmentions, whatever answers there, and how often to look for a change. */
export type Receiver = { readonly page: string; readonly looks?: number };

type Fault = string | null;
/** A case of the receiver suite: why the receiver is wrong, or null. */
export type ReceiverCheck = (receiver: Receiver, rocks: Rocks, name: string) => Promise<Fault>;

async function endpointOf({ page }: Receiver): Promise<string | null> {
  const { headers } = await ask(page);
  return parseLinkHeader(headers.link ?? "", page).find(({ rel }) => rel.includes("webmention"))?.url ?? null;
}

const entry = (target: string, words: string) =>
  `<div class="h-entry"><a class="u-in-reply-to" href="${target}">re</a><p class="e-content">${words}</p></div>`;

async function shows({ page, looks }: Receiver, words: string, isShown: boolean): Promise<boolean> {
  try {
    await until(async () => (await ask(page)).text.includes(words) === isShown, looks);
    return true;
  } catch {
    return false;
  }
}

/** Whether something that must not appear has not, once another that was sent after it has. */
async function staysAway(receiver: Receiver, rocks: Rocks, name: string, words: string): Promise<boolean> {
  const endpoint = (await endpointOf(receiver))!;
  const source = rocks.page(`/${name}/after`, { html: entry(receiver.page, `After ${words}`) });
  await ask(endpoint, { source, target: receiver.page });
  if (!(await shows(receiver, `After ${words}`, true))) return false;
  return !(await ask(receiver.page)).text.replaceAll(`After ${words}`, "").includes(words);
}

/** The cases of the receiver, by name. */
export const receiverChecks: Readonly<Record<string, ReceiverCheck>> = {
  "receiver 1: accepts a webmention, says what becomes of it, shows it once it was looked at": async (receiver, rocks, name) => {
    const endpoint = await endpointOf(receiver);
    if (endpoint === null) return "no endpoint is announced";
    const source = rocks.page(`/${name}/one`, { html: entry(receiver.page, "Words of one") });
    const { status, headers } = await ask(endpoint, { source, target: receiver.page });
    if (status < 200 || status > 202) return `answered ${status}`;
    if ((status === 201) !== (headers.location !== undefined))
      return `answered ${status} ${headers.location === undefined ? "without" : "with"} Location`;
    if (status === 201 && (await ask(headers.location!)).status !== 200) return "the status page is not there";
    if (!(await shows(receiver, "Words of one", true))) return "it does not appear";
    const { text } = await ask(receiver.page);
    return /class="[^"]*h-cite/.test(text) && text.includes(source) ? null : "it does not stand in an h-cite with its address";
  },
  "receiver 2: a source that does not link to the target is not accepted": async (receiver, rocks, name) => {
    const endpoint = (await endpointOf(receiver))!;
    const lies = [
      `<p>Lies ${receiver.page}</p>`,
      `<!-- <a href="${receiver.page}">x</a> --><p>Lies</p>`,
      `<p>Lies <a href="${receiver.page}/more">x</a></p>`,
      `<p>Lies</p><code>&lt;a href="${receiver.page}"&gt;</code>`,
    ];
    for (const [at, html] of lies.entries())
      await ask(endpoint, {
        source: rocks.page(`/${name}/lie${at}`, { html: `<div class="h-entry"><div class="e-content">${html}</div></div>` }),
        target: receiver.page,
      });
    if (!(await staysAway(receiver, rocks, name, "Lies"))) return "a source without a link is shown";
    return rocks.visits.get(`/${name}/lie0`) === undefined
      ? "the source was never asked"
      : (await ask(receiver.page)).text.includes("/lie")
        ? "a source without a link is shown"
        : null;
  },
  "receiver: bad requests are answered 400": async (receiver, rocks) => {
    const endpoint = (await endpointOf(receiver))!;
    const target = receiver.page;
    const bad = [
      { target },
      { source: rocks.url },
      { source: "no address", target },
      { source: target, target },
      { source: rocks.url, target: "https://stranger.example/" },
      { source: "ftp://a.example/", target },
    ];
    for (const form of bad as Record<string, string>[]) {
      const { status } = await ask(endpoint, form);
      if (status !== 400) return `${JSON.stringify(form)} is answered ${status}`;
    }
    return null;
  },
  "update 1: the same source changes what is there": async (receiver, rocks, name) => {
    const endpoint = (await endpointOf(receiver))!;
    const path = `/${name}/changing`;
    for (const words of ["First words", "Second words"]) {
      const source = rocks.page(path, { html: entry(receiver.page, words) });
      await ask(endpoint, { source, target: receiver.page });
      if (!(await shows(receiver, words, true))) return `“${words}” do not appear`;
    }
    return (await ask(receiver.page)).text.includes("First words") ? "the old words are still there" : null;
  },
  "update 2: a source that links no more goes": async (receiver, rocks, name) =>
    removed(receiver, rocks, name, { html: "<p>No link any more</p>" }),
  "delete 1: a source that is gone (410) goes": async (receiver, rocks, name) =>
    removed(receiver, rocks, name, { html: "gone", status: 410 }),
  "delete 2: a source that cannot be reached for now stays": async (receiver, rocks, name) => {
    const fault = await removed(receiver, rocks, name, { html: "later", status: 503 });
    return fault === null ? "it is gone" : fault === stays ? null : fault;
  },
};

const stays = "it is still there";

async function removed(receiver: Receiver, rocks: Rocks, name: string, after: { html: string; status?: number }): Promise<Fault> {
  const endpoint = (await endpointOf(receiver))!;
  const words = `Passing ${name}`;
  const path = `/${name}/passing`;
  const source = rocks.page(path, { html: entry(receiver.page, words) });
  await ask(endpoint, { source, target: receiver.page });
  if (!(await shows(receiver, words, true))) return "it does not appear";
  rocks.page(path, after);
  const before = rocks.visits.get(path) ?? 0;
  await ask(endpoint, { source, target: receiver.page });
  if (after.status !== 503) return (await shows(receiver, words, false)) ? null : stays;
  await until(() => (rocks.visits.get(path) ?? 0) > before, receiver.looks);
  return (await staysAway(receiver, rocks, `${name}-x`, "nothing of the kind")) && (await ask(receiver.page)).text.includes(words)
    ? stays
    : null;
}
