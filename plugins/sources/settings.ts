import type { Fields } from "rookery/plugin";

/** What admins may decide. */
export const settings = {
  most: { type: "number", label: "Sources a person may have", min: 1, max: 1000, step: 1, default: 50 },
} as const satisfies Fields;
