import test, { type ExecutionContext } from "ava";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { domainRecords, NameServersSilent } from "./domain-records.ts";

const types: Readonly<Record<number, string>> = { 1: "A", 5: "CNAME", 16: "TXT", 28: "AAAA" };
const codes = { none: 0, nowhere: 3, failing: 2 } as const;

// A name server in its smallest form (RFC 1035 §4): the question comes back with answers or a code.
async function nameServer(t: ExecutionContext, records: Readonly<Record<string, readonly Buffer[] | keyof typeof codes>>) {
  const socket = createSocket("udp4");
  socket.on("message", (query, from) => {
    const { name, end } = nameIn(query);
    const type = query.readUInt16BE(end);
    const found = records[`${types[type]} ${name}`] ?? "nowhere";
    const answers = typeof found === "string" ? [] : found;
    const head = Buffer.from(query.subarray(0, 12));
    head.writeUInt16BE(0x8180 | (typeof found === "string" ? codes[found] : 0), 2);
    head.writeUInt16BE(answers.length, 6);
    head.writeUInt32BE(0, 8);
    const rest = answers.map((data) => {
      const row = Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, 0]);
      row.writeUInt16BE(data.length, 10);
      return Buffer.concat([row, data]);
    });
    socket.send(Buffer.concat([head, query.subarray(12, end + 4), ...rest]), from.port, from.address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  t.teardown(() => socket.close());
  return domainRecords([`127.0.0.1:${(socket.address() as AddressInfo).port}`]);
}

function nameIn(query: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (; query[at]! > 0; at += query[at]! + 1) labels.push(query.subarray(at + 1, at + 1 + query[at]!).toString());
  return { name: labels.join("."), end: at + 1 };
}

const text = (...pieces: string[]) => Buffer.concat(pieces.map((piece) => Buffer.from([piece.length, ...Buffer.from(piece)])));
const label = (name: string) =>
  Buffer.concat([...name.split(".").map((part) => Buffer.from([part.length, ...Buffer.from(part)])), Buffer.from([0])]);

test("a name server is asked for addresses, aliases and texts; long texts are put together", async (t) => {
  const records = await nameServer(t, {
    "A kim.example": [Buffer.from([203, 0, 113, 7])],
    "AAAA kim.example": [Buffer.from("20010db8000000000000000000000007", "hex")],
    "CNAME www.kim.example": [label("Hub.example")],
    "TXT _rookery.kim.example": [text("v=spf1 -all"), text("half a ", "token")],
  });

  t.deepEqual(await records.addresses("kim.example"), ["203.0.113.7", "2001:db8::7"]);
  t.deepEqual(await records.aliases("www.kim.example"), ["hub.example"]);
  t.deepEqual(new Set(await records.texts("_rookery.kim.example")), new Set(["v=spf1 -all", "half a token"]));
});

test("a name that is not there, or has no such record, is an empty list", async (t) => {
  const records = await nameServer(t, {
    "A lee.example": "none",
    "AAAA lee.example": "none",
    "TXT _rookery.lee.example": "none",
  });

  t.deepEqual(await records.addresses("lee.example"), []);
  t.deepEqual(await records.addresses("nowhere.example"), []);
  t.deepEqual(await records.aliases("lee.example"), []);
  t.deepEqual(await records.texts("_rookery.lee.example"), []);
});

test("a name server that fails, or is not there, is silence", async (t) => {
  const failing = await nameServer(t, { "TXT kim.example": "failing" });
  const away = domainRecords(["127.0.0.1:1"]);

  await t.throwsAsync(failing.texts("kim.example"), { instanceOf: NameServersSilent });
  await t.throwsAsync(away.texts("kim.example"), { instanceOf: NameServersSilent });
});

test("localhost leads to this machine without being asked for", async (t) => {
  t.deepEqual(await domainRecords(["127.0.0.1:1"]).addresses("kim.localhost"), ["127.0.0.1", "::1"]);
});
