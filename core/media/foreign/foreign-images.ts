import { createHmac, timingSafeEqual } from "node:crypto";
import type { OwnOrigins } from "../../blogs/own-origins.ts";
import { mapPictures } from "./map-pictures.ts";
import { Remembered } from "./remembered.ts";

/** Widths that pictures of other sites are shown in: somebody's face, and the rest. */
export const shownWidths = { face: 128, reading: 1280 } as const;

/** What an address of ours asks for. */
export type Asked = { readonly url: string; readonly width: number };

// As the guarded fetch has it; in an address of ours a third longer.
const longest = 2_048;
const mostRemembered = 5_000;
const path = /^\/foreign\/([\w-]{22})\/(\d{3,4})\/([\w-]{1,2800})$/;

/**
 * Addresses of this installation for pictures of other sites, so that readers' browsers ask nobody else. They are signed: what we did not
 * write ourselves is not fetched. They stay the same as long as the installation's secret does.
 */
export class ForeignImages {
  readonly #key: Buffer;
  readonly #own: OwnOrigins;
  readonly #known = { face: new Remembered(mostRemembered), reading: new Remembered(mostRemembered) };
  #revision = -1;

  constructor(secret: string, own: OwnOrigins) {
    this.#key = createHmac("sha256", secret).update("pictures of other sites").digest();
    this.#own = own;
  }

  /** The address here of a picture; one of this installation stays as it is, and what is no picture's address gives "". */
  foreign(url: string): string {
    return this.#addressOf(url, "reading");
  }

  /** The same for somebody's small picture. */
  face(url: string): string {
    return this.#addressOf(url, "face");
  }

  /** HTML that `sanitise` gave, with the addresses here of its pictures; sound and film load only when they are played. */
  inHtml(html: string): string {
    return mapPictures(html, (url) => this.foreign(url));
  }

  /** What an address asks for; null when we did not write it. */
  asked(address: string): Asked | null {
    const [, signature = "", width, coded = ""] = path.exec(address) ?? [];
    const url = Buffer.from(coded, "base64url").toString("utf8");
    if (url === "" || !timingSafeEqual(Buffer.from(signature), Buffer.from(this.#sign(`${width}/${coded}`)))) return null;
    return { url, width: Number(width) };
  }

  /** Where a picture stands that is this installation's own since; null for all others. */
  here(url: string): string | null {
    const parsed = URL.parse(url);
    return parsed && this.#own.here(parsed);
  }

  #addressOf(url: string, size: keyof typeof shownWidths): string {
    if (this.#revision !== this.#own.revision) this.#forget();
    const make = (one: string) => this.#made(one, shownWidths[size]);
    return url.length > longest ? make(url) : this.#known[size].get(url, make);
  }

  #made(url: string, width: number): string {
    if (url.startsWith("/") && !/^\/[/\\]/.test(url)) return url;
    const parsed = URL.parse(url);
    if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.username !== "" || parsed.password !== "") return "";
    const here = this.#own.here(parsed);
    if (here !== null) return here;
    if (parsed.hash !== "") parsed.hash = "";
    if (parsed.href.length > longest) return "";
    const asked = `${width}/${Buffer.from(parsed.href).toString("base64url")}`;
    return `/foreign/${this.#sign(asked)}/${asked}`;
  }

  #sign(asked: string): string {
    return createHmac("sha256", this.#key).update(asked).digest("base64url").slice(0, 22);
  }

  // Hosts came or went: what was a stranger's may be ours now.
  #forget(): void {
    this.#revision = this.#own.revision;
    for (const known of Object.values(this.#known)) known.forget();
  }
}
