import test from "ava";
import { headerLine, isPlainAddress, letterFile, readLetterFile, type Letter } from "./letter.ts";

const letter: Letter = {
  id: "01JB0000000000000000000000",
  from: "rookery@hub.example",
  fromName: "hub.example",
  to: "kim@mail.example",
  subject: "Grüße an Kim",
  text: "Hello Kim,\n\nhttps://hub.example/signin/link?token=abc",
  date: new Date("2026-05-01T09:00:00.000Z"),
};

test("a mail's file holds its text as it is and reads back the same", (t) => {
  const file = letterFile(letter);

  t.true(file.includes("https://hub.example/signin/link?token=abc"));
  t.regex(file, /^Message-ID: <01jb0000000000000000000000@hub\.example>$/m);
  t.regex(file, /^Date: Fri, 01 May 2026 09:00:00 \+0000$/m);
  t.deepEqual(readLetterFile(file), {
    to: "kim@mail.example",
    subject: "Grüße an Kim",
    date: "Fri, 01 May 2026 09:00:00 +0000",
    text: `${letter.text}\n`,
  });
});

for (const subject of [
  "Hi\r\nBcc: lee@mail.example",
  "Hi\nBcc: lee@mail.example",
  "Hi\u2028Bcc: lee@mail.example",
  "Hi\u0000\u0085x",
])
  test(`a subject cannot begin another header: ${JSON.stringify(subject)}`, (t) => {
    const file = letterFile({ ...letter, subject, fromName: `${subject} "<x@y.example>` });

    t.is(file.slice(0, file.indexOf("\n\n")).split("\n").length, 9);
    t.notRegex(file, /^Bcc:/m);
    t.notRegex(headerLine(subject), /[\p{Cc}\p{Zl}]/u);
  });

for (const [address, isGood] of [
  ["kim@mail.example", true],
  ["kim+birds@mail.example", true],
  ["rookery@localhost", true],
  ["kïm@mail.example", true],
  ["a,b@mail.example", false],
  ["a@mail.example,b@mail.example", false],
  ["a@b.example\r\nBcc: c@d.example", false],
  ["<a@mail.example>", false],
  ["a;b@mail.example", false],
  ["a(b)@mail.example", false],
  ['"a b"@mail.example', false],
  ["a@[127.0.0.1]", false],
  ["a@mail..example", false],
  ["no address", false],
] as const)
  test(`“${JSON.stringify(address)}” ${isGood ? "can" : "cannot"} stand in a header`, (t) =>
    t.is(isPlainAddress(address), isGood));
