import { parseXml } from "../../../core/net/xml.ts";
import { answerOf, callXml, type Heard, type Said } from "../../../plugins/xmlrpc/call.testing.ts";

export type Struct = Record<string, Heard>;

/** An editor as MarsEdit is one: it knows the blog's address, a name and a password, and finds everything else. */
export class Editor {
  readonly #home: string;
  readonly #name: string;
  readonly #password: string;

  constructor(home: string, name: string, password: string) {
    this.#home = home;
    this.#name = name;
    this.#password = password;
  }

  /** The same editor with another password. */
  with(password: string): Editor {
    return new Editor(this.#home, this.#name, password);
  }

  /** Where an API is and which blog it is for, by the page's link and what stands behind it. */
  async discover(api: string): Promise<{ link: string; blogId: string; preferred: string }> {
    const page = await (await fetch(this.#home)).text();
    const tag = page.match(/<link[^>]*>/g)?.find((one) => /rel="EditURI"/.test(one) && /type="application\/rsd\+xml"/.test(one));
    const href = tag && /href="([^"]+)"/.exec(tag)?.[1];
    if (!href) throw new Error("the page has no link to RSD");
    const rsd = parseXml(await (await fetch(new URL(href, this.#home))).text(), { namespaces: false });
    const apis = rsd.children[0]!.children.find(({ name }) => name === "apis")!.children;
    const found = apis.find(({ attributes }) => attributes.name === api)?.attributes;
    if (!found?.apiLink || !found.blogID) throw new Error(`RSD knows no ${api}`);
    return { link: found.apiLink, blogId: found.blogID, preferred: found.preferred ?? "" };
  }

  /** A call with what stands before the name and password, and what after; a fault is thrown. */
  async call(link: string, method: string, before: readonly Said[], after: readonly Said[] = []): Promise<Heard> {
    const body = callXml(method, ...before, this.#name, this.#password, ...after);
    const answer = await fetch(link, { method: "POST", headers: { "content-type": "text/xml" }, body });
    if (answer.status !== 200) throw new Error(`${method} answers ${answer.status}`);
    if (!answer.headers.get("content-type")?.startsWith("text/xml")) throw new Error(`${method} answers no text/xml`);
    return answerOf(await answer.text());
  }
}
