/** One plain-text mail, ready to go: addresses are clean, every header is one line. */
export type Letter = {
  readonly id: string;
  readonly from: string;
  /** What stands before the sender's address. */
  readonly fromName: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly date: Date;
  /** Where one stops getting such mail (RFC 2369, RFC 8058); null where one cannot. */
  readonly unsubscribe?: string | null;
};

/** The headers by which mail programs offer to leave; none for mail one cannot leave. */
export function leaveHeaders({ unsubscribe }: Letter): Readonly<Record<string, string>> {
  if (!unsubscribe) return {};
  const address = unsubscribe.replace(/[\s<>\p{Cc}]/gu, "");
  const headers = { "List-Unsubscribe": `<${address}>` };
  return address.startsWith("https:") ? { ...headers, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" } : headers;
}

/** What is shown of a mail in the data folder. */
export type ReadLetter = { readonly to: string; readonly subject: string; readonly date: string; readonly text: string };

/** Text as one line of a header: whatever could begin another line or hide in it becomes a space. */
export function headerLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, " ")
    .trim()
    .slice(0, 200)
    .toWellFormed();
}

/** Whether an address can stand in a header without being read as two, or as something else. */
export function isPlainAddress(address: string): boolean {
  return (
    address.length <= 254 &&
    /^[^\s\p{Cc}@<>"(),:;\\[\]]{1,64}@[^\s\p{Cc}@<>"(),:;\\[\].]+(\.[^\s\p{Cc}@<>"(),:;\\[\].]+)*$/u.test(address)
  );
}

/** The mail as an .eml file that both mail programs and people can read: its text stands there as it is. */
export function letterFile(letter: Letter): string {
  const name = headerLine(letter.fromName).replace(/["\\]/g, "");
  const headers = [
    `Date: ${letter.date.toUTCString().replace("GMT", "+0000")}`,
    `From: ${encodeWord(name)} <${letter.from}>`,
    `To: ${letter.to}`,
    `Subject: ${encodeWord(headerLine(letter.subject))}`,
    `Message-ID: ${messageId(letter)}`,
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: 8bit",
    "Auto-Submitted: auto-generated",
    ...Object.entries(leaveHeaders(letter)).map(([name, value]) => `${name}: ${value}`),
  ];
  return `${headers.join("\n")}\n\n${letter.text}\n`;
}

/** Reads a file that `letterFile` wrote. */
export function readLetterFile(file: string): ReadLetter {
  const end = file.indexOf("\n\n");
  const headers = new Map<string, string>();
  for (const line of file.slice(0, Math.max(end, 0)).split("\n")) {
    const colon = line.indexOf(": ");
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), decodeWord(line.slice(colon + 2)));
  }
  const header = (name: string) => headers.get(name) ?? "";
  return { to: header("to"), subject: header("subject"), date: header("date"), text: end < 0 ? "" : file.slice(end + 2) };
}

/** The same for every try, so that a mail that went out twice shows once. */
export function messageId(letter: Pick<Letter, "id" | "from">): string {
  return `<${letter.id.toLowerCase()}@${letter.from.split("@")[1] ?? "localhost"}>`;
}

function encodeWord(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) && !text.includes("=?") ? text : `=?utf-8?B?${Buffer.from(text).toString("base64")}?=`;
}

function decodeWord(text: string): string {
  return text.replace(/=\?utf-8\?B\?([A-Za-z0-9+/=]*)\?=/g, (_all, word: string) => Buffer.from(word, "base64").toString());
}
