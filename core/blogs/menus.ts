import { PublicError } from "../errors.ts";
import type { Blog, Json, Properties } from "../hooks/values.ts";
import { isUlid, randomName } from "../ids.ts";

/** Where an entry of a menu leads: a page or category by id, a list of the blog, or any address. */
export type MenuTarget =
  | { readonly kind: "page" | "category"; readonly id: string }
  | { readonly kind: "list"; readonly list: "home" | "archive" }
  | { readonly kind: "url"; readonly url: string };

/** One entry as it is kept. Without a label of its own it has that of what it leads to; level 1 stands under the level 0 before it. */
export type MenuEntry = {
  readonly key: string;
  readonly target: MenuTarget;
  readonly label: string;
  readonly level: 0 | 1;
};

/** A blog's menus by the theme's ids. */
export type Menus = Readonly<Record<string, readonly MenuEntry[]>>;

/** What somebody does to a menu. */
export type MenuStep = "up" | "down" | "in" | "out" | "remove";

const mostEntries = 50;

/** The menus that a blog's people made; a menu nobody made is not in it. What is wrong in it is passed by. */
export function menusOf({ settings }: Pick<Blog, "settings">): Menus {
  const { menus } = settings;
  if (typeof menus !== "object" || menus === null || Array.isArray(menus)) return {};
  return Object.fromEntries(
    Object.entries(menus).map(([id, entries]) => [id, tidy(Array.isArray(entries) ? entries.flatMap(entriesFrom) : [])]),
  );
}

/** The settings with one menu changed; null goes back to the menu that makes itself. */
export function withMenu(settings: Properties, id: string, entries: readonly MenuEntry[] | null): Properties {
  if (entries && entries.length > mostEntries)
    throw new PublicError("menu.too-many", `A menu takes ${mostEntries} entries at most.`, 422, { n: mostEntries });
  const menus: Record<string, Json> = { ...(menusOf({ settings }) as Record<string, Json>) };
  if (entries) menus[id] = tidy(entries) as unknown as Json;
  else delete menus[id];
  const { menus: _before, ...rest } = settings;
  return Object.keys(menus).length === 0 ? rest : { ...rest, menus };
}

/** A new entry. PublicError 422 for what leads nowhere. */
export function menuEntry(kind: string, where: string, label: string): MenuEntry {
  if (label.length > 100) throw new PublicError("menu.label", "A label may have 100 characters at most.", 422);
  return { key: randomName().slice(0, 12), target: targetFrom(kind, where.trim(), label), label: label.trim(), level: 0 };
}

/** The menu after a step of one entry; what stands under an entry goes with it. */
export function stepped(entries: readonly MenuEntry[], key: string, step: MenuStep): readonly MenuEntry[] {
  const at = entries.findIndex((entry) => entry.key === key);
  const entry = entries[at];
  if (!entry) return entries;
  switch (step) {
    case "remove":
      return tidy(entries.filter((one) => one !== entry));
    case "in":
    case "out": {
      const level = step === "in" ? 1 : 0;
      return tidy(entries.map((one) => (one === entry ? { ...one, level } : one)));
    }
    default:
      return moved(entries, at, step);
  }
}

function moved(entries: readonly MenuEntry[], at: number, step: "up" | "down"): readonly MenuEntry[] {
  const isTop = entries[at]!.level === 0;
  const own = entries.slice(at, isTop ? endOf(entries, at) : at + 1);
  const rest = entries.toSpliced(at, own.length);
  if (step === "up" && at === 0) return entries;
  if (step === "down" && at === rest.length) return entries;
  const place = step === "up" ? (isTop ? headOf(rest, at - 1) : at - 1) : isTop ? endOf(rest, at) : at + 1;
  return tidy(rest.toSpliced(place, 0, ...own));
}

/** Where the entries that stand under the one at `at` end. */
function endOf(entries: readonly MenuEntry[], at: number): number {
  const next = entries.findIndex((entry, place) => place > at && entry.level === 0);
  return next === -1 ? entries.length : next;
}

/** The place of the entry that the one at `at` stands under; its own when it stands by itself. */
function headOf(entries: readonly MenuEntry[], at: number): number {
  return Math.max(
    entries.findLastIndex((entry, place) => place <= at && entry.level === 0),
    0,
  );
}

// The first entry stands under nothing.
function tidy(entries: readonly MenuEntry[]): readonly MenuEntry[] {
  return entries.slice(0, mostEntries).map((entry, at) => (at === 0 && entry.level === 1 ? { ...entry, level: 0 } : entry));
}

function targetFrom(kind: string, where: string, label: string): MenuTarget {
  if ((kind === "page" || kind === "category") && isUlid(where)) return { kind, id: where };
  if (kind === "list" && (where === "home" || where === "archive")) return { kind, list: where };
  if (kind !== "url") throw new PublicError("menu.target", "Choose what the entry leads to.", 422);
  if (!isAddress(where))
    throw new PublicError("menu.url", "The address is a path like /about, or begins with https://, http:// or mailto:.", 422);
  if (label.trim() === "") throw new PublicError("menu.name", "Give the entry a label.", 422);
  return { kind, url: where };
}

function isAddress(url: string): boolean {
  if (url.length > 2000 || /[\s\p{Cc}\\]/u.test(url)) return false;
  if (url.startsWith("/")) return !url.startsWith("//");
  return /^(https?:\/\/|mailto:)/i.test(url) && URL.canParse(url);
}

// Menus of scripts are written shorter: label, url and children.
function entriesFrom(value: Json): MenuEntry[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  const { key, target, label, level, url, children } = value as Record<string, Json>;
  const name = typeof label === "string" ? label : "";
  if (typeof url === "string" && isAddress(url) && name !== "") {
    const under = Array.isArray(children) ? children.flatMap(entriesFrom).map((child) => ({ ...child, level: 1 as const })) : [];
    return [{ key: url.slice(0, 60), target: { kind: "url", url }, label: name, level: 0 }, ...under];
  }
  const found = targetOf(target);
  if (!found || typeof key !== "string") return [];
  return [{ key, target: found, label: name, level: level === 1 ? 1 : 0 }];
}

function targetOf(value: Json | undefined): MenuTarget | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const { kind, id, list, url } = value as Record<string, Json>;
  if ((kind === "page" || kind === "category") && typeof id === "string") return { kind, id };
  if (kind === "list" && (list === "home" || list === "archive")) return { kind, list };
  return kind === "url" && typeof url === "string" && isAddress(url) ? { kind, url } : null;
}
