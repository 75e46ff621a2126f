import { contrastOf, hexColor } from "../style/colors.ts";
import { finding, lineOf, type ThemeFinding } from "./finding.ts";
import { textOf, type ThemeUnderCheck } from "./theme-under-check.ts";

const schemes = ["light", "dark"] as const;
const grounds = ["bg", "surface"];
const least = { text: 4.5, muted: 4.5, link: 4.5, field: 3 } as const;

/** T704, T705: the colours that a theme names as custom properties (bg, surface, text, muted, link, field), in both schemes. */
export function* contrastFindings(theme: ThemeUnderCheck): Generator<ThemeFinding> {
  if ("problem" in theme.manifest) return;
  const own = theme.manifest.styles.map((path) => ({ path: `assets/${path}`, css: textOf(theme, `assets/${path}`) }));
  const above = theme.parents.flatMap((parent) =>
    parent.manifest.styles.map((path) => Buffer.from(parent.asset(path)?.bytes ?? []).toString("utf8")),
  );
  const mine = firstOf(own.map(({ css }) => css));
  const pairs = new Map([...firstOf(above), ...mine]);
  for (const [name, wanted] of Object.entries(least))
    for (const ground of grounds) {
      const [front, back] = [pairs.get(name), pairs.get(ground)];
      if (!front || !back || !(mine.has(name) || mine.has(ground))) continue;
      for (const [at, scheme] of schemes.entries()) {
        const contrast = contrastOf(front[at]!, back[at]!);
        if (contrast >= wanted) continue;
        const spot = own.find(({ css }) => pairsIn(css).has(mine.has(name) ? name : ground));
        const place = {
          file: spot?.path ?? "assets",
          line: lineOf(spot?.css ?? "", new RegExp(`--${mine.has(name) ? name : ground}\\s*:`)),
        };
        const message = `--${name} on --${ground} has ${contrast.toFixed(1)}:1 in the ${scheme} scheme.`;
        yield finding(name === "field" ? "T705" : "T704", place, message);
      }
    }
}

// The first value of a property counts: what follows stands in media queries, for paper and people who asked for more.
function firstOf(sheets: readonly string[]): Map<string, readonly [string, string]> {
  return new Map(sheets.toReversed().flatMap((css) => [...pairsIn(css)]));
}

function pairsIn(css: string): Map<string, readonly [string, string]> {
  const pairs = new Map<string, readonly [string, string]>();
  for (const [, name, value] of css.matchAll(/--(bg|surface|text|muted|link|field)\s*:([^;{}]*)/g)) {
    const colors = [...value!.matchAll(/#[0-9a-f]{3,8}\b/gi)].map(([color]) => hexColor(color));
    const [light, dark = light] = /light-dark\(/.test(value!) || colors.length === 1 ? colors : [];
    if (light && dark && !pairs.has(name!)) pairs.set(name!, [light, dark]);
  }
  return pairs;
}
