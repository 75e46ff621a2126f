import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { themeReference } from "./theme-reference.ts";

// node test/docs/write-theme-reference.ts
writeFileSync(fileURLToPath(new URL("../../docs/theming/reference.md", import.meta.url)), themeReference());
