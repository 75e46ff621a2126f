import { createHash } from "node:crypto";
import type { Field } from "../../hooks/fields.ts";
import type { Asset, Theme } from "../themes/theme.ts";
import { readableOn } from "./colors.ts";
import type { Design } from "./design.ts";

/** Backgrounds that an accent must be readable on in every theme: the lightest and the darkest ones in use. */
const grounds = { light: "#f2f2f2", dark: "#1f2225" } as const;

/** The style sheet that carries a blog's settings: its accent, colour scheme, the theme's values, and its own CSS at the end. */
export function designSheet(design: Design, chain: readonly Theme[]): Asset {
  const lines = [...coreLines(design), ...valueLines(design, chain)];
  const root = lines.length === 0 ? "" : `:root{${lines.join(";")}}\n`;
  const bytes = Buffer.from(root + harmless(design.customCss));
  return { bytes, type: "text/css; charset=utf-8", hash: createHash("sha256").update(bytes).digest("hex").slice(0, 16) };
}

function coreLines(design: Design): string[] {
  const lines: string[] = [];
  if (design.colorScheme !== "auto") lines.push(`color-scheme:${design.colorScheme}`);
  if (design.accent) {
    const [light, dark] = [readableOn(grounds.light, design.accent), readableOn(grounds.dark, design.accent)];
    lines.push(`--accent:light-dark(${light},${dark})`);
  }
  return lines;
}

function valueLines(design: Design, chain: readonly Theme[]): string[] {
  const fields = Object.assign({}, ...chain.toReversed().map((theme) => theme.manifest.settings)) as Record<string, Field>;
  return Object.entries(fields).flatMap(([key, field]) => {
    const value = field.cssVar === undefined ? null : cssValue(field, design.values[key]);
    return value === null ? [] : [`--${field.cssVar}:${value}`];
  });
}

// Only numbers, colours and words get out bare; any other text is written as a CSS string, in which nothing can end it.
function cssValue(field: Field, value: string | number | boolean | undefined): string | null {
  if (value === undefined || value === "") return null;
  if (typeof value === "number") return String(value);
  if (typeof value === "boolean") return value ? "1" : "0";
  if (field.type === "color" || /^[a-z][a-z0-9-]*$/i.test(value)) return value;
  return `"${value.replace(/[^a-zA-Z0-9 ,.-]/gu, (character) => `\\${character.codePointAt(0)!.toString(16)} `)}"`;
}

// `@import` would fetch from elsewhere before the policy of the page speaks; the policy itself stops everything else.
function harmless(css: string): string {
  return css.replace(/@import[^;]*;?/gi, "").replace(/@charset[^;]*;?/gi, "");
}
