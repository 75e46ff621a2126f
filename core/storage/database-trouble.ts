import { PublicError } from "../errors.ts";
import { mask } from "../settings/mask.ts";

/** What an operator can do about a database that does not open, in one sentence. */
export function databaseTrouble(url: string, error: unknown): Error {
  if (error instanceof PublicError) return error;
  const { code = "", message = "" } = error as { code?: string; message?: string };
  return new PublicError("database.trouble", `The database ${mask(url)} does not open: ${remedy(code, message)}`, 503);
}

function remedy(code: string, message: string): string {
  if (message === "URI malformed") return "in DATABASE_URL write a % of the user or password as %25.";
  // MariaDB has a code of its own for a user it does not know (ER_ACCESS_DENIED_NO_PASSWORD_ERROR).
  if (/^ER_(DB)?ACCESS_DENIED/.test(code)) return "check the user and password in DATABASE_URL.";
  if (code === "ER_BAD_DB_ERROR") return "there is no such database; create it, or correct its name in DATABASE_URL.";
  if (/ECONNREFUSED|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|EHOSTUNREACH/.test(`${code} ${message}`)) {
    return "nothing answers there; start the server, or correct host and port in DATABASE_URL.";
  }
  if (/not a database|malformed/i.test(message)) return "the file is not a SQLite database or is damaged; restore a backup.";
  if (/readonly|unable to open/i.test(message)) return "the file cannot be opened for writing; check its rights and the disk.";
  return `${message.split("\n")[0]?.slice(0, 200)}.`;
}
