import test from "ava";
import { Gate } from "./gate.ts";
import { checkPassword, hashPassword, passwordProblem } from "./passwords.ts";

const good = "seven herons in the reeds";

test("a password matches its own hash and no other does", async (t) => {
  const stored = await hashPassword(good);

  t.regex(stored, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  t.deepEqual(await checkPassword(stored, good), { isRight: true, isStale: false });
  t.false((await checkPassword(stored, `${good}.`)).isRight);
  t.false((await checkPassword(null, good)).isRight);
});

test("the same password typed with composed and decomposed letters is one password", async (t) => {
  const stored = await hashPassword("caf\u00e9 am reeds");

  t.true((await checkPassword(stored, "cafe\u0301 am reeds")).isRight);
});

test("a hash of another cost is known as stale", async (t) => {
  const cheap = "$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

  t.true((await checkPassword(cheap, good)).isStale);
});

for (const password of [
  "",
  "short 7",
  "password",
  "Passw0rd123!",
  "P@ssword2024",
  "qwertyuiop",
  "12345678",
  "987654321",
  "31121999",
  "aaaaaaaaaa",
  "abababab",
  "iloveyou!!",
  "Monkey2023",
  "1q2w3e4r5t",
  "1qaz2wsx3edc",
  "letmein99",
  "x".repeat(257),
])
  test(`“${password.slice(0, 20)}” will not do as a password`, (t) => t.not(passwordProblem(password), null));

for (const password of [good, "Ü7-tüte;lampe", "👩‍👩‍👧‍👦 vier im Boot", "kV9#tL2p"])
  test(`“${password}” will do as a password`, (t) => t.is(passwordProblem(password), null));

test("a password that is little more than the name will not do", (t) => {
  t.not(passwordProblem("kimberley99", "kimberley"), null);
});

test("of many at once 4 run, 20 wait, and the rest are sent away", async (t) => {
  const gate = new Gate(4, 20);
  let running = 0;
  let most = 0;
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  const work = async () => {
    most = Math.max(most, ++running);
    await opened;
    running--;
  };

  const all = Array.from({ length: 30 }, () => gate.run(work));
  open();
  const results = await Promise.allSettled(all);

  t.is(most, 4);
  t.is(results.filter((result) => result.status === "fulfilled").length, 24);
  t.is(results.filter((result) => result.status === "rejected" && result.reason.status === 503).length, 6);
  await t.notThrowsAsync(gate.run(async () => undefined));
});
