import test, { type ExecutionContext } from "ava";
import { makeWeb } from "../../../core/start.ts";
import { adminRoutes } from "../../routes.ts";
import { openDashboard, setUp, type PlainBrowser } from "../../testing.ts";
import { wav } from "../../../core/media/sound.testing.ts";

const at = "/b/kim.localhost/media/uploads";
const json = { accept: "application/json" };
const song = wav(0.007); // 100 bytes

type Told = { id: string; received: number; size: number; part: number; error: string; message: string; type: string };

function told(answer: { readonly text: string } | { readonly json: unknown }): Told {
  return ("text" in answer ? JSON.parse(answer.text) : answer.json) as Told;
}

async function begun(t: ExecutionContext) {
  const dashboard = await openDashboard(t);
  await setUp(dashboard);
  const { browser } = dashboard;
  const begin = (size: number, key = "a") => browser.post(at, { name: "reeds.mp3", size: String(size), key }, json);
  return { ...dashboard, begin };
}

function put(browser: PlainBrowser, id: string, [from, until]: readonly [number, number]) {
  const headers = { "content-range": `bytes ${from}-${until - 1}/${song.length}` };
  return browser.script("PUT", `${at}/${id}`, song.toString("latin1", from, until), headers);
}

test("a file comes in parts, is asked how far it is, goes on after a restart and ends in the library", async (t) => {
  const { browser, house, begin } = await begun(t);
  const first = await begin(song.length);
  t.is(first.status, 201);
  const { id, part } = told(first);
  t.true(part <= 8 * 1024 * 1024);
  t.like(told(await put(browser, id, [0, 60])), { received: 60 });

  makeWeb(house, await adminRoutes(house));

  t.like(told(await browser.script("GET", `${at}/${id}`)), { received: 60, size: 100 });
  t.like(told(await begin(song.length)), { id, received: 60 });
  const twice = await put(browser, id, [0, 60]);
  t.is(twice.status, 409);
  t.like(told(twice), { error: "upload.offset", received: 60 });
  t.is((await browser.post(`${at}/${id}/finish`, {}, json)).status, 409);
  t.like(told(await put(browser, id, [60, 100])), { received: 100 });

  const done = await browser.post(`${at}/${id}/finish`, { alt: "Reeds in the wind" }, json);
  t.is(done.status, 201);
  t.like(told(done), { type: "audio/wav", alt: "Reeds in the wind", bytes: 100 } as never);
  t.is(told(await browser.post(`${at}/${id}/finish`, {}, json)).id, told(done).id);
  t.is((await house.storage.query("SELECT id FROM media")).length, 1);
});

test("parts that do not fit, files too large and uploads of nobody are refused with a sentence", async (t) => {
  const { browser, begin } = await begun(t);
  t.is((await begin(600_000_000)).status, 413);
  t.is((await begin(100, "")).status, 422);
  const { id } = told(await begin(song.length));

  const send = (body: string, headers: Record<string, string>) => browser.script("PUT", `${at}/${id}`, body, headers);
  const text = song.toString("latin1");
  t.is((await send(text, { "content-range": "bytes 5-3/100" })).status, 400);
  t.is((await send(text, {})).status, 400);
  const range = { "content-range": "bytes 0-99/100" };
  t.is((await send("x".repeat(9_000_000), range)).status, 413);
  t.is((await send(text, { ...range, "x-csrf-token": "A".repeat(43) })).status, 403);
  t.is((await browser.script("GET", `${at}/${"0".repeat(40)}`)).status, 404);
});
