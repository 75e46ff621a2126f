import { contrastOf, hexColor } from "../style/colors.ts";
import { finding, lineAt, lineOf, type ThemeFinding } from "./finding.ts";
import { textOf, type ThemeUnderCheck } from "./theme-under-check.ts";

const schemes = ["light", "dark"] as const;
const grounds = ["bg", "surface"];
const least = { text: 4.5, muted: 4.5, link: 4.5, field: 3 } as const;

type Pairs = ReadonlyMap<string, readonly [light: string, dark: string]>;

/**
 * T704, T705: the colours that a theme names as custom properties (bg, surface, text, muted, link, field), in both schemes: as
 * they are at first, with its parents', and in every rule that sets words and their ground together.
 */
export function* contrastFindings(theme: ThemeUnderCheck): Generator<ThemeFinding> {
  if ("problem" in theme.manifest) return;
  const own = theme.manifest.styles.map((path) => ({ file: `assets/${path}`, css: textOf(theme, `assets/${path}`) }));
  const above = theme.parents.flatMap((parent) =>
    parent.manifest.styles.map((path) => Buffer.from(parent.asset(path)?.bytes ?? []).toString("utf8")),
  );
  const mine = firstOf(own.map(({ css }) => css));
  const all: Pairs = new Map([...firstOf(above), ...mine]);
  const first = own.find(({ css }) => pairsIn(css).size > 0);
  const seen = new Set<string>();
  const sets = [
    { pairs: all, file: first?.file ?? "", line: lineOf(first?.css ?? "", tokens), of: mine },
    ...own.flatMap(({ file, css }) =>
      [...css.matchAll(/\{([^{}]*)\}/g)].map(({ 1: block, index }) => {
        const pairs = pairsIn(block!);
        return { pairs, file, line: lineAt(css, index), of: pairs };
      }),
    ),
  ];
  for (const { pairs, file, line, of } of sets)
    for (const [code, message] of lowContrasts(pairs, of)) {
      if (seen.has(message)) continue;
      seen.add(message);
      yield finding(code, { file, line }, message);
    }
}

// `of` are the colours that the theme itself chose: two of its parent's are not its affair.
function* lowContrasts(pairs: Pairs, of: Pairs): Generator<["T704" | "T705", string]> {
  for (const [name, wanted] of Object.entries(least))
    for (const ground of grounds) {
      const [front, back] = [pairs.get(name), pairs.get(ground)];
      if (!front || !back || !(of.has(name) || of.has(ground))) continue;
      for (const [at, scheme] of schemes.entries()) {
        const contrast = contrastOf(front[at]!, back[at]!);
        if (contrast >= wanted) continue;
        const colors = `--${name} ${front[at]} on --${ground} ${back[at]}`;
        yield [name === "field" ? "T705" : "T704", `${colors} has ${contrast.toFixed(1)}:1 in the ${scheme} scheme.`];
      }
    }
}

// The first value of a property counts: what follows stands in media queries, for paper and people who asked for more.
function firstOf(sheets: readonly string[]): Map<string, readonly [string, string]> {
  return new Map(sheets.toReversed().flatMap((css) => [...pairsIn(css)]));
}

const tokens = /--(bg|surface|text|muted|link|field)\s*:/;

function pairsIn(css: string): Map<string, readonly [string, string]> {
  const pairs = new Map<string, readonly [string, string]>();
  for (const [, name, value] of css.matchAll(new RegExp(`${tokens.source}([^;{}]*)`, "g"))) {
    const colors = [...value!.matchAll(/#[0-9a-f]{3,8}\b/gi)].map(([color]) => hexColor(color));
    const [light, dark = light] = /light-dark\(/.test(value!) || colors.length === 1 ? colors : [];
    if (light && dark && !pairs.has(name!)) pairs.set(name!, [light, dark]);
  }
  return pairs;
}
