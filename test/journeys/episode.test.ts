import { existsSync } from "node:fs";
import test from "ava";
import type { Page } from "playwright-core";
import { parseXml, type XmlNode } from "../../core/net/xml.ts";
import { shoot, visit } from "./browser.ts";
import { get } from "./get.ts";
import { journey } from "./journey.ts";
import { faultsOf } from "./look.ts";
import { press, moveIn } from "./person.ts";
import { startServer, type RunningServer } from "./server.ts";

const isThere = existsSync(new URL("../../plugins/podcast/plugin.ts", import.meta.url));
if (!isThere) test.skip("an episode is recorded (plugins/podcast is not there)", () => {});

(isThere ? journey : test.skip)(
  "an episode is recorded with pause and cut, published, heard on the page and found in the feed",
  async (t) => {
    const server = await startServer(t);
    const { page, problems } = await visit(t, { hasMicrophone: true });
    await moveIn(page, server);
    await page.goto(`${server.url}/admin/plugins/podcast`);
    await press(page, "Switch on");

    await page.goto(`${server.url}/compose`);
    await record(page);
    const recorder = page.locator("rk-recorder");
    await recorder.getByLabel("From second").fill("0.5");
    await recorder.getByRole("button", { name: "Attach this recording" }).click();
    await page.locator(".audio-row").waitFor();
    await page.getByLabel("Text", { exact: true }).fill("Herons, heard at dawn.");
    await page.keyboard.press("Alt+t");
    await page.getByLabel(/^Title( \(|$)/).fill("Herons");
    await page.getByText("More options").click();
    const episode = page.getByRole("group", { name: "Episode", exact: true });
    await episode.getByLabel("Season").fill("1");
    await episode.getByLabel("Episode number").fill("7");
    await episode.getByLabel("Chapters").fill("00:00 Reeds\n00:01 Herons");
    await episode.getByLabel("Transcript").fill("WEBVTT\n\n00:00.000 --> 00:01.000\n<v Kim>Listen");
    await shoot(page, "episode-composer");
    await press(page, "Publish");

    const [item] = await itemsOf(server);
    const enclosure = item!.children.find(({ name }) => name === "enclosure")!.attributes;
    t.regex(enclosure.type!, /^audio\//);
    const seconds = Number(textOf(item!, "itunes:duration"));
    t.true(seconds >= 1 && seconds <= 10, String(seconds));
    t.deepEqual([textOf(item!, "itunes:season"), textOf(item!, "itunes:episode")], ["1", "7"]);

    await page.goto(textOf(item!, "link"));
    await shoot(page, "episode-page");
    t.deepEqual(await faultsOf(page, async () => undefined), []);
    const part = await page.evaluate(async (url) => {
      const answer = await fetch(url, { headers: { range: "bytes=0-99" } });
      return [answer.status, answer.headers.get("content-range")];
    }, new URL(enclosure.url!).pathname);
    t.deepEqual(part, [206, `bytes 0-99/${enclosure.length}`]);
    const player = page.locator("audio");
    t.is(await player.count(), 1);
    const lasts = await player.evaluate(async (audio) => {
      const sound = audio as HTMLAudioElement;
      sound.muted = true;
      await sound.play();
      await new Promise((resolve) => sound.addEventListener("ended", resolve, { once: true }));
      return sound.duration;
    });
    t.true(Math.abs(lasts - seconds) <= 0.6, `${lasts} heard, ${seconds} told`);
    await page.getByText("Transcript", { exact: true }).click();
    t.true(await page.getByText("Kim: Listen").isVisible());
    t.is(await page.getByRole("link", { name: "0:01 Herons" }).getAttribute("href"), `${enclosure.url}#t=1`);

    // A recording as the browser made it, with nothing cut, is measured too.
    await page.goto(`${server.url}/compose`);
    await record(page);
    await recorder.getByRole("button", { name: "Attach this recording" }).click();
    await page.locator(".audio-row").waitFor();
    await page.getByLabel("Text", { exact: true }).fill("As it was.");
    await press(page, "Publish");
    const items = await itemsOf(server);
    t.is(items.length, 2);
    const raw = items[0]!.children.find(({ name }) => name === "enclosure")!.attributes;
    t.regex(raw.type!, /^audio\/(mp4|webm|ogg)$/);
    t.true(Number(textOf(items[0]!, "itunes:duration")) >= 1, raw.type);
    t.deepEqual(problems, []);
  },
);

async function record(page: Page): Promise<void> {
  const recorder = page.locator("rk-recorder");
  await recorder.getByRole("button", { name: "Record" }).click();
  await recorder.getByText(/^0:(0[2-9]|[1-5]\d)$/).waitFor();
  await recorder.getByRole("button", { name: "Pause" }).click();
  await recorder.getByRole("button", { name: "Go on" }).click();
  await recorder.getByRole("button", { name: "Stop" }).click();
  await recorder.getByRole("group", { name: "Your recording" }).waitFor();
}

async function itemsOf(server: RunningServer): Promise<XmlNode[]> {
  const channel = parseXml((await get(server, "/podcast.xml")).text).children[0]!;
  return channel.children.filter(({ name }) => name === "item");
}

const textOf = (node: XmlNode, name: string) => node.children.find((one) => one.name === name)?.text ?? "";
