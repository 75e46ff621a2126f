import type { TestHost } from "../test-host.ts";
import { samplePosts } from "../fixtures.ts";

/** Everything a blog does in a week, so that whatever a plugin taps is called. */
export async function use(host: TestHost): Promise<void> {
  for (const [at, draft] of samplePosts.entries()) {
    const post = await host.publish(draft);
    if (at === 0) await host.edit(post, { text: "The note, edited" });
  }
  await host.publish({ text: "Not yet", status: "draft" });
  await host.undoPublish(await host.publish({ text: "Regretted" }));
  await host.remove(await host.publish({ text: "Short-lived" }));
  await pages(host);
  await host.runJobs();
}

const addresses = ["/", "/archive", "/2026/05", "/categories/walks", "/about", "/robots.txt", "/nowhere"];

/** What readers get at the usual addresses, with the links of the headers. */
export async function pages(host: TestHost): Promise<{ path: string; status: number; text: string }[]> {
  const found = [];
  for (const path of addresses) {
    const { status, text, headers } = await host.get(path);
    found.push({ path, status, text: `${headers.link ?? ""}\n${text}` });
  }
  return found;
}
