/** Why a copy stands where it stands, as the core's own words have it: keys of the dashboard's texts, said in the reader's language. */
export const copyReasons = {
  /** It was tried before its post went, and may have arrived. */
  tried: "targets.reason-tried",
  /** The service cannot do what is asked. */
  cannot: "targets.reason-cannot",
  /** The plugin that sends there is switched off. */
  off: "targets.reason-off",
} as const;
