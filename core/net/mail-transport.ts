import { mkdir, open, rename } from "node:fs/promises";
import { join } from "node:path";
import { sentenceOf } from "../errors.ts";
import { headerLine, isPlainAddress, leaveHeaders, letterFile, messageId, type Letter } from "./letter.ts";

/** How mail leaves: through the operator's mail server, or as files into the data folder. */
export interface MailTransport {
  readonly kind: "smtp" | "folder";
  /** The address mail comes from. */
  readonly from: string;
  /** Sends one mail; gives where it went, in a word for the log. Throws a sentence, `permanent` when another try would not help. */
  send(letter: Letter): Promise<string>;
}

/** What the operator configured. */
export type MailSettings = { readonly smtpUrl: string | null; readonly dataFolder: string; readonly url: string };

// How long a mail server may keep a job waiting.
const limits = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000, dnsTimeout: 10_000 };

/** The transport of an installation's settings. */
export function openMailTransport(settings: MailSettings): MailTransport {
  const fallback = `rookery@${new URL(settings.url).hostname.replace(/[[\]]/g, "")}`;
  return settings.smtpUrl === null
    ? folderTransport(mailFolder(settings.dataFolder), fallback)
    : smtpTransport(new URL(settings.smtpUrl), fallback);
}

/** Where mail lies while there is no mail server. */
export function mailFolder(dataFolder: string): string {
  return join(dataFolder, "mail");
}

/** Name of a mail's file: names sort by time, and a second try writes the same one. */
export function letterName(letter: Pick<Letter, "id" | "date">): string {
  return `${letter.date.toISOString().replaceAll(/[:.]/g, "-")}-${letter.id.toLowerCase()}.eml`;
}

function folderTransport(folder: string, from: string): MailTransport {
  return {
    kind: "folder",
    from,
    async send(letter) {
      refuseBadAddress(letter.to);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const path = join(folder, letterName(letter));
      const draft = await open(`${path}.part`, "w", 0o600);
      try {
        await draft.writeFile(letterFile(letter));
        await draft.sync();
      } finally {
        await draft.close();
      }
      await rename(`${path}.part`, path);
      return path;
    },
  };
}

function smtpTransport(url: URL, fallback: string): MailTransport {
  const user = decodeURIComponent(url.username);
  const from = url.searchParams.get("from") ?? (isPlainAddress(user) ? user : fallback);
  const isSecure = url.protocol === "smtps:";
  const tls = url.searchParams.get("tls");
  const options = {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: Number(url.port) || (isSecure ? 465 : 587),
    secure: isSecure,
    requireTLS: tls === "required",
    ignoreTLS: tls === "off",
    ...(user === "" ? {} : { auth: { user, pass: decodeURIComponent(url.password) } }),
    ...limits,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
  return {
    kind: "smtp",
    from,
    async send(letter) {
      refuseBadAddress(letter.to);
      // Loaded at the first mail: most processes never send one.
      const { createTransport } = await import("nodemailer");
      const transport = createTransport(options);
      try {
        await transport.sendMail({
          messageId: messageId(letter),
          date: letter.date,
          from: { name: headerLine(letter.fromName), address: letter.from },
          to: { name: "", address: letter.to },
          subject: headerLine(letter.subject),
          text: letter.text,
          headers: { "Auto-Submitted": "auto-generated", ...leaveHeaders(letter) },
        });
        return url.host;
      } catch (error) {
        throw refusal(error);
      } finally {
        transport.close();
      }
    },
  };
}

function refuseBadAddress(address: string): void {
  if (!isPlainAddress(address)) throw Object.assign(new Error("The mail's address is none"), { permanent: true });
}

// A server that says “never” to the recipient will say so again; all else (a wrong password too) may be put right.
function refusal(error: unknown): Error {
  const { responseCode, command } = error as { responseCode?: number; command?: string };
  const isPermanent = command === "RCPT TO" && (responseCode ?? 0) >= 500;
  return Object.assign(new Error(`The mail server did not take the mail: ${sentenceOf(error)}`, { cause: error }), {
    ...(isPermanent && { permanent: true }),
  });
}
