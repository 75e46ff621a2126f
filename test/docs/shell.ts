/** What stands behind `rookery` in the lines of a shell block, up to a pipe, a redirection or a comment. */
export function commandLinesOf(shell: string): string[] {
  const called = /(?:^|[|;&]\s*)(?:[A-Z_]+=\S+ )*(?:npm run --silent rookery --|npx rookery|rookery)\s+(.*)$/;
  return shell
    .replace(/\\\n\s*/g, " ")
    .split("\n")
    .flatMap((line) => called.exec(line)?.[1] ?? [])
    .map((line) => line.replace(/\s+(?:[|<>]|#|&&).*$/, "").trim());
}

/** The words of a command line, quotes and backslashes resolved. */
export function wordsOf(line: string): string[] {
  const words = line.match(/(?:"[^"]*"|'[^']*'|\\.|[^\s"'\\])+/g) ?? [];
  return words.map((word) =>
    word.replace(
      /"([^"]*)"|'([^']*)'|\\(.)/g,
      (_, double?: string, single?: string, one?: string) => double ?? single ?? one ?? "",
    ),
  );
}
