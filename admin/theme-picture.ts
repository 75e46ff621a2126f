import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PublicError } from "../core/errors.ts";
import type { AdminRequest } from "./request.ts";

type WithThemes = Pick<AdminRequest, "house">;

const pictureOf = ({ house }: WithThemes, id: string): string | null => {
  const theme = house.themes.find(id);
  const file = theme && join(theme.folder, "screenshots", "desktop.png");
  return file && existsSync(file) ? file : null;
};

/** Whether a theme brings a picture of itself. */
export function hasThemePicture(request: WithThemes, id: string): boolean {
  return pictureOf(request, id) !== null;
}

/** The picture of the address's theme; PublicError 404 when there is none. */
export async function themePicture(request: AdminRequest) {
  const file = pictureOf(request, request.params.id ?? "");
  if (!file) throw new PublicError("theme.no-picture", "This theme has no picture.", 404);
  return { bytes: await readFile(file), headers: { "content-type": "image/png", "cache-control": "private, max-age=3600" } };
}
