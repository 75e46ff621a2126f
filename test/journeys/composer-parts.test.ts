import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { wav } from "../../core/media/sound.testing.ts";
import { axeSource, press, moveIn } from "./person.ts";
import { visit } from "./browser.ts";
import { journey } from "./journey.ts";
import { startServer } from "./server.ts";

const radio = `import { definePlugin } from "rookery/plugin";
export default definePlugin({
  id: "radio", name: "Radio", description: "Wants sound.", version: "1.0.0", api: 1, composer: ["audio"],
  panels: [
    { id: "show", title: "Show", when: { audio: true }, fields: { guest: { type: "text", label: "Guest" }, words: { type: "textarea", label: "Words", fromFile: ".txt" }, live: { type: "boolean", label: "Live" }, crowd: { type: "number", label: "Listeners", when: { live: true } } } },
    { id: "mood", title: "Mood", fields: { mood: { type: "select", label: "Mood", options: ["calm", "wild"] } } },
  ],
});
`;

journey(
  "sound and what plugins ask about it: attached, recorded and cut, saved while typed, published, and there again",
  async (t) => {
    const data = mkdtempSync(join(tmpdir(), "rookery-journey-"));
    t.teardown(() => rmSync(data, { recursive: true, force: true }));
    mkdirSync(join(data, "plugins/radio"), { recursive: true });
    writeFileSync(join(data, "plugins/radio/plugin.ts"), radio);
    const server = await startServer(t, { data });
    const { page, problems } = await visit(t, { hasMicrophone: true });
    await moveIn(page, server);
    await page.goto(`${server.url}/admin/plugins/radio`);
    await press(page, "Switch on");
    await page.goto(`${server.url}/compose`);

    await page.getByText("More options").click();
    const show = page.getByRole("group", { name: "Show" });
    await show.waitFor({ state: "hidden" });
    await page.getByLabel("Add audio").setInputFiles({ name: "reeds.wav", mimeType: "audio/wav", buffer: wav(2) });
    await show.waitFor();
    await page.getByLabel("Title of the audio").fill("Reeds");
    t.true(await show.getByLabel("Listeners").isHidden());
    const words = { name: "words.txt", mimeType: "text/plain", buffer: Buffer.from("The reeds\nspeak") };
    await show.getByLabel("Or take it from a file").setInputFiles(words);
    await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>("[name$='.words']")!.value !== "");
    await show.getByLabel("Live").check();
    await show.getByLabel("Listeners").fill("12");
    await page.getByLabel("Mood", { exact: true }).selectOption("calm");

    const recorder = page.locator("rk-recorder");
    await recorder.getByRole("button", { name: "Record" }).click();
    await recorder.getByText(/^0:(0[2-9]|[1-5]\d)$/).waitFor();
    await recorder.getByRole("button", { name: "Pause" }).click();
    t.is(await recorder.getByRole("button", { name: "Go on" }).evaluate((button) => document.activeElement === button), true);
    await recorder.getByRole("button", { name: "Go on" }).click();
    await recorder.getByRole("button", { name: "Stop" }).click();
    await recorder.getByRole("group", { name: "Your recording" }).waitFor();
    const asked = page.waitForEvent("dialog");
    await page.locator("header summary").filter({ hasText: "kim" }).click();
    void page.getByRole("button", { name: "Sign out" }).click();
    const question = await asked;
    t.regex(question.message(), /a recording that the server does not have/, "nobody loses it by signing out");
    await question.dismiss();
    await page.locator("header summary").filter({ hasText: "kim" }).click();
    await page.getByRole("button", { name: "Publish" }).click();
    await recorder.getByRole("alert").getByText("not attached yet").waitFor();
    await recorder.getByLabel("From second").fill("0.5");
    await recorder.getByText(/about .* as WAV/).waitFor();
    const found = await page.evaluate(`${axeSource}; axe.run("rk-audio").then((r) => r.violations.map((v) => v.id))`);
    t.deepEqual(found, []);
    const saved = page.waitForResponse(async (answer) => {
      const request = answer.request();
      return request.method() === "PUT" && (request.postDataJSON() as { "audio[]": string[] })["audio[]"].length === 2;
    });
    await recorder.getByRole("button", { name: "Attach this recording" }).click();
    await saved;
    await page.reload();
    t.is(await page.locator(".audio-row").count(), 2, "the draft has both");

    await page.getByLabel("Text", { exact: true }).fill("Listen to the reeds.");
    await press(page, "Publish");
    const stored = await page.goto(`${page.url()}/edit`).then(() => page.content());
    t.regex(stored, /reeds\.wav<\/strong>/);
    t.is(await page.getByLabel("Title of the audio").first().inputValue(), "Reeds");
    await page.getByText("More options").click();
    t.is(await page.getByLabel("Listeners").inputValue(), "12");
    t.is(await page.getByLabel("Words", { exact: true }).inputValue(), "The reeds\nspeak");
    t.is(await page.getByLabel("Mood", { exact: true }).inputValue(), "calm");

    await page.goto(`${server.url}/compose`);
    await page.getByText("More options").click();
    const kept = page.waitForResponse((answer) => answer.request().method() === "PUT");
    await page.getByLabel("Mood", { exact: true }).selectOption("wild");
    t.is((await kept).status(), 201, "a choice in a panel is something typed");
    // The page takes the draft's own address when it has read the answer.
    await page.waitForURL((url) => url.pathname !== "/compose");
    await page.reload();
    t.is(await page.getByLabel("Mood", { exact: true }).inputValue(), "wild");
    t.deepEqual(problems, []);
  },
);
