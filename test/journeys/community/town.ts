import type { ExecutionContext } from "ava";
import type { Page } from "playwright-core";
import { PlainBrowser } from "../../../admin/plain-browser.testing.ts";
import { emptyFolder } from "../../../core/cli/process.testing.ts";
import type { Console } from "../../../core/cli/command.ts";
import { runCommand } from "../../../core/cli/main.ts";
import { makePerson } from "../../../core/cli/people.ts";
import { readText } from "../../../core/cli/stdin.ts";
import { withHouse } from "../../../core/cli/with-house.ts";
import { freePort } from "../../../core/testing/free-port.ts";
import { visit, type View } from "../browser.ts";
import { startServer, type RunningServer } from "../server.ts";

/** The password of everybody here. */
export const password = "a quiet heron at dawn";

// Lee, Ana and Tom sign up by themselves, which is a part of the journey. Three of ten say what there is to say about that; the
// others are made as the command line makes people, in this process, where one costs a tenth of what four pages cost.
const residents = { mia: "moderator", max: "moderator", noa: "curator", ida: "curator", ben: "member", eva: "member" } as const;

/** Looks a page over once, whatever its kind. */
export type Look = (page: Page, name: string) => Promise<void>;

/** The ten by name. */
export const everybody = ["kim", ...Object.keys(residents), "lee", "ana", "tom"];

/** An installation with ten people, and a browser for each of them. */
export type Town = {
  readonly t: ExecutionContext;
  readonly server: RunningServer;
  /** What went wrong in any of the browsers. */
  problems(): readonly string[];
  /** A browser for somebody who is not signed in. */
  visitor(view?: View): Promise<Page>;
  /** That somebody signed in by hand in a browser, which is theirs from now on. */
  isHere(name: string, page: Page): void;
  /** The browser of somebody, signed in; the same each time. */
  of(name: string): Promise<Page>;
};

/** Makes the installation with the set of plugins of a community, its first seven people, and starts it. */
export async function foundTown(t: ExecutionContext): Promise<Town> {
  const data = emptyFolder(t);
  const port = await freePort();
  const err: string[] = [];
  const console: Console = {
    env: { ROOKERY_DATA: data, ROOKERY_URL: `http://localhost:${port}` },
    cwd: data,
    out: () => {},
    err: (line) => err.push(line),
    input: () => readText([Buffer.from(password)]),
    isTty: false,
  };
  const init = ["init", "--title", "Kim by the river", "--username", "kim", "--set", "community", "--password-stdin"];
  t.deepEqual([await runCommand(init, console), err], [0, []]);
  await withHouse(console, async (house) => {
    for (const [username, role] of Object.entries(residents))
      await makePerson(house, { username, role, password, email: null, title: `${username} writes` });
  });
  return townAt(t, await startServer(t, { data, port }));
}

/** The people of an installation that runs. */
export function townAt(t: ExecutionContext, server: RunningServer): Town {
  const all: string[][] = [];
  const known = new Map<string, Promise<Page>>();
  const open = async (view?: View) => {
    const { page, problems } = await visit(t, view);
    all.push(problems);
    return page;
  };
  const enter = async (name: string) => {
    const page = await open();
    const plain = new PlainBrowser(server.url);
    await plain.get("/signin");
    await plain.post("/signin", { name, password });
    await page.context().addCookies(plain.cookies);
    return page;
  };
  const of = (name: string) => {
    if (!known.has(name)) known.set(name, enter(name));
    return known.get(name)!;
  };
  return {
    t,
    server,
    problems: () => all.flat(),
    visitor: open,
    isHere: (name, page) => void known.set(name, Promise.resolve(page)),
    of,
  };
}
