import type { ExecutionContext } from "ava";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import sharp from "sharp";
import type { Draft } from "../../hooks/values.ts";
import { createGuardedFetch } from "../../net/guarded-fetch.ts";
import { testDatabase, type databases } from "../../storage/testing.ts";
import { createTestHost } from "../../testing.ts";
import { importLines, type Line } from "./import-lines.testing.ts";
import { importById } from "./import-rows.ts";
import { startImport } from "./start-import.ts";

/** A picture. */
export const jpeg = await sharp({ create: { width: 40, height: 30, channels: 3, background: "teal" } })
  .jpeg()
  .toBuffer();

/** An old site on this machine that says what it was asked; anything not in `pages` is a picture. */
export async function oldSite(t: ExecutionContext, pages: Readonly<Record<string, RequestListener>> = {}) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url!);
    const page = pages[request.url!];
    if (page) page(request, response);
    else response.writeHead(200, { "content-type": "image/jpeg" }).end(jpeg);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.teardown(() => server.close());
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** A post of the old site. */
export const postOf = (number: number, draft: Partial<Draft>): Line => ({
  post: {
    sourceId: `post ${number}`,
    draft: {
      title: `Post ${number}`,
      format: "html",
      slug: `post-${number}`,
      publishedAt: "2020-05-01T10:00:00.000Z",
      updatedAt: "2021-01-01T10:00:00.000Z",
      ...draft,
    },
  },
});
/** A file that the old site lists. */
export const fileOf = (url: string): Line => ({ media: { sourceId: url, url, title: url } });

/** An installation into which these lines are to come with their files, once its jobs run. */
export async function bringIn(t: ExecutionContext, lines: readonly Line[], dialect: (typeof databases)[number] = "sqlite") {
  const databaseUrl = dialect === "sqlite" ? undefined : await testDatabase(t, dialect);
  const host = await createTestHost(t, { plugins: [importLines() as never], ...(databaseUrl && { databaseUrl }) });
  const guarded = createGuardedFetch({ userAgent: "test", privateNetwork: true });
  Object.assign(host.house, { fetch: (url: string, init: object) => guarded(url, init) });
  const file = join(host.folder, "posts.jsonl");
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join("\n"));
  const scope = host.scope();
  const id = await startImport(scope, { kind: "lines", file, options: { media: true } }, true);
  return { host, scope, id, report: async () => (await importById(scope, id))!.report! };
}
