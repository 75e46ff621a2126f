import { mask } from "../../settings/mask.ts";
import { readSettings, type SettingEntry } from "../../settings/settings.ts";
import type { Command } from "../command.ts";
import { findings } from "../doctor/findings.ts";

export const command: Command = {
  summary: "Checks the installation: one line for each finding, with its remedy.",
  usage: ["doctor [--json]"],
  options: { json: { type: "boolean" } },
  async run(typed, console) {
    const settings = readSettings(console.env, console);
    const found = await findings(settings);
    const isFailing = found.some((finding) => finding.level === "error");
    if (typed.is("json")) {
      const shown = settings.entries.map((entry) => ({ name: entry.name, value: shownValue(entry), source: entry.source }));
      console.out(JSON.stringify({ settings: shown, findings: found }));
      return isFailing ? 1 : 0;
    }
    for (const entry of settings.entries) console.out(`${entry.name}=${shownValue(entry)} (${entry.source})`);
    for (const { level, subject, sentence } of found) console.out(`${level.padEnd(5)} ${subject}: ${sentence}`);
    if (isFailing) console.err("Something needs repair: see the lines that begin with “error”.");
    return isFailing ? 1 : 0;
  },
};

function shownValue(entry: SettingEntry): string {
  return entry.isSecret && entry.source !== "default" ? mask(entry.value) : entry.value;
}
