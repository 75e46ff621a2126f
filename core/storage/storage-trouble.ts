/** SQLite's primary result codes for a database that cannot do its work just now: busy, locked, read-only, I/O, full, no file. */
const sqliteCodes = new Set([5, 6, 8, 10, 13, 14]);
const serverCodes =
  /^(PROTOCOL_|POOL_|ER_(CON_COUNT|SERVER_SHUTDOWN|QUERY_INTERRUPTED|CONNECTION_KILLED|OPTION_PREVENTS|RECORD_FILE_FULL|DISK_FULL|LOCK_|NEW_ABORTING))/;
const socketCodes = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;
const closedSentence = /connection is in closed state|connection lost|pool is closed|database is not open/i;

type Facts = { code?: unknown; errcode?: unknown; fatal?: unknown; name?: unknown; message?: unknown; cause?: unknown };

/** Whether an error means that the database is away, full or locked just now, so that the same request may succeed later. */
export function isStorageAway(error: unknown): boolean {
  for (let one = error, depth = 0; typeof one === "object" && one !== null && depth < 5; depth++) {
    const facts = one as Facts;
    if (isAway(facts)) return true;
    one = facts.cause;
  }
  return false;
}

function isAway({ code, errcode, fatal, name, message }: Facts): boolean {
  if (code === "ERR_SQLITE_ERROR") return typeof errcode === "number" && sqliteCodes.has(errcode & 0xff);
  if (typeof code === "string" && serverCodes.test(code)) return true;
  // A reader's broken connection has the same codes; the database client says that its own is lost for good.
  const isOfDatabase = fatal === true || name === "QueryFailedError";
  if (isOfDatabase && typeof code === "string" && socketCodes.test(code)) return true;
  return typeof message === "string" && closedSentence.test(message);
}
