/** A pattern for `LIKE ? ESCAPE '!'`: what begins so. */
export const startsWith = (text: string): string => `${escaped(text)}%`;

/** A pattern for `LIKE ? ESCAPE '!'`: what has this in it. */
export const within = (text: string): string => `%${escaped(text)}%`;

const escaped = (text: string): string => text.slice(0, 200).replace(/[!%_]/g, "!$&");
