import { mf2 } from "microformats-parser";
import { isTooDeep } from "./depth.ts";

/** A value of a property: text, an address with its words, markup, or an item of its own. */
export type MicroformatValue =
  | string
  | { readonly value: string; readonly alt?: string; readonly srcset?: Readonly<Record<string, string>> }
  | { readonly value: string; readonly html: string; readonly lang?: string }
  | MicroformatItem;

/** An item: `h-entry`, `h-card` and the like. `value` is there when it is the value of a property. */
export type MicroformatItem = {
  readonly type?: readonly string[];
  readonly id?: string;
  readonly lang?: string;
  readonly value?: string | object;
  readonly properties: Readonly<Record<string, readonly MicroformatValue[]>>;
  readonly children?: readonly MicroformatItem[];
};

/** What a page says in microformats, and the relations of its links. */
export type Microformats = {
  readonly items: readonly MicroformatItem[];
  readonly rels: Readonly<Record<string, readonly string[]>>;
  readonly "rel-urls": Readonly<Record<string, { readonly rels: readonly string[]; readonly text: string }>>;
};

/** Reads a page here and now, however long it takes; null when it is too deep. Only for the thread that reads pages. */
export function microformatsOf(html: string, baseUrl: string): Microformats | null {
  return isTooDeep(html) ? null : (mf2(html, { baseUrl }) as unknown as Microformats);
}
