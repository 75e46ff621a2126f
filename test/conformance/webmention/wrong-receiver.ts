import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Ways to be wrong: takes everything, shows what is no link, makes a second comment of an update, forgets nothing, forgets at once. */
export type Wrong = "takes-all" | "believes" | "doubles" | "keeps" | "drops" | "silent";

/** A receiver that is wrong on purpose; gives the address of its page. */
export async function wrongReceiver(t: { teardown(work: () => unknown): void }, wrong: Wrong): Promise<string> {
  const shown = new Map<string, string>();
  let count = 0;
  const server = createServer(async (request, response) => {
    const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}/post`;
    if (request.method !== "POST") {
      const comments = [...shown]
        .map(([source, html]) => `<li class="h-cite"><a href="${source.split(" ")[0]}">x</a>${html}</li>`)
        .join("");
      const link = wrong === "silent" ? {} : { link: `<${here}>; rel="webmention"` };
      return void response.writeHead(200, { "content-type": "text/html", ...link }).end(comments);
    }
    let text = "";
    for await (const piece of request) text += String(piece);
    const { source = "", target = "" } = Object.fromEntries(new URLSearchParams(text));
    const isBad = source === "" || target !== here || source === target || !/^https?:/.test(source);
    if (isBad && wrong !== "takes-all") return void response.writeHead(400).end();
    // A Location with 202 is what public test 1 refuses.
    response.writeHead(202, wrong === "takes-all" ? { location: here } : {}).end();
    const page = await fetch(source).catch(() => null);
    const html = (await page?.text()) ?? "";
    const isLink = wrong === "believes" ? true : new RegExp(`<a[^>]*href="${target}"`).test(html.replace(/<!--.*?-->/gs, ""));
    if (page?.ok && isLink) shown.set(wrong === "doubles" ? `${source} ${count++}` : source, html);
    else if (wrong === "drops" || (wrong !== "keeps" && (page?.status === 410 || page?.ok))) shown.delete(source);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.teardown(() => (server.closeAllConnections(), server.close()));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/post`;
}
