import test from "ava";
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installationSecret, secretFile, writeSecret } from "./secret.ts";

function folder(t: { teardown(work: () => unknown): void }): string {
  const path = mkdtempSync(join(tmpdir(), "rookery-secret-"));
  t.teardown(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test("the first start makes a secret that only this user can read, later ones find it", (t) => {
  const dataFolder = folder(t);

  const first = installationSecret({ secret: null, dataFolder });

  t.is(first.length, 64);
  t.is(statSync(secretFile(dataFolder)).mode & 0o777, 0o600);
  t.is(installationSecret({ secret: null, dataFolder }), first);
});

test("a secret from the environment wins and leaves no file", (t) => {
  const dataFolder = folder(t);
  const secret = "k".repeat(40);

  t.is(installationSecret({ secret, dataFolder }), secret);
  t.throws(() => statSync(secretFile(dataFolder)), { code: "ENOENT" });
});

test("a secret that is there already is never overwritten", (t) => {
  const dataFolder = folder(t);
  const first = installationSecret({ secret: null, dataFolder });

  writeSecret(dataFolder, "x".repeat(40));

  t.is(installationSecret({ secret: null, dataFolder }), first);
});

test("a secret others can read is refused with the remedy", (t) => {
  const dataFolder = folder(t);
  installationSecret({ secret: null, dataFolder });
  chmodSync(secretFile(dataFolder), 0o644);

  t.throws(() => installationSecret({ secret: null, dataFolder }), { message: /chmod 600/ });
});

test("a cut-off secret is refused", (t) => {
  const dataFolder = folder(t);
  writeFileSync(secretFile(dataFolder), "abc", { mode: 0o600 });

  t.throws(() => installationSecret({ secret: null, dataFolder }), { message: /backup/ });
});
