const serving = ["start", "web", "worker"];

/** Flags of Node that only work on its command line, for processes that serve; see docs/decisions/0017-memory-is-given-back.md. */
export const servingFlags = ["--max-semi-space-size=16"];

/**
 * The flags that this process lacks for what it was asked to do; none when somebody chose the size of V8's spaces already.
 *
 * @param {readonly string[]} parameters
 * @param {{ execArgv: readonly string[], env: NodeJS.ProcessEnv }} now
 */
export function missingFlags(parameters, { execArgv, env }) {
  const isChosen = /semi-space-size/.test(`${execArgv.join(" ")} ${env.NODE_OPTIONS ?? ""}`);
  return serving.includes(parameters[0] ?? "") && !isChosen ? servingFlags : [];
}
