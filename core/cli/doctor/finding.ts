/** One result of the self-check; `sentence` says what to do when it is not ok. */
export type Finding = { readonly level: "ok" | "warn" | "error"; readonly subject: string; readonly sentence: string };

/** Something that is as it should be. */
export const ok = (subject: string, sentence: string): Finding => ({ level: "ok", subject, sentence });

/** Something that works, but should not stay so. */
export const warn = (subject: string, sentence: string): Finding => ({ level: "warn", subject, sentence });

/** Something that does not work. */
export const error = (subject: string, sentence: string): Finding => ({ level: "error", subject, sentence });
