import test from "ava";
import { request } from "node:http";
import sharp from "sharp";
import { openDashboard, setUp } from "../../testing.ts";

const at = "/b/kim.localhost/media";
const json = { accept: "application/json" };

// Not every resolver knows that kim.localhost is this machine.
function typeAt(address: string): Promise<string | undefined> {
  const { host, port, pathname, search } = new URL(address);
  return new Promise((resolve, reject) => {
    const asked = request({ host: "localhost", port, path: pathname + search, headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.headers["content-type"]);
    });
    asked.on("error", reject).end();
  });
}

function photo(width = 600, height = 300): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: "teal" } })
    .jpeg()
    .toBuffer();
}

function formOf(
  files: readonly (readonly [name: string, bytes: Uint8Array])[],
  fields: Readonly<Record<string, string>> = {},
): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const [name, bytes] of files) form.append("file", new Blob([bytes as Uint8Array<ArrayBuffer>]), name);
  return form;
}

test("a script gets the file described, its small picture there at once; a person comes back to the library", async (t) => {
  const dashboard = await openDashboard(t);
  const { house, browser } = dashboard;
  await setUp(dashboard);

  const answer = await browser.post(at, formOf([["bird.jpg", await photo()]], { alt: "A bird" }), json);

  t.is(answer.status, 201);
  const told = JSON.parse(answer.text) as Record<string, unknown>;
  t.like(told, { alt: "A bird", width: 600, height: 300, type: "image/jpeg", name: "bird.jpg" });
  t.regex(String(told.url), /^http:\/\/kim\.localhost:\d+\/media\/\d{4}\/[a-z0-9]{26}\.jpg$/);
  t.is(await typeAt(String(told.thumb)), "image/jpeg");
  const [line] = await house.storage.query("SELECT subject FROM audit_log WHERE action = 'media.stored'");
  t.is(line!.subject, told.id as string);

  const page = await browser.post(at, formOf([["reed.jpg", await photo()]]));
  t.like(page, { status: 303 });
});

for (const [name, files, status, sentence] of [
  ["no byte", [["empty.mp3", Buffer.alloc(0)]], 422, /The file is empty/],
  ["60 MB", [["film.mp4", Buffer.alloc(60_000_000, "ftyp")]], 413, /larger than 50 MB/],
  [
    "21 MB of picture",
    [["big.png", Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), Buffer.alloc(21_000_000)])]],
    413,
    /20 MB/,
  ],
  ["a page that lies about being a picture", [["bird.jpg", Buffer.from("<!doctype html><script>1</script>")]], 415, /JPEG, PNG/],
  ["a drawing with a script", [["bird.svg", Buffer.from("<svg><script>1</script></svg>")]], 415, /JPEG, PNG/],
  ["half a photo", [["bird.jpg", Buffer.from("\xff\xd8\xff\xe0half", "latin1")]], 422, /damaged/],
  ["nothing", [], 422, /The file is empty/],
] as const)
  test(`${name} is refused with ${status}, to scripts and to people`, async (t) => {
    const dashboard = await openDashboard(t);
    await setUp(dashboard);

    const answer = await dashboard.browser.post(at, formOf(files), json);

    t.is(answer.status, status);
    t.regex((JSON.parse(answer.text) as { message: string }).message, sentence);
    t.true((await dashboard.browser.post(at, formOf(files))).status >= 400);
    t.deepEqual(await dashboard.house.storage.query("SELECT id FROM media"), []);
  });

test("without the session's word nothing is taken, and scripts are told so as JSON", async (t) => {
  const dashboard = await openDashboard(t);
  await setUp(dashboard);

  const answer = await dashboard.browser.post(at, formOf([["bird.jpg", await photo()]]), {
    ...json,
    origin: "https://lee.example",
  });

  t.is(answer.status, 403);
  t.is((JSON.parse(answer.text) as { error: string }).error, "request.origin");
});

test("a form sent without a file says so, and speaks of no other files", async (t) => {
  const dashboard = await openDashboard(t);
  await setUp(dashboard);

  const page = await dashboard.browser.post(at, formOf([]));

  t.is(page.status, 422);
  t.regex(page.text, /Choose a file first/);
  t.notRegex(page.text, /in the library/);
});
