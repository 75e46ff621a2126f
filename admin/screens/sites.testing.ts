import type { ExecutionContext } from "ava";
import { request } from "node:http";
import { fakeRecords, fakeWeb } from "../../core/blogs/domains/domains.testing.ts";
import { blogByHost } from "../../core/blogs/blogs.ts";
import type { Draft } from "../../core/hooks/values.ts";
import { publish } from "../../core/posts/publish.ts";
import { workerOptions } from "../../core/start.ts";
import { openDashboard, setUp } from "../testing.ts";

/** What a reader gets from a blog's host. */
export type Seen = { readonly status: number; readonly text: string; readonly location: string | undefined };

/** kim's installation with name servers and a web of the test, kim signed in, and a reader of any host. */
export async function openSite(t: ExecutionContext) {
  const { zone, records } = fakeRecords();
  zone.addresses.localhost = ["127.0.0.1", "::1"];
  const web = fakeWeb();
  const parts = await openDashboard(t, { records, fetch: web.fetch });
  await setUp(parts);
  const { house, browser, url } = parts;
  const port = Number(new URL(url).port);
  const at = (path: string) => `/b/kim.localhost${path}`;

  /** Asks a host of the installation for a path, by the Host header, as a reader's browser does. */
  const read = (path: string, host = "kim.localhost"): Promise<Seen> =>
    new Promise((resolve, reject) => {
      const asked = request({ port, host: "localhost", path, headers: { host: `${host}:${port}` } }, (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (piece: string) => (text += piece));
        answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text, location: answer.headers.location }));
      });
      asked.on("error", reject).end();
    });

  const post = async (draft: Draft) => {
    const blog = (await blogByHost(house.storage, "kim.localhost", house.site))!;
    const outcome = await publish(house.scope({ blog, via: "test" }), draft);
    if (!outcome.ok) throw new Error(outcome.refusal.refuse);
    return outcome.post;
  };

  /** Works off what is due. */
  const runJobs = async () => {
    const { signal } = new AbortController();
    const { run } = workerOptions(house, signal);
    for (const job of await house.queue.claim(50)) {
      await run(job, signal);
      await house.queue.complete(job);
    }
  };
  return { ...parts, house, browser, zone, web, at, read, post, runJobs };
}
