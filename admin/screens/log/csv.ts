import { Readable } from "node:stream";
import { searchAudit, type AuditFilter, type NamedLine } from "../../../core/people/audit-search.ts";
import type { Storage } from "../../../core/storage/storage.ts";
import type { AdminRequest } from "../../request.ts";
import { noteAct } from "../people/audited.ts";
import { logFilter } from "./filter.ts";
import { factsOf } from "./list.ts";

const pageSize = 500;

/** The log as a file for a spreadsheet, page by page as it is sent. */
export async function exportLog(request: AdminRequest) {
  const { filter } = await logFilter(request);
  const { storage } = request.house;
  if (request.method === "GET")
    await storage.write((db) => noteAct(request, db, { action: "log.exported", subject: request.query.toString() }));
  const headers = {
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": 'attachment; filename="rookery-log.csv"',
    "cache-control": "no-store",
  };
  return { status: 200, headers, stream: Readable.from(lines(storage, filter)) };
}

async function* lines(storage: Storage, filter: AuditFilter | null): AsyncIterable<string> {
  yield row(["time", "person", "blog", "action", "subject", "detail", "via", "address"]);
  if (filter === null) return;
  for (let before: number | undefined; ;) {
    const found = await searchAudit(storage, { ...filter, limit: pageSize, ...(before !== undefined && { before }) });
    if (found.length > 0) yield found.map(rowOf).join("");
    if (found.length < pageSize) return;
    before = found.at(-1)!.id;
  }
}

const rowOf = (line: NamedLine): string =>
  row([line.at, line.username, line.host, line.action, line.subject, factsOf(line.detail), line.via, line.address]);

/** One row of a CSV file (RFC 4180). What a spreadsheet would take for a formula is kept from being one. */
export function row(cells: readonly string[]): string {
  const cell = (text: string) => `"${text.replace(/^(?=[=+\-@\t\r])/, "'").replaceAll('"', '""')}"`;
  return `${cells.map(cell).join(",")}\r\n`;
}
