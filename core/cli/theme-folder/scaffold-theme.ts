import { existsSync } from "node:fs";
import { join } from "node:path";
import { PublicError } from "../../errors.ts";
import { writeScaffold } from "../scaffold.ts";

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

**See it** while you write: \`rookery theme dev\` and this folder. **Check it**: \`rookery theme check\`. **Use it**: \`rookery
theme use ${id} --blog ADDRESS\`. **Hand it on**: \`rookery theme zip\`.
`,
    LICENSE: `MIT License

Copyright (c) the authors of ${name}

${mit}`,
  };
}

const mit = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files
(the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge,
publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so,
subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR
ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH
THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`;
