/** True for a language tag (BCP 47) of at most 35 characters. */
export function isLanguage(tag: string | undefined): tag is string {
  if (!tag || tag.length > 35) return false;
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** True for a time zone's name that this machine knows, such as Europe/Berlin. */
export function isTimeZone(name: string | undefined): name is string {
  // Offsets such as +02:00 are no zones: they do not know summer time.
  if (!name || name.length > 64 || /^[+-]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
