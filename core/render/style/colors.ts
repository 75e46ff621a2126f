type Rgb = readonly [number, number, number];

/** A colour as `#rrggbb`; null when the text is none (`#rgb` and `#rrggbb` are). */
export function hexColor(text: string): string | null {
  const match = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim());
  if (!match) return null;
  const digits = match[1]!.length === 3 ? [...match[1]!].map((digit) => digit + digit).join("") : match[1]!;
  return `#${digits.toLowerCase()}`;
}

/** The colour itself, or the nearest one towards black or white that is readable (4.5:1, WCAG 2.2 1.4.3) on a background. */
export function readableOn(background: string, color: string): string {
  const back = rgbOf(background);
  const target: Rgb = luminance(back) > 0.18 ? [0, 0, 0] : [255, 255, 255];
  const start = rgbOf(color);
  for (let step = 0; step <= 20; step++) {
    const mixed = start.map((value, at) => Math.round(value + ((target[at]! - value) * step) / 20)) as unknown as Rgb;
    if (contrast(mixed, back) >= 4.5) return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
  }
  return target[0] === 0 ? "#000000" : "#ffffff";
}

/** The contrast of two colours, 1 to 21. */
export function contrastOf(one: string, other: string): number {
  return contrast(rgbOf(one), rgbOf(other));
}

function contrast(one: Rgb, other: Rgb): number {
  const [dark, light] = [luminance(one), luminance(other)].toSorted((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: Rgb): number {
  const [red, green, blue] = color.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function rgbOf(hex: string): Rgb {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;
}
