import test from "ava";
import { readFileSync } from "node:fs";

const css = readFileSync(new URL("tokens.css", import.meta.url), "utf8");
const [usual = "", more = ""] = css.split("@media (prefers-contrast: more)");

/** The light and the dark colour of each token. */
function colours(part: string): Map<string, readonly [string, string]> {
  const found = part.matchAll(/--rk-([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g);
  return new Map([...found].map(([, name, light, dark]) => [name!, [light!, dark!] as const]));
}

function luminance(colour: string): number {
  const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  const [r, g, b] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

const asked = [
  ["as they are", colours(usual), { text: 4.5, line: 3 }],
  ["for whoever asks for more contrast", new Map([...colours(usual), ...colours(more)]), { text: 7, line: 4.5 }],
] as const;

for (const [which, tokens, least] of asked) {
  test(`colours ${which}: words and controls stand out from page and card, light and dark`, (t) => {
    for (const scheme of [0, 1] as const) {
      for (const name of ["bg", "surface"]) {
        const behind = tokens.get(name)![scheme];
        for (const word of ["text", "muted", "accent", "warn", "bad", "good"])
          t.true(contrast(tokens.get(word)![scheme], behind) >= least.text, `${word} on ${name}`);
        t.true(contrast(tokens.get("field")![scheme], behind) >= least.line, `field on ${name}`);
      }
      t.true(contrast(tokens.get("on-accent")![scheme], tokens.get("accent")![scheme]) >= least.text, "on-accent");
    }
  });
}
