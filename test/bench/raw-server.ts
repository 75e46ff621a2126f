import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { answerQuestions } from "./child.ts";

// The yardstick for cached pages: Node's own server, the same bytes, the same headers, nothing else.
const given = JSON.parse(process.argv[2]!) as { headers: string[]; body: string };
const body = Buffer.from(given.body, "base64");
const server = createServer((_request, response) => {
  response.writeHead(200, given.headers);
  response.end(body);
});
server.listen(0, "127.0.0.1", () => answerQuestions((server.address() as AddressInfo).port, () => null));
