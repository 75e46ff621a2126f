import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const manifests = ["plugins", "themes"].flatMap((place) =>
  readdirSync(root + place, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${root}${place}/${name}/${place === "themes" ? "theme.json" : "plugin.ts"}`),
);
// What plugins and themes call themselves and their settings is said in the words of their own folders.
const ownWords = [...manifests.filter((file) => existsSync(file)), `${root}admin/screens/plugins/kitchen.testing.ts`]
  .flatMap((file) => readFileSync(file, "utf8").match(/"[^"\n]*"/g) ?? [])
  .join(" ");
// Findings of plugins about the installation are said without a reader: in English until hooks know who reads.
const findings = manifests
  .map((file) => file.replace(/(plugin\.ts|theme\.json)$/, "locales/en.json"))
  .filter((file) => existsSync(file))
  .flatMap((file) => Object.entries(JSON.parse(readFileSync(file, "utf8")) as Record<string, string>))
  .filter(([key]) => key.startsWith("health."))
  .map(([, text]) => text)
  .join(" ");
// The line before the keys: defaults of the settings that only operators give, as docs/settings.md has them.
const words = `
  rookery kim lee ana una boats birds walks reeds reed heron herons at dawn dusk spring rain about dis of old by the river
  localhost example http https com org gmt utc am pm kb mb gb px
  january february march april may june july august september october november december
  jan feb mar apr jun jul aug sep oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
  yesterday today tomorrow ago in day days hour hours minute minutes second seconds month months year years week weeks byte bytes
  node sqlite mail web cli host import test ms main system georgia charter palatino optima helvetica rounded monospace publish scheduled files tools ours fbf cook slot tray fell gone
  data folder goes generated into off resolver info pretty terminal else
  ctrl enter shift alt esc markdown wordpress mozilla firefox perch base feeds sitemap kitchen waiter
`;

/** Words that people, machines and calendars bring, in lower case: they stand on a page as they are, whatever its language. */
export const dataWords: ReadonlySet<string> = new Set([
  ...words.split(/\s+/),
  ...(`${ownWords} ${findings}`.toLowerCase().match(/[a-z]{2,}/g) ?? []),
]);
