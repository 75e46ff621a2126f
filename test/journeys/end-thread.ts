import { registerCompletionHandler } from "ava";

/** Ends the thread of a test file after its last test: a browser or server that ends late, or not at all, must not hold up the others. */
export function endThread(): void {
  registerCompletionHandler(() => process.exit());
}
