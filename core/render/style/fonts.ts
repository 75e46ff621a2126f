import type { Theme } from "../themes/theme.ts";

/** Fonts that are on everybody's machine, by the words that settings keep. */
export const systemFonts: Readonly<Record<string, string>> = {
  sans: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif",
  humanist: "Seravek, 'Gill Sans Nova', Ubuntu, Calibri, 'DejaVu Sans', source-sans-pro, sans-serif",
  geometric: "Avenir, Montserrat, Corbel, 'URW Gothic', source-sans-pro, sans-serif",
  rounded: "ui-rounded, 'Hiragino Maru Gothic ProN', Quicksand, Comfortaa, 'Arial Rounded MT Bold', Calibri, sans-serif",
  serif: "Charter, 'Bitstream Charter', 'Sitka Text', Cambria, serif",
  oldstyle: "'Iowan Old Style', 'Palatino Linotype', 'URW Palladio L', P052, serif",
  slab: "Rockwell, 'Rockwell Nova', 'Roboto Slab', 'DejaVu Serif', 'Sitka Small', serif",
  mono: "ui-monospace, 'Cascadia Code', 'Source Code Pro', Menlo, Consolas, 'DejaVu Sans Mono', monospace",
};

/** What a setting of type `font` offers: the fonts of everybody's machine, and the families that the themes bring along. */
export function fontChoices(chain: readonly Theme[]): readonly { readonly value: string; readonly label: string }[] {
  const brought = new Set(
    chain.flatMap(({ manifest }) => manifest.fonts.map(({ family }) => family)).filter((name) => name !== ""),
  );
  const system = Object.keys(systemFonts).map((name) => ({ value: name, label: name }));
  return [...[...brought].map((family) => ({ value: family, label: family })), ...system];
}

/** The `font-family` of a choice; null for what nobody offers. */
export function fontStack(choice: string, chain: readonly Theme[]): string | null {
  if (Object.hasOwn(systemFonts, choice)) return systemFonts[choice]!;
  const isBrought = chain.some(({ manifest }) => manifest.fonts.some(({ family }) => family === choice));
  return isBrought && familyPattern.test(choice) ? `"${choice}", ${systemFonts.sans}` : null;
}

/** What a family may be called; so it can stand in a style sheet between quotes. */
export const familyPattern = /^[\p{L}\p{N}][\p{L}\p{N} _-]{0,60}$/u;
