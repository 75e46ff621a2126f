import test from "ava";
import { definePlugin } from "../../../../core/host/define-plugin.ts";
import { wav } from "../../../../core/media/sound.testing.ts";
import { openDashboard, setUp } from "../../../testing.ts";
import { clock } from "./audio.ts";

const radio = definePlugin({
  id: "radio",
  name: "Radio",
  description: "Wants sound.",
  version: "1.0.0",
  api: 1,
  composer: ["audio"],
  panels: [{ id: "show", title: "Show", when: { audio: true }, fields: { guest: { type: "text", label: "Guest" } } }],
});

async function opened(t: Parameters<typeof openDashboard>[0]) {
  const made = await openDashboard(t, { plugins: [{ plugin: radio, folder: import.meta.dirname, isBundled: true } as never] });
  await setUp(made);
  await made.browser.get("/compose");
  const stored = async () => {
    const [row] = await made.house.storage.query("SELECT id, kind, properties FROM posts ORDER BY id DESC LIMIT 1");
    const properties = JSON.parse(String(row!.properties)) as { audio?: object[]; radio?: object };
    return { id: String(row!.id), kind: row!.kind, audio: properties.audio, radio: properties.radio };
  };
  return { ...made, stored };
}

test("a length is said as clocks show it", (t) => {
  t.deepEqual([null, 0, 59.6, 245, 3723].map(clock), ["", "0:00", "1:00", "4:05", "1:02:03"]);
});

test("sound is attached from disk and from the library, named, saved while typed, taken out, and never lost, without script", async (t) => {
  const { browser, house, stored } = await opened(t);
  t.notRegex((await browser.get("/compose")).text, /id="audio"/, "no plugin asks for it");
  await house.host.enable("radio", { everywhere: true } as never);
  t.regex((await browser.get("/compose")).text, /<legend>Audio<\/legend>[^]*id="audio-file"/);

  const form = new FormData();
  for (const [name, value] of Object.entries({ content: "Listen", "audio-rows": "shown", intent: "add-file" }))
    form.set(name, value);
  form.append("audio[]", new File([Uint8Array.from(wav(2))], "reeds.wav", { type: "audio/wav" }));
  form.append("audio[]", new File(["no sound"], "words.mp3", { type: "audio/mpeg" }));
  const refused = await browser.post("/compose", form);
  t.is(refused.status, 422);
  t.regex(refused.text, /id="audio-error">words\.mp3: /);
  t.regex(refused.text, /reeds\.wav<\/strong> <span class="hint facts">0:02 · [^]*<audio controls[^>]*src="http/);
  t.regex(refused.text, /<p class="hint is-rare">Podcast apps take MP3 and M4A/);
  const id = /name="audio\[\]" value="(\w{26})"/.exec(refused.text)![1]!;
  t.regex((await browser.get("/compose")).text, new RegExp(`<option value="${id}"[^>]*>reeds\\.wav \\(0:02\\)`));

  const fields = {
    content: "",
    "audio-rows": "shown",
    "audio[]": [id, ""],
    "mp-audio-title[]": "Reeds",
    "panels[]": "radio.show",
  };
  const key = "4f1c2d1e-0000-4000-8000-000000000002";
  const typing = { "audio-rows": ["shown"], "audio[]": [id], "mp-audio-title[]": ["Reeds"] };
  const saved = await browser.script("PUT", `/b/kim.localhost/drafts/${key}`, typing);
  t.is(saved.status, 201);
  t.like(await stored(), { kind: "audio", audio: [{ title: "Reeds", type: "audio/wav", seconds: 2 }] });
  t.regex((await browser.get(`/b/kim.localhost/posts/${String(saved.json!.id)}/edit`)).text, /value="Reeds"/);

  const shown = await browser.post("/compose", { ...fields, intent: "preview" });
  t.regex(
    shown.text,
    new RegExp(`name="audio\\[\\]" value="${id}"><input type="hidden" name="mp-audio-title\\[\\]" value="Reeds"`),
  );
  t.is((await browser.post("/compose", { ...fields, "panel.radio.show.guest": "Lee", intent: "publish" })).status, 303);
  t.like(await stored(), { kind: "audio", audio: [{ title: "Reeds" }], radio: { guest: "Lee" } });

  const at = `/b/kim.localhost/posts/${(await stored()).id}/edit`;
  await house.host.disable("radio");
  const page = (await browser.get(at)).text;
  t.regex(page, /reeds\.wav<\/strong>/, "its sound is there though no plugin offers the row");
  t.notRegex(page, /id="audio-file"/);
  await browser.post(at, { content: "Words", version: "1", intent: "update" });
  t.is((await stored()).audio?.length, 1, "a form that did not ask takes nothing away");
  const emptied = await browser.post(at, { ...fields, content: "Words", version: "2", intent: "remove-audio:0" });
  t.notRegex(emptied.text, /reeds\.wav<\/strong>/);
  await browser.post(at, { content: "Words", version: "2", "audio-rows": "shown", intent: "update" });
  t.is((await stored()).audio, undefined);
});
