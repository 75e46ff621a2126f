/** The lines of a setting, without empty ones. */
export const linesOf = (text: string | undefined): string[] =>
  (text ?? "").split("\n").flatMap((line) => (line.trim() === "" ? [] : [line.trim()]));
