import type { Destination } from "./places.ts";

/** One entry of the bar that is on every page. `isWide` ones stand there only where there is room for them. */
export type BarItem = Destination & { readonly icon: string; readonly isCurrent: boolean; readonly isWide: boolean };

const entries: readonly (readonly [end: RegExp, icon: string, isWide: boolean])[] = [
  [/^\/$/, "home", false],
  [/^\/b\/[^/]+\/replies$/, "replies", false],
  [/^\/compose/, "write", false],
  [/^\/b\/[^/]+\/posts$/, "posts", false],
  [/^\/b\/[^/]+\/media$/, "media", true],
  [/^\/b\/[^/]+\/design$/, "design", true],
  [/^\/b\/[^/]+\/settings$/, "settings", true],
];

/** The bar of a page: five places on a phone, Media, Design and Settings beside them on a desk; “More” is the view's own. What plugins put there comes after the first. */
export function barOf(all: readonly Destination[], path: string): readonly BarItem[] {
  const own = entries.flatMap(([end, icon, isWide]) => {
    const found = all.find(({ href }) => end.test(href));
    if (!found) return [];
    return [{ ...found, icon, isWide, isCurrent: isAt(found, path) }];
  });
  const further = all.flatMap((one) => (one.icon ? [{ ...one, icon: one.icon, isWide: true, isCurrent: isAt(one, path) }] : []));
  return [...own.slice(0, 1), ...further, ...own.slice(1)];
}

function isAt({ href }: Destination, path: string): boolean {
  const address = href.split("?")[0]!;
  return address === "/" ? path === "/" : path === address || path.startsWith(`${address}/`);
}
