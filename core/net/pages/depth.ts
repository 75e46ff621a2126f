import { Parser } from "htmlparser2";

/** How deep elements of a page may stand in each other; browsers stop there too, and beyond it parsers take quadratic time. */
export const deepest = 512;

class TooDeep extends Error {}

/** Throws once elements stand too deep; for the handlers of a parser. */
export function depthGauge(): { enter(): void; leave(): void } {
  let depth = 0;
  return {
    enter() {
      if (++depth > deepest) throw new TooDeep("Elements stand too deep in each other");
    },
    leave: () => void depth--,
  };
}

/** Runs a parser's work; true when it ended early because elements stand too deep. */
export function endsTooDeep(work: () => void): boolean {
  try {
    work();
    return false;
  } catch (error) {
    if (error instanceof TooDeep) return true;
    throw error;
  }
}

/** Whether a page's elements stand too deep in each other to be read. */
export function isTooDeep(html: string): boolean {
  const gauge = depthGauge();
  return endsTooDeep(() => new Parser({ onopentag: gauge.enter, onclosetag: gauge.leave }).end(html));
}
