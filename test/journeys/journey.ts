import test from "ava";
import { endBrowsers, hasChromium } from "./browser.ts";
import { endThread } from "./end-thread.ts";

/** A test that needs Chromium: one after the other, and left out with a line where there is none. */
export const journey = hasChromium ? test.serial : test.serial.skip;

test.after.always(endBrowsers);
endThread();
