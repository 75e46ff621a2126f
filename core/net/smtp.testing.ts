import { createServer, type AddressInfo, type Socket } from "node:net";

type Teardown = { teardown(work: () => unknown): void };

/** A mail server on loopback that keeps what it is given, or answers a recipient as told. */
export async function startMailServer(
  t: Teardown,
  answers: { recipient?: string } = {},
): Promise<{ url: string; letters: string[]; recipients: string[] }> {
  const letters: string[] = [];
  const recipients: string[] = [];
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.write("220 mail.example\r\n");
    converse(socket, { letters, recipients, recipient: answers.recipient ?? "250 ok" });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.teardown(() => server.close());
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}?from=rookery@hub.example`, letters, recipients };
}

function converse(socket: Socket, kept: { letters: string[]; recipients: string[]; recipient: string }): void {
  let heard = "";
  let isLetter = false;
  socket.on("data", (piece: Buffer) => {
    heard += piece.toString();
    for (
      let end = heard.indexOf(isLetter ? "\r\n.\r\n" : "\r\n");
      end >= 0;
      end = heard.indexOf(isLetter ? "\r\n.\r\n" : "\r\n")
    ) {
      const part = heard.slice(0, end);
      heard = heard.slice(end + (isLetter ? 5 : 2));
      if (isLetter) kept.letters.push(part);
      if (!isLetter && /^RCPT/i.test(part)) kept.recipients.push(part);
      const answer = isLetter ? "250 taken" : answerTo(part, kept.recipient);
      isLetter = answer.startsWith("354");
      socket.write(`${answer}\r\n`);
    }
  });
}

function answerTo(line: string, recipient: string): string {
  if (/^(EHLO|HELO)/i.test(line)) return "250 mail.example";
  if (/^RCPT/i.test(line)) return recipient;
  if (/^DATA/i.test(line)) return "354 go on";
  if (/^QUIT/i.test(line)) return "221 bye";
  return "250 ok";
}
