import test from "ava";
import { hasChromium } from "./browser.ts";

/** A test that needs Chromium: one after the other, and left out with a line where there is none. */
export const journey = hasChromium ? test.serial : test.serial.skip;
