import { Fault, faults } from "./fault.ts";

const [start, close] = [Buffer.from("<base64>"), Buffer.from("</base64>")];
const most = 20;

/**
 * Takes files out of a document before it is read as XML: twenty megabytes of base64 are no text that anybody has to parse. Gives
 * the document with a number in each one's place, and the pieces.
 */
export function withoutFiles(bytes: Uint8Array): { readonly xml: Uint8Array; readonly files: readonly Uint8Array[] } {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [kept, files]: [Uint8Array[], Uint8Array[]] = [[], []];
  let at = 0;
  for (let from = whole.indexOf(start); from !== -1; from = whole.indexOf(start, at)) {
    const end = whole.indexOf(close, from);
    if (end === -1) break;
    if (files.length === most) throw new Fault(faults.params, `A call may bring ${most} files at most.`);
    kept.push(whole.subarray(at, from + start.length), Buffer.from(String(files.length)));
    files.push(whole.subarray(from + start.length, end));
    at = end;
  }
  return { xml: files.length === 0 ? whole : Buffer.concat([...kept, whole.subarray(at)]), files };
}
