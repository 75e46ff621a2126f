// A process for import-kill.test.ts, which kills it: `node importer.ts FOLDER DATABASE_URL`. It works on jobs as a worker does
// and says each line of the file it reads.
import { work } from "../../core/start.ts";
import { openImporting } from "./importing.ts";

const [folder = "", databaseUrl = ""] = process.argv.slice(2);
const house = await openImporting(folder, databaseUrl, { onLine: (line) => void process.stdout.write(`${line}\n`) });
await work(house, new AbortController().signal);
