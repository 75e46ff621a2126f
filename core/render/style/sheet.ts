import { createHash } from "node:crypto";
import type { Field } from "../../hooks/fields.ts";
import { assetUrl } from "../asset-urls.ts";
import type { Asset, Theme } from "../themes/theme.ts";
import { readableOn } from "./colors.ts";
import { safeCss } from "./custom-css.ts";
import { fieldsOf, type Design, type Scheme } from "./design.ts";
import { familyPattern, fontStack } from "./fonts.ts";
import type { SettingValue } from "./setting-values.ts";

/** Backgrounds that an accent must be readable on in every theme: the lightest and the darkest ones in use. */
const grounds = { light: "#f2f2f2", dark: "#1f2225" } as const;

/**
 * The style sheet that carries a blog's settings: the theme's fonts, accent, colour scheme, and the theme's values. `scheme` is
 * what the reader chose, where the blog leaves it to them.
 */
export function designSheet(design: Design, chain: readonly Theme[], scheme: Scheme = "auto"): Asset {
  const lines = [...coreLines(design, scheme), ...valueLines(design, chain)];
  const root = lines.length === 0 ? "" : `:root{${lines.join(";")}}\n`;
  return sheetOf(fontFaces(chain) + root);
}

/** The style sheet of what a blog's people wrote themselves; it comes after everything else. */
export function customSheet({ customCss }: Pick<Design, "customCss">): Asset {
  return sheetOf(safeCss(customCss));
}

function sheetOf(text: string): Asset {
  const bytes = Buffer.from(text);
  return { bytes, type: "text/css; charset=utf-8", hash: createHash("sha256").update(bytes).digest("hex").slice(0, 16) };
}

function coreLines(design: Design, scheme: Scheme): string[] {
  const lines: string[] = [];
  const chosen = design.colorScheme === "reader" ? scheme : design.colorScheme;
  if (chosen !== "auto") lines.push(`color-scheme:${chosen}`);
  if (design.accent) {
    const [light, dark] = [readableOn(grounds.light, design.accent), readableOn(grounds.dark, design.accent)];
    lines.push(`--accent:light-dark(${light},${dark})`);
  }
  return lines;
}

function valueLines(design: Design, chain: readonly Theme[]): string[] {
  return Object.entries(fieldsOf(chain)).flatMap(([key, field]) => {
    const value = field.cssVar === undefined ? null : cssValue(field, design.values[key], chain);
    return value === null ? [] : [`--${field.cssVar}:${value}`];
  });
}

// Only numbers, colours and words get out bare; any other text is written as a CSS string, in which nothing can end it.
function cssValue(field: Field, value: SettingValue | undefined, chain: readonly Theme[]): string | null {
  if (value === undefined || value === "") return null;
  if (typeof value === "number") return String(value);
  if (typeof value === "boolean") return value ? "1" : "0";
  if (field.type === "color") return value;
  if (field.type === "font") return fontStack(value, chain);
  if (field.type === "image") return `url(${cssText(value)})`;
  const isChoice = field.type === "select" || field.type === "radio";
  return isChoice && /^[a-z][a-z0-9-]*$/i.test(value) ? value : cssText(value);
}

function cssText(value: string): string {
  return `"${value.replace(/[^a-zA-Z0-9 ,.-]/gu, (character) => `\\${character.codePointAt(0)!.toString(16)} `)}"`;
}

/** `@font-face` for the fonts that the themes bring along, at the addresses that the head preloads. */
function fontFaces(chain: readonly Theme[]): string {
  return chain
    .toReversed()
    .flatMap((theme) => theme.manifest.fonts.map((font) => ({ font, src: assetUrl([theme], font.file) })))
    .map(({ font, src }) => {
      if (src === null || !familyPattern.test(font.family)) return "";
      const { family, weight, style, display, unicodeRange } = font;
      const range = unicodeRange === "" ? "" : `;unicode-range:${unicodeRange}`;
      return `@font-face{font-family:"${family}";src:url("${src}")format("woff2");font-weight:${weight};font-style:${style};font-display:${display}${range}}\n`;
    })
    .join("");
}
