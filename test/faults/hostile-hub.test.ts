import test from "ava";
import { openDashboard, setUp } from "../../admin/testing.ts";
import { adminRoutes } from "../../admin/routes.ts";
import { startSession } from "../../core/people/sessions.ts";
import { sendRaw } from "./raw-socket.ts";

type Dashboard = Awaited<ReturnType<typeof openDashboard>>;

let dashboard: Dashboard;
let port: number;
const unwinding: (() => unknown)[] = [];
test.before(async () => {
  dashboard = await openDashboard({ teardown: (work) => void unwinding.unshift(work) });
  await setUp(dashboard);
  port = Number(new URL(dashboard.url).port);
});
test.after.always(async () => {
  for (const work of unwinding) await work();
});

/** A new session of kim, who is an admin: the headers that prove it, and the word that forms carry. */
async function signedIn() {
  const { house, url } = dashboard;
  const [kim] = await house.storage.query<{ id: string }>("SELECT id FROM accounts WHERE username = 'kim'");
  const { cookie, session } = await house.storage.write((db) =>
    startSession(db, kim!.id, { userAgent: "test", address: "" }, house.clock.now()),
  );
  const host = new URL(url).host;
  return { csrf: session.csrf, headers: [`Host: ${host}`, `Origin: ${url}`, `Cookie: rk=${cookie}`, "Connection: close"] };
}

const values = [
  "%00",
  "%ff%fe",
  "%zz",
  "%",
  "..%2f..%2fetc%2fpasswd",
  "__proto__",
  "%27%22%3e%3cscript%3e",
  "01ARZ3NDEKTSV4RRFFQ69G5FAV",
  "x".repeat(2000),
];
const queries = [
  "",
  ...values.map((value) => `?blog=${value}&before=${value}&after=${value}&page=${value}&q=${value}&id=${value}`),
];

/** Addresses of a screen with something in each of its places that is not there. */
function addressesOf(path: string): string[] {
  const places = path.match(/:\w+/g) ?? [];
  if (places.length === 0) return queries.map((query) => path + query);
  const isBlog = places[0] === ":blog";
  return values.flatMap((value) => {
    const all = path.replace(/:\w+/g, value);
    return isBlog ? [all, path.replace(":blog", "kim.localhost").replace(/:\w+/g, value) + `?x=${value}`] : [all];
  });
}

const ask = (line: string, headers: readonly string[], body: Buffer | string = "") =>
  sendRaw(port, Buffer.concat([Buffer.from(`${[line, ...headers].join("\r\n")}\r\n\r\n`, "latin1"), Buffer.from(body)]));

test.serial("every screen answers addresses of nonsense with a page or a refusal, never with a failure", async (t) => {
  const screens = (await adminRoutes(dashboard.house)).filter(({ method }) => method === "GET");
  const { headers } = await signedIn();
  const failed: string[] = [];
  for (const { path } of screens)
    for (const address of addressesOf(path)) {
      const { status } = await ask(`GET ${address} HTTP/1.1`, headers);
      if (status < 200 || status >= 500) failed.push(`${status} ${address.slice(0, 100)}`);
    }
  t.deepEqual(failed, []);
});

const form = "Content-Type: application/x-www-form-urlencoded";
const bodies: [name: string, type: string, body: (csrf: string) => Buffer | string, ...allowed: number[]][] = [
  ["nothing but its word", form, (csrf) => `csrf=${csrf}`],
  ["a null byte", form, (csrf) => `csrf=${csrf}&title=a%00b&name=%00`, 400],
  ["broken UTF-8", form, (csrf) => `csrf=${csrf}&title=%ff%fe`, 400],
  ["a cut-off percent", form, (csrf) => `csrf=${csrf}&title=100%&name=%zz`],
  ["raw bytes", form, (csrf) => Buffer.concat([Buffer.from(`csrf=${csrf}&title=`), Buffer.from([0xff, 0xc0, 0x80])]), 400],
  ["too many fields", form, (csrf) => `csrf=${csrf}${"&a=b".repeat(1001)}`, 413],
  ["more than a form may have", form, (csrf) => `csrf=${csrf}&title=${"a".repeat(1_000_001)}`, 413, 0],
  ["names of objects", form, (csrf) => `csrf=${csrf}&__proto__=x&constructor=y&a[b][c]=d`],
  ["an object", "Content-Type: application/json", () => '{"csrf":{"$ne":1}}', 415],
  ["parts without an end", "Content-Type: multipart/form-data; boundary=x", () => "--x\r\nContent-Disp", 400],
  ["parts of nothing", "Content-Type: multipart/form-data", () => "nonsense", 400],
  ["no type at all", "X: y", () => "a=b", 415],
];

for (const [name, type, bodyOf, ...allowed] of bodies)
  test.serial(
    `a form with ${name} is answered by every screen with ${allowed.join(" or ") || "a page or a refusal"}`,
    async (t) => {
      const screens = (await adminRoutes(dashboard.house)).filter(({ method }) => method === "POST");
      const failed: string[] = [];
      for (const { path } of screens) {
        // Signing out or a new password ends the session before.
        const { csrf, headers } = await signedIn();
        const body = bodyOf(csrf);
        const address = path.replace(":blog", "kim.localhost").replace(/:\w+/g, "01ARZ3NDEKTSV4RRFFQ69G5FAV");
        const { status } = await ask(
          `POST ${address} HTTP/1.1`,
          [...headers, type, `Content-Length: ${Buffer.byteLength(body)}`],
          body,
        );
        // Who may not see a screen at all gets 404 before anything is read, and what is full says so.
        const isRight = allowed.length === 0 ? status >= 200 && status < 500 : [...allowed, 404, 429].includes(status);
        if (!isRight) failed.push(`${status} ${address}`);
      }
      t.deepEqual(failed, []);
      t.is((await fetch(`${dashboard.url}/healthz`)).status, 200);
    },
  );
