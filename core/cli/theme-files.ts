import { existsSync } from "node:fs";
import { join } from "node:path";
import { PublicError } from "../errors.ts";
import { writeScaffold } from "./scaffold.ts";

/** Writes a theme that looks like its parent, with a style sheet to begin with, into `root/id` and gives the folder. */
export function newTheme(root: string, id: string, parent: string): string {
  if (!/^[a-z][a-z0-9-]{1,39}$/.test(id) || id === "plugins" || id === "base")
    throw new PublicError("theme.id", "A theme's id is 2 to 40 small letters, digits and hyphens, a letter first.");
  const folder = join(root, id);
  if (existsSync(folder))
    throw new PublicError("theme.there", `${folder} is there already: choose another id, or another --into.`);
  writeScaffold(folder, files(id, parent));
  return folder;
}

function files(id: string, parent: string): Record<string, string> {
  const words = id.replaceAll("-", " ");
  const name = words[0]!.toUpperCase() + words.slice(1);
  const manifest = {
    id,
    name,
    version: "0.1.0",
    description: `A look of its own, grown from ${parent}.`,
    license: "MIT",
    engine: "1",
    parent,
    colorSchemes: ["light", "dark"],
    styles: [`${id}.css`],
  };
  return {
    "theme.json": `${JSON.stringify(manifest, null, 2)}\n`,
    [`assets/${id}.css`]: `/* Comes after the style sheets of ${parent}: what stands here wins. */\n:root {\n  --radius: 0;\n}\n`,
    "locales/en.json": "{}\n",
    "README.md": `# ${name}

A look of its own, grown from ${parent}. What is not here comes from there: copy a template from its \`templates/\` into one of your
own to change it.

**Check it**: \`rookery theme check\` and this folder. **Use it**: \`rookery theme use ${id} --blog ADDRESS\`.
`,
  };
}
