/** Units a length of time is typed in, by their letter: days, hours, minutes, seconds. */
export const units = ["D", "H", "M", "S"] as const;

/** A stored length of time as a number and its unit; one of several units comes back in the smallest that fits. */
export function splitDuration(text: string): [amount: string, unit: string] {
  const single = /^P(?:(\d+)D|T(\d+)([HMS]))$/.exec(text);
  if (single) return single[1] === undefined ? [single[2]!, single[3]!] : [single[1], "D"];
  if (!/^P[\dDTHMS]+$/.test(text)) return [text, "M"];
  const seconds = Temporal.Duration.from(text).total({ unit: "seconds" });
  return seconds % 60 === 0 ? [String(seconds / 60), "M"] : [String(seconds), "S"];
}

/** A typed number and its unit as a stored length of time; what is no whole number stays as it was typed. */
export function joinDuration(amount: string, unit: string): string {
  const text = amount.trim();
  if (!/^\d{1,9}$/.test(text)) return text;
  const letter = units.find((one) => one === unit) ?? "M";
  return letter === "D" ? `P${text}D` : `PT${text}${letter}`;
}
