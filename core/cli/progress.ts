import type { Console } from "./command.ts";

/** Shows how far long work is: one moving line for a person, else a line every few seconds. */
export function progress(console: Console, stderr: { write(text: string): unknown; isTTY?: boolean } = process.stderr) {
  let last = Date.now();
  let isDirty = false;
  return {
    /** Says what was done so far, when it is time to. */
    step(text: string): void {
      const now = Date.now();
      if (now - last < (stderr.isTTY ? 100 : 3000)) return;
      last = now;
      if (!stderr.isTTY) return console.err(text);
      isDirty = true;
      stderr.write(`\r\u001b[K${text.slice(0, 78)}`);
    },
    /** Clears the moving line. */
    end(): void {
      if (isDirty) stderr.write("\r\u001b[K");
    },
  };
}

/** A bar of 20 cells for a part between 0 and 1, with its percentage. */
export function bar(part: number): string {
  const share = Math.min(1, Math.max(0, part));
  const full = Math.round(share * 20);
  return `[${"#".repeat(full)}${"-".repeat(20 - full)}] ${Math.floor(share * 100)} %`;
}
