import { flagOf, textOf } from "../wire/input.ts";
import type { Looks } from "../wire/page-style.ts";

/** How an app wants pages: their looks, and whether posts carry actions and tags. */
export type Look = Looks & { readonly actions?: boolean; readonly tags?: boolean };

/** Reads how an app wants pages. What makes no sense is left to the browser. */
export function lookIn(input: URLSearchParams): Look {
  const theme = textOf(input, "theme");
  const isDark = flagOf(input, "darkmode");
  const [fontSize, width] = [between(input.get("fontsize"), 10, 40), between(input.get("width"), 200, 2_000)];
  return {
    ...(theme === "dark" || theme === "light" ? { theme } : isDark !== undefined && { theme: isDark ? "dark" : "light" }),
    ...(fontSize !== undefined && { fontSize }),
    ...(width !== undefined && { width }),
    actions: flagOf(input, "show_actions") === true,
    tags: flagOf(input, "show_tags") === true,
  };
}

function between(text: string | null, least: number, most: number): number | undefined {
  if (!/^-?\d{1,5}(\.\d+)?$/.test(text?.trim() ?? "")) return undefined;
  const number = Math.round(Number(text));
  return number >= least && number <= most ? number : undefined;
}
